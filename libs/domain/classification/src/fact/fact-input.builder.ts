import type { CoverageStatus, RiskTier, TriState, TierPolicy } from '@roster/contracts';
import type { CoverageNow, FactInput, FactPolicy, Statement } from './fact-input.js';

/** A made-up edition for tests: its ids mean nothing, and it has three domains, not eight. */
export const SMALL_EDITION = { id: 'small-1', monitoringDomain: 'watch', freezeDomains: ['data'], toolBlockingDomains: ['people'] };
export const SMALL_REQUIREMENTS: Readonly<Record<string, readonly string[]>> = {
  data: ['small-1/data.1', 'small-1/data.2'], watch: ['small-1/watch.1', 'small-1/watch.2', 'small-1/watch.3'], people: ['small-1/people.1', 'small-1/people.2'],
};
export const SMALL_POLICY: TierPolicy = {
  requiredSets: {
    low: { minPerDomain: 1, allOfFreezeDomains: false }, medium: { minPerDomain: 1, allOfFreezeDomains: true },
    high: { minPerDomain: 2, allOfFreezeDomains: true }, critical: { minPerDomain: 'all', allOfFreezeDomains: true },
  },
  killSwitchValidityDays: { low: 365, medium: 180, high: 90, critical: 30 }, killSwitchMaxSeconds: 300,
};
export const smallFactPolicy: FactPolicy = { tierPolicy: SMALL_POLICY, edition: SMALL_EDITION, scaledMinProductionWorkloads: 2 };
export const statement = (value: TriState): Statement => ({ value, provenance: 'declared', source: 'form', at: '2026-01-01T00:00:00.000Z' });

/** Statuses by requirement key; a requirement with an expiry becomes expired at that instant. */
export type StatusByKey = Readonly<Record<string, CoverageStatus | { readonly satisfiedUntil: string }>>;

export function coverageOf(statuses: StatusByKey): (now: Date) => CoverageNow {
  return (now) => {
    let nextChangeAt: string | null = null;
    const domains = Object.entries(SMALL_REQUIREMENTS).map(([id, keys]) => ({
      id,
      criteria: keys.map((key) => {
        const given = statuses[key] ?? 'missing';
        if (typeof given === 'string') return { key, status: given, evidence: given === 'satisfied' ? [{ itemId: `item-${key}` }] : [] };
        if (Date.parse(given.satisfiedUntil) <= now.getTime()) return { key, status: 'expired' as const, evidence: [{ itemId: `item-${key}` }] };
        if (nextChangeAt === null || given.satisfiedUntil < nextChangeAt) nextChangeAt = given.satisfiedUntil;
        return { key, status: 'satisfied' as const, evidence: [{ itemId: `item-${key}` }] };
      }),
    }));
    return { domains, nextChangeAt };
  };
}

/** A report on return that counts until an instant. */
export const reportUntil = (until: string): FactInput['evidenceOfKindAt'] =>
  (kind, now) => (kind === 'roi_report' && Date.parse(until) > now.getTime() ? { itemId: 'e1', expiresAt: until } : null);

/** A low-tier workload that is in production: real data, on-call owner, one requirement per domain proven, a fast drill. */
export function productionInput(change: Partial<Omit<FactInput, 'statements'>> & { statements?: Partial<FactInput['statements']>; tier?: RiskTier | null } = {}): FactInput {
  const { statements, tier, ...rest } = change;
  return {
    workloadId: 'w1', lifecycle: 'active', riskTier: tier === undefined ? 'low' : tier,
    owners: [{ role: 'on_call', memberId: 'm1', acceptedAt: '2026-01-01T00:00:00.000Z' }],
    drills: { kill_switch: { id: 'd1', endedAt: '2026-05-01T12:04:00.000Z', durationSeconds: 240 } },
    coverageAt: coverageOf({ 'small-1/data.1': 'satisfied', 'small-1/watch.1': 'satisfied', 'small-1/people.1': 'satisfied' }),
    evidenceOfKindAt: () => null,
    portfolio: { otherProductionCount: 0, linkedProductionWorkloads: [], concentrationReviewed: statement('no') },
    ...rest,
    statements: {
      processesRealData: statement('yes'), handlesPii: statement('no'), executesTools: statement('no'), downstreamChange: statement('no'), ...statements,
    },
  };
}
