import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RiskTier } from '@roster/contracts';
import { RISK_TIERS, STAGES, TRI_STATES } from '@roster/contracts';
import { deriveFacts } from '../fact/derive-facts.js';
import type { FactInput } from '../fact/fact-input.js';
import type { StatusByKey } from '../fact/fact-input.builder.js';
import { coverageOf, productionInput, SMALL_REQUIREMENTS, smallFactPolicy, statement } from '../fact/fact-input.builder.js';
import { evaluateTree } from '../tree/evaluate-tree.js';
import { TreeRegistry } from '../tree/tree-registry.js';
import { missingFor } from './missing.js';

const tree = new TreeRegistry().current();
const NOW = new Date('2026-05-10T00:00:00.000Z');
const KEYS = Object.values(SMALL_REQUIREMENTS).flat();
const evaluate = (input: FactInput) => evaluateTree(tree, deriveFacts(tree, input, smallFactPolicy, NOW));
const missing = (input: FactInput, stage: 'pilot' | 'production' | 'scaled' = 'production') => missingFor(stage, tree, deriveFacts(tree, input, smallFactPolicy, NOW));

describe('the shortest list of missing things', () => {
  it('is empty for a stage that is reached', () => {
    expect(missing(productionInput())).toEqual({ stage: 'production', count: 0, gaps: [] });
    expect(missing(productionInput(), 'pilot')?.count).toBe(0);
  });

  it('counts one drill for both drill facts, and monitoring evidence for coverage too', () => {
    const bare = productionInput({ owners: [], drills: {}, coverageAt: coverageOf({}), statements: { processesRealData: statement('unknown') } });
    const found = missing(bare);
    // statement, owner, drill, one requirement in each of three domains
    expect(found?.count).toBe(6);
    expect(found?.gaps.map((g) => g.code)).toEqual(['STATEMENT_UNKNOWN', 'OWNER_MISSING', 'DOMAIN_EVIDENCE_MISSING', 'DRILL_MISSING', 'DOMAIN_SHORT', 'DOMAIN_SHORT']);
    expect(missing(bare, 'pilot')?.gaps.map((g) => g.code)).toEqual(['STATEMENT_UNKNOWN']);
  });

  it('goes on to scaled', () => {
    expect(missing(productionInput(), 'scaled')).toMatchObject({ count: 4 });
  });

  it('is proven minimal: no smaller set of acts reaches Production, and one of this size does (brute force)', () => {
    const status = fc.constantFrom('satisfied' as const, 'missing' as const, 'waived' as const, 'expired' as const);
    const cases = fc.record({
      tier: fc.option(fc.constantFrom<RiskTier>(...RISK_TIERS)), tools: fc.constantFrom(...TRI_STATES), real: fc.constantFrom(...TRI_STATES),
      owner: fc.boolean(), drill: fc.constantFrom('none', 'slow', 'old', 'good'), statuses: fc.tuple(...KEYS.map(() => status)),
    });
    fc.assert(fc.property(cases, ({ tier, tools, real, owner, drill, statuses }) => {
      const coverage: StatusByKey = Object.fromEntries(KEYS.map((key, i) => [key, statuses[i] ?? 'missing']));
      const build = (acts: ReadonlySet<string>): FactInput => productionInput({
        tier: tier ?? null,
        statements: { executesTools: statement(tools), processesRealData: statement(acts.has('real') ? 'yes' : real) },
        ...(owner || acts.has('owner') ? {} : { owners: [] }),
        drills: acts.has('drill') || drill === 'good' ? { kill_switch: { id: 'd', endedAt: NOW.toISOString(), durationSeconds: 60 } }
          : drill === 'none' ? {} : { kill_switch: { id: 'd', endedAt: drill === 'old' ? '2020-01-01T00:00:00.000Z' : NOW.toISOString(), durationSeconds: drill === 'slow' ? 999 : 60 } },
        coverageAt: coverageOf({ ...coverage, ...Object.fromEntries(KEYS.filter((k) => acts.has(k)).map((k) => [k, 'satisfied' as const])) }),
      });
      const start = build(new Set());
      const acts = ['real', 'owner', 'drill', ...KEYS.filter((key) => coverage[key] !== 'satisfied')];
      let smallest = Infinity;
      for (let mask = 0; mask < 2 ** acts.length; mask += 1) {
        const chosen = acts.filter((_, i) => mask & (1 << i));
        if (chosen.length < smallest && STAGES.indexOf(evaluate(build(new Set(chosen))).stage) >= 2) smallest = chosen.length;
      }
      expect(missing(start)?.count).toBe(smallest);
    }), { numRuns: 40 });
  });
});
