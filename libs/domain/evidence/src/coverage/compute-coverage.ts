import type { CoverageStatus, EvidenceKind, RiskTier, TriState, TierPolicy, TierRule } from '@roster/contracts';
import type { Edition, Requirement } from '@roster/frameworks';
import type { CoverageInputs } from './coverage-inputs.js';
import { isMet, itemStanding, rankOf, requirementStanding, type Claims, type CoverageEvidence, type RequirementStanding } from './requirement-status.js';

export interface RequirementCoverage {
  readonly key: string;
  readonly criterionKey: string;
  readonly title: string;
  readonly wordingVerified: boolean;
  readonly status: CoverageStatus;
  readonly evidence: CoverageEvidence[];
  readonly exception: RequirementStanding['exception'];
  /** When the status changes by itself; null = only by somebody's act. RFC 3339. */
  readonly expiresAt: string | null;
}

export interface DomainCoverage {
  readonly id: string;
  /** Always shown beside the id: the id alone means different things in different editions. */
  readonly name: string;
  /** Status of the weakest requirement that the tier still needs here. */
  readonly status: CoverageStatus;
  readonly requiredMet: boolean;
  /** How many requirements the tier needs here, and how many of them are met. */
  readonly required: { readonly met: number; readonly total: number };
  /** True when this domain is needed in full whatever the tier says, since the workload executes tools (or might). */
  readonly blocking: boolean;
  readonly criteria: RequirementCoverage[];
}

export interface WorkloadCoverage {
  readonly workloadId: string;
  readonly edition: string;
  /** The tier whose rule was applied: an unset one is treated as `critical`, since unknown never passes. */
  readonly tier: RiskTier;
  readonly tierIsSet: boolean;
  readonly required: {
    readonly met: number;
    readonly total: number;
    /** A shortest list of requirements that completes the required set, those closest to done first within a domain. */
    readonly missing: string[];
  };
  readonly domains: DomainCoverage[];
  /** The first instant at which the status of any requirement changes by itself; null = never. RFC 3339. */
  readonly nextChangeAt: string | null;
}

export interface CoverageArguments {
  readonly edition: Edition;
  readonly requirements: readonly Requirement[];
  readonly inputs: CoverageInputs;
  readonly tier: RiskTier | null;
  readonly tierPolicy: TierPolicy;
  readonly executesTools: TriState;
  readonly now: Date;
}

/** Unset tier: the strictest one (domain.md section 2, "unknown never passes"). */
const TIER_WHEN_UNSET: RiskTier = 'critical';

function claimsByRequirement(inputs: CoverageInputs): Map<string, Claims> {
  const items = new Map(inputs.items.map((item) => [item.itemId, item]));
  const claims = new Map<string, Claims>();
  const of = (key: string): Claims => {
    let found = claims.get(key);
    if (!found) claims.set(key, (found = { evidence: [], exceptions: [] }));
    return found;
  };
  for (const link of inputs.links) {
    const item = items.get(link.itemId);
    if (item && link.requirementKey !== null) of(link.requirementKey).evidence.push({ link, item });
  }
  for (const exception of inputs.exceptions) of(exception.requirementKey).exceptions.push(exception);
  return claims;
}

/** How many of the applicable requirements of a domain the rule needs. Not-applicable ones never count as a success, they only shrink the field. */
function needed(rule: TierRule, applicable: number, inFull: boolean): number {
  return inFull || rule.minPerDomain === 'all' ? applicable : Math.min(rule.minPerDomain, applicable);
}

/** By far the most frequent case in a sweep, so it is not computed again each time. */
const NOTHING: RequirementStanding = Object.freeze({ status: 'missing', evidence: [], exception: null, changesAt: null });

/**
 * Coverage of one workload over one edition, and whether it meets the required set of its risk tier.
 * Rules: domain.md section 2 (statuses), section 5 (required set per tier, domains that block when tools are executed), section 7 (only
 * accepted and unexpired versions count). Which domains freeze or block is read from the edition; nothing here knows an id.
 * Pure: the same arguments give the same answer.
 */
export function computeCoverage(args: CoverageArguments): WorkloadCoverage {
  const { edition, requirements, inputs, tierPolicy, executesTools } = args;
  const now = args.now.getTime();
  const tier = args.tier ?? TIER_WHEN_UNSET;
  const rule = tierPolicy.requiredSets[tier];
  const claims = claimsByRequirement(inputs);
  const byDomain = new Map<string, Requirement[]>();
  for (const requirement of requirements) {
    const list = byDomain.get(requirement.domainId);
    if (list) list.push(requirement);
    else byDomain.set(requirement.domainId, [requirement]);
  }
  const missing: string[] = [];
  let next: string | null = null;

  const domains = edition.domains.map((domain): DomainCoverage => {
    const criteria = (byDomain.get(domain.id) ?? []).map((requirement): RequirementCoverage => {
      const found = claims.get(requirement.key);
      const { status, evidence, exception, changesAt } = found ? requirementStanding(found, now) : NOTHING;
      if (changesAt !== null && (next === null || changesAt < next)) next = changesAt;
      return {
        key: requirement.key, criterionKey: requirement.criterionKey, title: requirement.title, wordingVerified: requirement.wordingVerified,
        status, evidence, exception, expiresAt: changesAt,
      };
    });
    const blocking = executesTools !== 'no' && edition.toolBlockingDomains.includes(domain.id);
    const inFull = blocking || (rule.allOfFreezeDomains && edition.freezeDomains.includes(domain.id));
    // Array.sort is stable, so equals stay in catalogue order.
    const applicable = criteria.filter((c) => c.status !== 'not_applicable').sort((a, b) => rankOf(a.status) - rankOf(b.status));
    const total = needed(rule, applicable.length, inFull);
    const counted = applicable.slice(0, total);
    const met = counted.filter((c) => isMet(c.status)).length;
    missing.push(...counted.slice(met).map((c) => c.key));
    return {
      id: domain.id, name: domain.name, status: counted.at(-1)?.status ?? 'not_applicable', requiredMet: met === total,
      required: { met, total }, blocking, criteria,
    };
  });
  return {
    workloadId: inputs.workloadId, edition: edition.id, tier, tierIsSet: args.tier !== null,
    required: { met: domains.reduce((n, d) => n + d.required.met, 0), total: domains.reduce((n, d) => n + d.required.total, 0), missing },
    domains, nextChangeAt: next,
  };
}

/**
 * Evidence of one kind that names the workload and counts now, whatever it is linked to (domain.md section 5: a report on return names it).
 * @returns accepted and unexpired versions, with the instant at which each stops counting
 */
export function countingEvidenceOfKind(inputs: CoverageInputs, kind: EvidenceKind, now: Date): CoverageEvidence[] {
  const links = new Map<string, CoverageInputs['links'][number]>();
  for (const link of inputs.links) if (link.status === 'accepted') links.set(link.itemId, link);
  return inputs.items.flatMap((item) => {
    const link = links.get(item.itemId);
    if (item.kind !== kind || !link) return [];
    const found = itemStanding({ link, item }, now.getTime());
    return found?.standing === 'satisfied' ? [{ itemId: item.itemId, version: found.version.version, title: item.title, expiresAt: found.version.expiresAt }] : [];
  });
}
