import type { Schemas } from '@roster/api-client';
import { LIFECYCLES, RISK_TIERS, STAGES, WORKLOAD_KINDS, type Lifecycle, type RiskTier, type Stage, type WorkloadKind } from '@roster/contracts';
import { endOfDay, instantOfLocal, startOfDay } from '../clock/calendar.js';

/** What somebody types to ask for a pack. */
export interface PackDraft {
  readonly scope: 'all' | 'filter' | 'workloads';
  readonly stage: readonly string[];
  readonly riskTier: readonly string[];
  readonly lifecycle: readonly string[];
  readonly kind: readonly string[];
  readonly team: readonly string[];
  readonly businessUnit: readonly string[];
  /** Keys of chosen workloads. */
  readonly workloads: readonly string[];
  /** Days, YYYY-MM-DD; empty = not limited. */
  readonly from: string;
  readonly to: string;
  /** Date and time of the organization's time zone, as the field has it; empty = now. */
  readonly asOf: string;
  /** Empty = the edition of the organization. */
  readonly edition: string;
  readonly formats: readonly string[];
}
export const EMPTY_DRAFT: PackDraft = { scope: 'all', stage: [], riskTier: [], lifecycle: [], kind: [], team: [], businessUnit: [], workloads: [], from: '', to: '', asOf: '', edition: '', formats: ['csv', 'json'] };

const among = <Value extends string>(allowed: readonly Value[], given: readonly string[]): Value[] => allowed.filter((value) => given.includes(value));
const set = <Name extends string, Value>(name: Name, values: readonly Value[]): { [name in Name]?: Value[] } => (values.length === 0 ? {} : { [name]: [...values] } as { [name in Name]: Value[] });

/**
 * What is asked of the service: always all of what the form shows at this moment.
 * @param timeZone of the organization (IANA name), in which days and times are read
 * @throws RangeError when a day or a time is none
 */
export async function packRequest(draft: PackDraft, timeZone: string): Promise<Schemas['RequestPackDto']> {
  const [from, to, asOf] = await Promise.all([startOfDay(draft.from, timeZone), endOfDay(draft.to, timeZone), draft.asOf === '' ? null : instantOfLocal(draft.asOf, timeZone)]);
  const filter = {
    ...set('stage', among<Stage>(STAGES, draft.stage)), ...set('riskTier', among<RiskTier>(RISK_TIERS, draft.riskTier)), ...set('lifecycle', among<Lifecycle>(LIFECYCLES, draft.lifecycle)),
    ...set('kind', among<WorkloadKind>(WORKLOAD_KINDS, draft.kind)), ...set('team', draft.team), ...set('businessUnit', draft.businessUnit),
  };
  return {
    scope: draft.scope === 'workloads' ? { workloads: [...draft.workloads] } : draft.scope === 'filter' ? { filter } : {},
    ...(from === null && to === null ? {} : { period: { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) } }),
    ...(asOf === null ? {} : { asOf }), ...(draft.edition === '' ? {} : { edition: draft.edition }),
    formats: among(['csv', 'json'] as const, draft.formats),
  };
}

/** Why it cannot be asked for yet; null when it can. */
export const draftGap = (draft: PackDraft): 'no-workloads' | 'no-filter' | 'no-format' | null => {
  if (draft.scope === 'workloads' && draft.workloads.length === 0) return 'no-workloads';
  if (draft.scope === 'filter' && [draft.stage, draft.riskTier, draft.lifecycle, draft.kind, draft.team, draft.businessUnit].every((values) => values.length === 0)) return 'no-filter';
  return draft.formats.length === 0 ? 'no-format' : null;
};
