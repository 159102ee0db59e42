import type { DrillKind, EvidenceKind, OwnerRole } from '@roster/contracts';
import type { StatementField } from '../tree/classification-tree.js';

/**
 * Why a leaf fact is not what the question asks for. Stored in the trace as it stands: codes, keys and numbers; the sentence and the
 * link are added when it is read (`describeGap`).
 */
export type GapReason =
  | { readonly code: 'STATEMENT_UNKNOWN'; readonly field: StatementField }
  | { readonly code: 'STATEMENT_NO'; readonly field: StatementField }
  | { readonly code: 'OWNER_MISSING'; readonly role: OwnerRole }
  | { readonly code: 'RISK_TIER_MISSING' }
  | { readonly code: 'DOMAIN_EVIDENCE_MISSING'; readonly domain: string; readonly requirements: readonly string[] }
  | { readonly code: 'REQUIREMENT_MISSING'; readonly domain: string; readonly requirement: string }
  | { readonly code: 'REQUIREMENT_SUBMITTED'; readonly domain: string; readonly requirement: string }
  | { readonly code: 'REQUIREMENT_EXPIRED'; readonly domain: string; readonly requirement: string }
  | { readonly code: 'REQUIREMENT_REJECTED'; readonly domain: string; readonly requirement: string }
  /** `need` more of `requirements` have to be proven; which ones is the owner's choice. */
  | { readonly code: 'DOMAIN_SHORT'; readonly domain: string; readonly need: number; readonly requirements: readonly string[] }
  | { readonly code: 'DRILL_MISSING'; readonly drill: DrillKind }
  | { readonly code: 'DRILL_TOO_SLOW'; readonly drill: DrillKind; readonly seconds: number; readonly limitSeconds: number }
  | { readonly code: 'DRILL_EXPIRED'; readonly drill: DrillKind; readonly expiredAt: string; readonly validityDays: number }
  | { readonly code: 'TOO_FEW_IN_PRODUCTION'; readonly count: number; readonly minimum: number }
  | { readonly code: 'NOT_REUSED' }
  | { readonly code: 'EVIDENCE_KIND_MISSING'; readonly evidenceKind: EvidenceKind }
  | { readonly code: 'CONCENTRATION_NOT_REVIEWED' }
  /** The tree asks for a fact that nothing answers, or asks for its opposite. */
  | { readonly code: 'FACT_UNKNOWN' }
  | { readonly code: 'FACT_NOT_MET'; readonly wanted: 'yes' | 'no' };
export type GapCode = GapReason['code'];

/** A gap in its place: which question it keeps from being answered with yes, and through which fact. */
export type Gap = GapReason & { readonly question: string; readonly fact: string };

export const GAP_ACTION_KINDS = ['state_fact', 'set_risk_tier', 'assign_owner', 'submit_evidence', 'decide_evidence', 'record_drill', 'link_workload',
  'conduct_review', 'none'] as const;
export type GapActionKind = (typeof GAP_ACTION_KINDS)[number];

/** Instants, counts and seconds of a gap. */
export interface GapValues {
  /** The instant from which a drill no longer counts, RFC 3339. */
  readonly expiredAt: string | null;
  /** For how many days a drill counts. */
  readonly validityDays: number | null;
  /** How long it took to disable, and how long it may take. */
  readonly seconds: number | null;
  readonly limitSeconds: number | null;
  /** Production workloads there are, and those it takes. */
  readonly count: number | null;
  readonly minimum: number | null;
}

/** A gap as a task: what is missing, in words, and where to do something about it. */
export interface DescribedGap {
  readonly code: GapCode;
  readonly question: string;
  readonly fact: string;
  readonly domain: string | null;
  readonly requirement: string | null;
  readonly requirements: readonly string[];
  readonly need: number | null;
  readonly message: string;
  /** What the sentence speaks of, for those who word it themselves: each is null where the code has none. */
  readonly values: GapValues;
  /** `subject`: the fact, owner role, kind of drill or kind of evidence that the task is about; null when the kind says it all. */
  readonly action: { readonly kind: GapActionKind; readonly href: string | null; readonly subject: string | null };
}

/** Names that the sentences need; ids are shown when a name is not known. */
export interface GapNames {
  readonly workloadKey: string;
  readonly factTitle: (fact: string) => string;
  readonly domainName: (domain: string) => string;
  readonly requirementTitle: (requirement: string) => string;
}

const STATEMENTS: Record<StatementField, string> = {
  processesRealData: 'whether it processes real user or customer data on request',
  handlesPii: 'whether it handles personal data',
  executesTools: 'whether it executes tools',
  downstreamChange: 'whether a person, customer record, payment or physical process changes downstream',
};
const DRILLS: Record<DrillKind, string> = { kill_switch: 'kill-switch', rollback: 'rollback', page_owner: 'page-the-owner', fallback: 'fallback' };
const words = (name: string): string => name.replaceAll('_', ' ');

/** Turns a stored gap into a task with a sentence and a link (domain.md section 5: the list of gaps). */
export function describeGap(gap: Gap, names: GapNames): DescribedGap {
  const workload = `/api/v1/workloads/${encodeURIComponent(names.workloadKey)}`;
  const { message, kind, href } = sentence(gap, names, workload);
  return {
    code: gap.code, question: gap.question, fact: gap.fact,
    domain: 'domain' in gap ? gap.domain : null,
    requirement: 'requirement' in gap ? gap.requirement : null,
    requirements: 'requirements' in gap ? gap.requirements : 'requirement' in gap ? [gap.requirement] : [],
    need: gap.code === 'DOMAIN_SHORT' ? gap.need : gap.code === 'DOMAIN_EVIDENCE_MISSING' ? 1 : null,
    message, values: valuesOf(gap), action: { kind, href, subject: subjectOf(gap) },
  };
}

