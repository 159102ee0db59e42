import type { CoverageStatus, RiskTier, TriState, TierPolicy } from '@roster/contracts';

/** What the required set still asks of one domain: at least `need` of the open requirements. */
export interface OpenDomain {
  readonly domain: string;
  /** How many more must be proven; 0 when the domain's part of the required set is met. */
  readonly need: number;
  /** Applicable requirements that are neither satisfied nor waived; empty when `need` is 0. */
  readonly open: readonly { readonly key: string; readonly status: CoverageStatus }[];
}

/** The part of a workload's coverage that the required set is computed over. Statuses do not depend on the tier. */
export interface CoveredDomain {
  readonly id: string;
  readonly criteria: readonly { readonly key: string; readonly status: CoverageStatus; readonly evidence: readonly { readonly itemId: string }[] }[];
}

/** The part of an edition that required sets read. */
export interface RequiredSetEdition {
  readonly freezeDomains: readonly string[];
  readonly toolBlockingDomains: readonly string[];
}

const MET: ReadonlySet<CoverageStatus> = new Set<CoverageStatus>(['satisfied', 'waived']);

/**
 * What the required set of a tier still asks for, domain by domain (domain.md section 5, "Required set per risk tier"). Agrees with the
 * required set of coverage: what is not applicable is no success, it only shrinks the field. Coverage answers for one tier; here the same
 * statuses are read against any tier, which is how an unset tier is told apart from a tier that is not met.
 * @param domains coverage by domain
 * @param edition freeze and tool-blocking domains of the edition, as data
 * @param policy required sets of the organization
 * @param tier the tier to measure against
 * @param executesTools `unknown` counts as yes: unknown never passes
 */
export function openDomains(domains: readonly CoveredDomain[], edition: RequiredSetEdition, policy: TierPolicy, tier: RiskTier, executesTools: TriState): OpenDomain[] {
  return domains.map((domain) => {
    const need = needOf(domain, edition, policy, tier, executesTools);
    return {
      domain: domain.id, need,
      open: need === 0 ? [] : domain.criteria.filter((c) => c.status !== 'not_applicable' && !MET.has(c.status)).map(({ key, status }) => ({ key, status })),
    };
  });
}

/** Whether nothing is open. The same rule, without making a list. */
export const meetsRequiredSet = (domains: readonly CoveredDomain[], edition: RequiredSetEdition, policy: TierPolicy, tier: RiskTier, executesTools: TriState): boolean =>
  domains.every((domain) => needOf(domain, edition, policy, tier, executesTools) === 0);

function needOf(domain: CoveredDomain, edition: RequiredSetEdition, policy: TierPolicy, tier: RiskTier, executesTools: TriState): number {
  const rule = policy.requiredSets[tier];
  let applicable = 0;
  let met = 0;
  for (const { status } of domain.criteria) {
    if (status === 'not_applicable') continue;
    applicable += 1;
    if (MET.has(status)) met += 1;
  }
  const whole = (rule.allOfFreezeDomains && edition.freezeDomains.includes(domain.id)) || (executesTools !== 'no' && edition.toolBlockingDomains.includes(domain.id));
  const required = whole || rule.minPerDomain === 'all' ? applicable : Math.min(rule.minPerDomain, applicable);
  return Math.max(0, required - met);
}
