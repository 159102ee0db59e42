import { describe, expect, it } from '@jest/globals';
import { RISK_TIERS, TIER_POLICY_PRESET, TRI_STATES } from '@roster/contracts';
import type { CoverageInputs } from '@roster/evidence';
import { computeCoverage } from '@roster/evidence';
import { FrameworkCatalogue } from '@roster/frameworks';
import fc from 'fast-check';
import { openDomains } from './open-requirement.js';

const catalogue = FrameworkCatalogue.load();
const editions = catalogue.editions().filter((e) => e.assessable);
const NOW = new Date('2026-05-10T00:00:00.000Z');

describe('the required set read against any tier', () => {
  it('asks for exactly what coverage of that tier misses, in every assessable edition', () => {
    const state = fc.constantFrom('none', 'accepted', 'submitted', 'waived', 'not_applicable');
    fc.assert(fc.property(fc.constantFrom(...editions), fc.constantFrom(...RISK_TIERS), fc.constantFrom(...TRI_STATES), fc.infiniteStream(state), (edition, tier, executesTools, states) => {
      const requirements = catalogue.requirementsOf(edition.id);
      const given = requirements.map((r) => ({ key: r.key, state: states.next().value ?? 'none' }));
      const inputs: CoverageInputs = {
        workloadId: 'w',
        items: [{ itemId: 'a', kind: 'document', title: 'A', versions: [{ version: 1, status: 'accepted', effectiveFrom: null, expiresAt: null }] },
          { itemId: 's', kind: 'document', title: 'S', versions: [{ version: 1, status: 'submitted', effectiveFrom: null, expiresAt: null }] }],
        links: given.filter((g) => g.state === 'accepted' || g.state === 'submitted').map((g) => ({ requirementKey: g.key, status: 'accepted', itemId: g.state === 'accepted' ? 'a' : 's' })),
        exceptions: given.filter((g) => g.state === 'waived' || g.state === 'not_applicable')
          .map((g) => ({ id: g.key, kind: g.state === 'waived' ? 'exception' as const : 'not_applicable' as const, requirementKey: g.key, status: 'approved' as const, expiresAt: null })),
      };
      const coverage = computeCoverage({ edition, requirements, inputs, tier, tierPolicy: TIER_POLICY_PRESET, executesTools, now: NOW });
      const open = openDomains(coverage.domains, edition, TIER_POLICY_PRESET, tier, executesTools);
      expect(open.map((d) => d.need)).toEqual(coverage.domains.map((d) => d.required.total - d.required.met));
    }), { numRuns: 100 });
  });
});
