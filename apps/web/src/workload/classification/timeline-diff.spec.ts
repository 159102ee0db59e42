import { describe, expect, it } from '@jest/globals';
import type { ClassificationLine } from '../workload.queries.js';
import { differenceOf, isSame } from './timeline-diff.js';

const gap = (code: string, requirement: string | null, message = code) => ({ code, requirement, message, question: 'q3', fact: 'f', domain: null, requirements: [], need: null, action: { kind: 'none', href: null, subject: null } });
const line = (more: Record<string, unknown>): ClassificationLine => ({
  id: '1', stage: 'pilot', hardening: false, undetermined: false, frozen: false, tree: { id: 't', digest: 'd', title: 'T' }, edition: 'e', trigger: 'fact', path: [], riskTier: 'low',
  facts: [{ id: 'f', title: 'F', value: 'no', provenance: 'declared', source: null, at: null, ageSeconds: null }], gaps: [gap('A', 'e/1'), gap('B', null)], decidedAt: '2026-01-01T00:00:00Z', decidedBy: { type: 'system', id: 's', name: 'S' }, ...more,
}) as unknown as ClassificationLine;

describe('the difference between two results', () => {
  it('is nothing for the first, and for one that says the same in other words', () => {
    expect(isSame(differenceOf(line({}), null))).toBe(true);
    expect(isSame(differenceOf(line({ gaps: [gap('A', 'e/1', 'took 400 s'), gap('B', null)] }), line({})))).toBe(true);
  });

  it('names what changed: stage with hardening, freeze, tier, facts by value and by authority, gaps that opened and closed', () => {
    const now = line({ hardening: true, frozen: true, riskTier: 'high', gaps: [gap('A', 'e/2'), gap('B', null)], facts: [{ id: 'f', title: 'F', value: 'yes', provenance: 'declared' }] });
    const found = differenceOf(now, line({}));
    expect(found).toMatchObject({ stage: true, frozen: true, riskTier: true, tree: false, facts: [{ from: 'no', to: { value: 'yes' } }], provenance: [] });
    expect([found.opened.map((g) => g.requirement), found.closed.map((g) => g.requirement)]).toEqual([['e/2'], ['e/1']]);
    expect(differenceOf(line({ facts: [{ id: 'f', title: 'F', value: 'no', provenance: 'verified' }] }), line({})).provenance).toMatchObject([{ from: 'declared', to: { provenance: 'verified' } }]);
  });
});
