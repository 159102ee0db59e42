import { useLingui } from '@lingui/react/macro';
import type { DrillKind, EvidenceKind, OwnerRole, Provenance, TriState } from '@roster/contracts';
import { useFormat } from '../format/format.js';
import type { TreeGap } from './tree-result.js';

/** Names of what gaps speak about; ids are shown where a name is not known. */
export interface GapNames {
  /** "PSF-7 Security" of an id of a domain. */
  domain(id: string): string;
  /** "PSF-7.2 Manage keys and secrets" of a key of a requirement. */
  requirement(key: string): string;
}
export const IDS_AS_NAMES: GapNames = { domain: (id) => id, requirement: (key) => key };

/** Yes, no, unknown. */
export function useAnswerWords(): Record<TriState, string> {
  const { t } = useLingui();
  return { yes: t`Yes`, no: t`No`, unknown: t`Unknown` };
}

/** Several answers that lead to the same place, in one phrase. */
export function useAnswersPhrase(): (answers: readonly TriState[]) => string {
  const { t } = useLingui();
  const words = useAnswerWords();
  return (answers) => {
    const [yes, no, unknown] = (['yes', 'no', 'unknown'] as const).map((answer) => answers.includes(answer));
    if (yes && no && unknown) return t`Any answer`;
    if (yes && no) return t`Yes or no`;
    if (no && unknown) return t`No or unknown`;
    if (yes && unknown) return t`Yes or unknown`;
    return answers[0] ? words[answers[0]] : '';
  };
}

/** How strong a statement is, weakest first (domain.md section 2, Fact). */
export function useProvenanceWords(): Record<Provenance, { word: string; meaning: string; strength: 1 | 2 | 3 | 4 }> {
  const { t } = useLingui();
  return {
    declared: { word: t`Declared`, meaning: t`Typed by a person or a manifest`, strength: 1 },
    observed: { word: t`Observed`, meaning: t`Seen in telemetry, a scan or the records of Roster`, strength: 2 },
    attested: { word: t`Attested`, meaning: t`Signed by a named owner`, strength: 3 },
    verified: { word: t`Verified`, meaning: t`Backed by accepted evidence`, strength: 4 },
  };
}

/** The roles of domain.md section 4. */
export function useOwnerRoleWords(): Record<OwnerRole, string> {
  const { t } = useLingui();
  return { risk_owner: t`Risk owner`, accountable_executive: t`Accountable executive`, on_call: t`On-call owner`, engineering_lead: t`Engineering lead`, data_steward: t`Data steward` };
}

export function useDrillKindWords(): Record<DrillKind, string> {
  const { t } = useLingui();
  return { kill_switch: t`Kill switch`, rollback: t`Rollback`, page_owner: t`Page the owner`, fallback: t`Fallback` };
}

export function useEvidenceKindWords(): Record<EvidenceKind, string> {
  const { t } = useLingui();
  return {
    document: t`Document`, link: t`Link`, screenshot: t`Screenshot`, test_run: t`Test run`, measurement: t`Measurement`, config_snapshot: t`Configuration snapshot`, attestation: t`Attestation`,
    drill: t`Drill`, review_record: t`Review record`, roi_report: t`Return on investment report`, contract: t`Contract`, certificate: t`Certificate`,
  };
}

/** The statements about a workload that a tree or the freeze reads, as questions people can answer. */
export function useStatementWords(): (field: string) => string {
  const { t } = useLingui();
  const words: Record<string, string> = {
    processesRealData: t`Processes real user or customer data on request`, handlesPii: t`Handles personal data`, executesTools: t`Executes tools`,
    downstreamChange: t`Changes a person, customer record, payment or physical process`, maintained: t`Is maintained`,
  };
  return (field) => words[field] ?? field;
}

/** Why something was evaluated: the words behind the triggers of a result. */
export function useTriggerWords(): (triggers: string) => string {
  const { t } = useLingui();
  const words: Record<string, string> = {
    registered: t`it was registered`, fact: t`a fact changed`, workload: t`the workload changed`, owner: t`an owner changed`, domain_owner: t`a domain owner changed`, component: t`components changed`,
    relation: t`relations changed`, tool_grant: t`tool grants changed`, evidence: t`evidence changed`, exception: t`an exception changed`, drill: t`a drill was recorded`, expiry: t`something expired`,
    review: t`a review ended`, policy: t`the policy changed`, portfolio: t`the portfolio changed`, break_glass: t`the glass was broken`, requested: t`somebody asked`, nightly: t`nightly check`,
    change: t`something changed`, 'what-if': t`what-if`,
  };
  return (triggers) => triggers.split(', ').map((trigger) => words[trigger] ?? trigger.replaceAll('_', ' ')).join('; ');
}

