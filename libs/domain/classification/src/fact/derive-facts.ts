import type { Provenance, RiskTier, TriState } from '@roster/contracts';
import { RISK_TIERS } from '@roster/contracts';
import type { ClassificationTree, FactSource } from '../tree/classification-tree.js';
import { earliest } from '../tree/evaluate-tree.js';
import type { CoverageNow, FactInput, FactPolicy } from './fact-input.js';
import type { GapReason } from './gap.js';
import type { LeafFact } from './leaf-fact.js';
import type { OpenDomain } from './open-requirement.js';
import { meetsRequiredSet, openDomains } from './open-requirement.js';

const MILLISECONDS_PER_DAY = 86_400_000;
/** A workload without a risk tier is held to this one: unknown never passes. */
export const STRICTEST_TIER: RiskTier = 'critical';

type Where = Partial<Pick<LeafFact, 'provenance' | 'source' | 'at' | 'changesAt'>>;

/** A fact whose gaps are worked out when somebody asks: most are never asked for, since the outcome did not depend on them. */
class DerivedFact implements LeafFact {
  readonly provenance: Provenance;
  readonly source: string | null;
  readonly at: string | null;
  readonly changesAt: string | null;
  private known: readonly GapReason[] | null = null;

  constructor(readonly value: TriState, private readonly findGaps: () => readonly GapReason[], where: Where) {
    this.provenance = where.provenance ?? 'observed';
    this.source = where.source ?? null;
    this.at = where.at ?? null;
    this.changesAt = where.changesAt ?? null;
  }

  get gaps(): readonly GapReason[] {
    this.known ??= this.value === 'yes' ? [] : this.findGaps();
    return this.known;
  }
}
const fact = (value: TriState, gaps: readonly GapReason[] | (() => readonly GapReason[]), where: Where = {}): LeafFact =>
  new DerivedFact(value, typeof gaps === 'function' ? gaps : () => gaps, where);

/**
 * Reads every leaf fact of a tree for one workload at an instant (domain.md section 5). Pure.
 *
 * Where an answer hangs on something that is itself unknown (no risk tier, tools unknown), the strictest reading decides: it is `yes`
 * only when even that passes, `unknown` when a laxer reading would pass, and `no` when none would.
 * @param now the instant to read the facts at; may lie in the future (decay forecast)
 * @param coverage coverage at that instant, when the caller has it already
 */
export function deriveFacts(tree: ClassificationTree, input: FactInput, policy: FactPolicy, now: Date, coverage: CoverageNow = input.coverageAt(now)): Record<string, LeafFact> {
  return Object.fromEntries(tree.facts.map(({ id, from }) => [id, derive(from, input, policy, coverage, now)]));
}

/** The facts of a tree that are about the portfolio; the others do not change with it. */
export function derivePortfolioFacts(tree: ClassificationTree, input: FactInput, policy: FactPolicy): Record<string, LeafFact> {
  return Object.fromEntries(tree.facts.flatMap(({ id, from }) => (from.kind === 'portfolio' ? [[id, portfolioFact(from.check, input, policy)] as const] : [])));
}

function derive(from: FactSource, input: FactInput, policy: FactPolicy, coverage: CoverageNow, now: Date): LeafFact {
  switch (from.kind) {
    case 'statement': {
      const { value, provenance, source, at } = input.statements[from.field];
      return fact(value, [{ code: value === 'unknown' ? 'STATEMENT_UNKNOWN' : 'STATEMENT_NO', field: from.field }], { provenance, source, at });
    }
    case 'owner': {
      const owner = input.owners.find((o) => o.role === from.role);
      return owner ? fact('yes', [], { provenance: 'attested', source: `member:${owner.memberId}`, at: owner.acceptedAt })
        : fact('no', [{ code: 'OWNER_MISSING', role: from.role }]);
    }
    case 'domain_evidence': return monitoringFact(policy, coverage);
    case 'drill': return drillFact(from, input, policy, now);
    case 'required_coverage': return coverageFact(input, policy, coverage);
    case 'evidence_kind': {
      const item = input.evidenceOfKindAt(from.evidenceKind, now);
      return item ? fact('yes', [], { provenance: 'verified', source: `evidence:${item.itemId}`, changesAt: item.expiresAt })
        : fact('no', [{ code: 'EVIDENCE_KIND_MISSING', evidenceKind: from.evidenceKind }]);
    }
    case 'portfolio': return portfolioFact(from.check, input, policy);
  }
}

/** Accepted, unexpired evidence in the edition's monitoring domain; a waiver is no evidence (domain.md section 5, question 2). */
function monitoringFact({ edition }: FactPolicy, coverage: CoverageNow): LeafFact {
  const domain = coverage.domains.find((d) => d.id === edition.monitoringDomain);
  const proven = domain?.criteria.find((c) => c.status === 'satisfied' && c.evidence.length > 0);
  if (proven) return fact('yes', [], { provenance: 'verified', source: `evidence:${proven.evidence[0]?.itemId ?? ''}`, changesAt: coverage.nextChangeAt });
  return fact('no', [{ code: 'DOMAIN_EVIDENCE_MISSING', domain: edition.monitoringDomain, requirements: (domain?.criteria ?? []).map((c) => c.key) }],
    { changesAt: coverage.nextChangeAt });
}

