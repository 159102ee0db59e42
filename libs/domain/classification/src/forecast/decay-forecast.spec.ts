import { describe, expect, it } from '@jest/globals';
import { coverageOf, productionInput, reportUntil, smallFactPolicy, statement } from '../fact/fact-input.builder.js';
import { TreeRegistry } from '../tree/tree-registry.js';
import { forecastDecay } from './decay-forecast.js';

const tree = new TreeRegistry().current();
const NOW = new Date('2026-05-10T00:00:00.000Z');
const forecast = (change: Parameters<typeof productionInput>[0], until: Date | null = null) => forecastDecay(tree, productionInput(change), smallFactPolicy, NOW, until);
const covered = { 'small-1/data.1': 'satisfied', 'small-1/people.1': 'satisfied' } as const;

describe('the decay forecast', () => {
  it('names the instant at which the drill stops counting, and why', () => {
    expect(forecast({})).toEqual([{
      at: '2027-05-01T12:04:00.000Z', from: 'production', to: 'pilot', hardening: true,
      because: [expect.objectContaining({ code: 'DRILL_EXPIRED', question: 'q3', fact: 'killSwitchFresh' })],
    }]);
  });

  it('passes over an expiry that costs nothing and stops at the one that does', () => {
    const coverageAt = coverageOf({
      ...covered, 'small-1/watch.1': { satisfiedUntil: '2026-06-01T00:00:00.000Z' }, 'small-1/watch.2': { satisfiedUntil: '2026-07-01T00:00:00.000Z' },
    });
    const [first] = forecast({ coverageAt });
    expect(first).toMatchObject({ at: '2026-07-01T00:00:00.000Z', to: 'pilot', hardening: false });
    expect(first?.because.map((g) => g.code)).toContain('DOMAIN_EVIDENCE_MISSING');
  });

  it('looks no further than asked, the last instant included', () => {
    const at = new Date('2027-05-01T12:04:00.000Z');
    expect(forecast({}, new Date(at.getTime() - 1))).toEqual([]);
    expect(forecast({}, at)).toHaveLength(1);
  });

  it('shows each step down: scaled to production, then to pilot', () => {
    const falls = forecast({
      evidenceOfKindAt: reportUntil('2026-08-01T00:00:00.000Z'),
      portfolio: { otherProductionCount: 3, linkedProductionWorkloads: ['x'], concentrationReviewed: statement('yes') },
    });
    expect(falls.map((f) => [f.at, f.from, f.to])).toEqual([['2026-08-01T00:00:00.000Z', 'scaled', 'production'], ['2027-05-01T12:04:00.000Z', 'production', 'pilot']]);
  });

  it('has nothing to say about what cannot fall', () => {
    expect(forecast({ drills: {} })).toEqual([]);
  });
});