function valuesOf(gap: Gap): GapValues {
  const none: GapValues = { expiredAt: null, validityDays: null, seconds: null, limitSeconds: null, count: null, minimum: null };
  switch (gap.code) {
    case 'DRILL_EXPIRED': return { ...none, expiredAt: gap.expiredAt, validityDays: gap.validityDays };
    case 'DRILL_TOO_SLOW': return { ...none, seconds: gap.seconds, limitSeconds: gap.limitSeconds };
    case 'TOO_FEW_IN_PRODUCTION': return { ...none, count: gap.count, minimum: gap.minimum };
    default: return none;
  }
}

function subjectOf(gap: Gap): string | null {
  if ('field' in gap) return gap.field;
  if ('role' in gap) return gap.role;
  if ('drill' in gap) return gap.drill;
  return 'evidenceKind' in gap ? gap.evidenceKind : null;
}

function sentence(gap: Gap, names: GapNames, workload: string): { message: string; kind: GapActionKind; href: string | null } {
  switch (gap.code) {
    case 'STATEMENT_UNKNOWN':
      return { message: `It is not known ${STATEMENTS[gap.field]}. State yes or no.`, kind: 'state_fact', href: workload };
    case 'STATEMENT_NO':
      return { message: `Recorded as no: ${STATEMENTS[gap.field]}.`, kind: 'state_fact', href: workload };
    case 'OWNER_MISSING':
      return { message: `Nobody has accepted the role ${words(gap.role)}.`, kind: 'assign_owner', href: `${workload}/owners/${gap.role}` };
    case 'RISK_TIER_MISSING':
      return { message: 'The risk tier is not set, so the rules of the critical tier apply.', kind: 'set_risk_tier', href: workload };
    case 'DOMAIN_EVIDENCE_MISSING':
      return { message: `No accepted, unexpired evidence in ${names.domainName(gap.domain)}.`, kind: 'submit_evidence', href: '/api/v1/evidence' };
    case 'REQUIREMENT_MISSING':
      return { message: `No evidence for ${names.requirementTitle(gap.requirement)} (${names.domainName(gap.domain)}).`, kind: 'submit_evidence', href: '/api/v1/evidence' };
    case 'REQUIREMENT_SUBMITTED':
      return { message: `Evidence for ${names.requirementTitle(gap.requirement)} (${names.domainName(gap.domain)}) waits for a decision.`, kind: 'decide_evidence', href: '/api/v1/evidence' };
    case 'REQUIREMENT_EXPIRED':
      return { message: `Evidence for ${names.requirementTitle(gap.requirement)} (${names.domainName(gap.domain)}) has expired.`, kind: 'submit_evidence', href: '/api/v1/evidence' };
    case 'REQUIREMENT_REJECTED':
      return { message: `Evidence for ${names.requirementTitle(gap.requirement)} (${names.domainName(gap.domain)}) was rejected.`, kind: 'submit_evidence', href: '/api/v1/evidence' };
    case 'DOMAIN_SHORT':
      return {
        message: `${names.domainName(gap.domain)}: ${gap.need} more of ${gap.requirements.length} open requirements must be proven.`,
        kind: 'submit_evidence', href: '/api/v1/evidence',
      };
    case 'DRILL_MISSING':
      return { message: `No passed ${DRILLS[gap.drill]} drill is recorded.`, kind: 'record_drill', href: `${workload}/drills` };
    case 'DRILL_TOO_SLOW':
      return {
        message: `The newest passed ${DRILLS[gap.drill]} drill took ${gap.seconds} s; the limit is ${gap.limitSeconds} s.`,
        kind: 'record_drill', href: `${workload}/drills`,
      };
    case 'DRILL_EXPIRED':
      return {
        message: `The newest passed ${DRILLS[gap.drill]} drill counted for ${gap.validityDays} days, until ${gap.expiredAt}.`,
        kind: 'record_drill', href: `${workload}/drills`,
      };
    case 'TOO_FEW_IN_PRODUCTION':
      return { message: `The organization has ${gap.count} production workloads; scaled needs ${gap.minimum}.`, kind: 'none', href: null };
    case 'NOT_REUSED':
      return { message: 'It shares no declared component with, and is not called by, another production workload.', kind: 'link_workload', href: `${workload}/components` };
    case 'EVIDENCE_KIND_MISSING':
      return { message: `No accepted, unexpired evidence of kind ${words(gap.evidenceKind)} names it.`, kind: 'submit_evidence', href: '/api/v1/evidence' };
    case 'CONCENTRATION_NOT_REVIEWED':
      return { message: 'Concentration risk was not looked at in its last review.', kind: 'conduct_review', href: '/api/v1/reviews' };
    case 'FACT_UNKNOWN':
      return { message: `Not known: ${names.factTitle(gap.fact)}.`, kind: 'none', href: null };
    case 'FACT_NOT_MET':
      return { message: `Must be ${gap.wanted}: ${names.factTitle(gap.fact)}.`, kind: 'none', href: null };
  }
}