/** Newest passed drill <= limit, and not expired for the tier (domain.md section 5, question 3). */
function drillFact(from: Extract<FactSource, { kind: 'drill' }>, input: FactInput, { tierPolicy }: FactPolicy, now: Date): LeafFact {
  const drill = input.drills[from.drill];
  if (!drill) return fact('no', [{ code: 'DRILL_MISSING', drill: from.drill }]);
  const where = { provenance: 'attested' as const, source: `drill:${drill.id}`, at: drill.endedAt };
  if (from.check === 'within_limit') {
    const limitSeconds = tierPolicy.killSwitchMaxSeconds;
    return fact(drill.durationSeconds <= limitSeconds ? 'yes' : 'no',
      [{ code: 'DRILL_TOO_SLOW', drill: from.drill, seconds: drill.durationSeconds, limitSeconds }], where);
  }
  const expiryFor = (tier: RiskTier): number => drillExpiry(drill.endedAt, tierPolicy.killSwitchValidityDays[tier]).getTime();
  const tiers: readonly RiskTier[] = input.riskTier ? [input.riskTier] : RISK_TIERS;
  const fresh = tiers.filter((tier) => expiryFor(tier) > now.getTime());
  const changes = tiers.map(expiryFor).filter((at) => at > now.getTime()).map((at) => new Date(at).toISOString());
  const heldTo = input.riskTier ?? STRICTEST_TIER;
  if (fresh.includes(heldTo)) return fact('yes', [], { ...where, changesAt: earliest(changes) });
  const gaps: GapReason[] = [{
    code: 'DRILL_EXPIRED', drill: from.drill, expiredAt: new Date(expiryFor(heldTo)).toISOString(), validityDays: tierPolicy.killSwitchValidityDays[heldTo],
  }];
  return fact(fresh.length > 0 ? 'unknown' : 'no', input.riskTier ? gaps : [{ code: 'RISK_TIER_MISSING' }, ...gaps], { ...where, changesAt: earliest(changes) });
}

/** The instant from which a drill no longer counts: whole days of 24 hours after it ended. */
export const drillExpiry = (endedAt: string, validityDays: number): Date => new Date(Date.parse(endedAt) + validityDays * MILLISECONDS_PER_DAY);

function coverageFact(input: FactInput, policy: FactPolicy, coverage: CoverageNow): LeafFact {
  const tools = input.statements.executesTools.value;
  const where = { provenance: 'verified' as const, source: `coverage:${policy.edition.id}`, changesAt: coverage.nextChangeAt };
  const strict = input.riskTier ?? STRICTEST_TIER;
  const meets = (tier: RiskTier, executesTools: TriState): boolean => meetsRequiredSet(coverage.domains, policy.edition, policy.tierPolicy, tier, executesTools);
  if (meets(strict, tools)) return fact('yes', [], where);
  const tiers = input.riskTier === null ? RISK_TIERS : [input.riskTier];
  const readings: readonly TriState[] = tools === 'unknown' ? ['unknown', 'no'] : [tools];
  const laxerPasses = tiers.some((tier) => readings.some((reading) => meets(tier, reading)));
  return fact(laxerPasses ? 'unknown' : 'no', () => {
    const openFor = (executesTools: TriState): OpenDomain[] =>
      openDomains(coverage.domains, policy.edition, policy.tierPolicy, strict, executesTools).filter((d) => d.need > 0);
    const open = openFor(tools);
    const toolsMatter = tools === 'unknown' && openFor('no').length < open.length;
    return [
      ...(input.riskTier === null ? [{ code: 'RISK_TIER_MISSING' as const }] : []),
      ...(toolsMatter ? [{ code: 'STATEMENT_UNKNOWN' as const, field: 'executesTools' as const }] : []),
      ...open.flatMap(requirementGaps),
    ];
  }, where);
}

/** When every open requirement is needed each is a task of its own; otherwise the choice is the owner's. */
export function requirementGaps({ domain, need, open }: OpenDomain): GapReason[] {
  if (need < open.length) return [{ code: 'DOMAIN_SHORT', domain, need, requirements: open.map((r) => r.key) }];
  return open.map(({ key, status }): GapReason => {
    const code = status === 'submitted' ? 'REQUIREMENT_SUBMITTED' : status === 'expired' ? 'REQUIREMENT_EXPIRED'
      : status === 'rejected' ? 'REQUIREMENT_REJECTED' : 'REQUIREMENT_MISSING';
    return { code, domain, requirement: key };
  });
}

/** The portfolio predicate of Scaled (domain.md section 5, point 5). */
function portfolioFact(check: Extract<FactSource, { kind: 'portfolio' }>['check'], { portfolio }: FactInput, policy: FactPolicy): LeafFact {
  switch (check) {
    case 'production_count': {
      // Asked of a workload that is itself in production, so it counts.
      const count = portfolio.otherProductionCount + 1;
      const minimum = policy.scaledMinProductionWorkloads;
      return fact(count >= minimum ? 'yes' : 'no', [{ code: 'TOO_FEW_IN_PRODUCTION', count, minimum }]);
    }
    case 'reuse': {
      const linked = portfolio.linkedProductionWorkloads[0];
      return fact(linked ? 'yes' : 'no', [{ code: 'NOT_REUSED' }], linked ? { source: `workload:${linked}` } : {});
    }
    case 'concentration_reviewed': {
      const { value, provenance, source, at } = portfolio.concentrationReviewed;
      return fact(value, [{ code: 'CONCENTRATION_NOT_REVIEWED' }], { provenance, source, at });
    }
  }
}