/** What a gap says, in words of the person; where the contract gives no parts, the sentence of the service. */
export function useGapWords(names: GapNames): (gap: TreeGap) => string {
  const { t } = useLingui();
  const roles = useOwnerRoleWords();
  const statement = useStatementWords();
  const drills = useDrillKindWords();
  const kinds = useEvidenceKindWords();
  const format = useFormat();
  return (gap) => {
    const { subject } = gap.action;
    const domain = gap.domain === null ? '' : names.domain(gap.domain);
    const requirement = gap.requirement === null ? '' : names.requirement(gap.requirement);
    switch (gap.code) {
      case 'STATEMENT_UNKNOWN': {
        const what = statement(subject ?? gap.fact);
        return t`Unknown: ${what}`;
      }
      case 'STATEMENT_NO': {
        const what = statement(subject ?? gap.fact);
        return t`Recorded as no: ${what}`;
      }
      case 'OWNER_MISSING': {
        const role = (roles as Readonly<Record<string, string>>)[subject ?? ''] ?? subject ?? '';
        return t`Missing: somebody who has accepted to be ${role}`;
      }
      case 'RISK_TIER_MISSING': return t`Missing: the risk tier. Until it is set the rules of the critical tier apply`;
      case 'DOMAIN_EVIDENCE_MISSING': return t`Missing: accepted, unexpired evidence in ${domain}`;
      case 'REQUIREMENT_MISSING': return t`Missing: accepted evidence for ${requirement}`;
      case 'REQUIREMENT_SUBMITTED': return t`Awaiting decision: evidence for ${requirement}`;
      case 'REQUIREMENT_EXPIRED': return t`Expired: evidence for ${requirement}`;
      case 'REQUIREMENT_REJECTED': return t`Rejected: evidence for ${requirement}`;
      case 'DOMAIN_SHORT': {
        const need = gap.need ?? 1;
        const open = gap.requirements.length;
        return t`${domain}: ${need} more of ${open} open criteria must be proven`;
      }
      case 'DRILL_MISSING': {
        const drill = (drills as Readonly<Record<string, string>>)[subject ?? ''] ?? subject ?? '';
        return t`Missing: a passed drill (${drill})`;
      }
      case 'DRILL_EXPIRED': {
        const { expiredAt, validityDays } = gap.values ?? {};
        if (!expiredAt || !validityDays) return gap.message;
        const drill = (drills as Readonly<Record<string, string>>)[subject ?? ''] ?? subject ?? '';
        const until = format.instant(expiredAt);
        const days = format.number(validityDays);
        return t`Expired: the newest passed drill (${drill}) counted for ${days} days, until ${until}`;
      }
      case 'DRILL_TOO_SLOW': {
        const { seconds, limitSeconds } = gap.values ?? {};
        if (seconds == null || limitSeconds == null) return gap.message;
        const took = format.duration(seconds);
        const limit = format.duration(limitSeconds);
        return t`Too slow: the newest passed drill took ${took}; it may take ${limit}`;
      }
      case 'TOO_FEW_IN_PRODUCTION': {
        const { count, minimum } = gap.values ?? {};
        if (count == null || minimum == null) return gap.message;
        const [there, needed] = [format.number(count), format.number(minimum)];
        return t`Too few workloads in production: ${there} of the ${needed} that Scaled takes`;
      }
      case 'NOT_REUSED': return t`Missing: a declared component shared with another production workload, or a call from one`;
      case 'EVIDENCE_KIND_MISSING': {
        const kind = (kinds as Readonly<Record<string, string>>)[subject ?? ''] ?? subject ?? '';
        return t`Missing: accepted, unexpired evidence that names it (${kind})`;
      }
      case 'CONCENTRATION_NOT_REVIEWED': return t`Missing: a look at concentration risk in its last review`;
      default: return gap.message;
    }
  };
}
