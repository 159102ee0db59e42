import { LIFECYCLES, RISK_TIERS, STAGES, WORKLOAD_KINDS, type Lifecycle, type RiskTier, type Stage, type WorkloadKind } from '@roster/contracts';
import type { PackRequest } from './packs.queries.js';

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
  /** RFC 3339; empty = now. */
  readonly asOf: string;
  /** Empty = the edition of the organization. */
  readonly edition: string;
  readonly formats: readonly string[];
}
export const EMPTY_DRAFT: PackDraft = { scope: 'all', stage: [], riskTier: [], lifecycle: [], kind: [], team: [], businessUnit: [], workloads: [], from: '', to: '', asOf: '', edition: '', formats: ['csv', 'json'] };

const among = <Value extends string>(allowed: readonly Value[], given: readonly string[]): Value[] => allowed.filter((value) => given.includes(value));
const set = <Name extends string, Value>(name: Name, values: readonly Value[]): { [name in Name]?: Value[] } => (values.length === 0 ? {} : { [name]: [...values] } as { [name in Name]: Value[] });

/**
 * What is asked of the service.
 * @param instants first and last instant of the period, null where it is not limited
 */
export function packRequest(draft: PackDraft, instants: { readonly from: string | null; readonly to: string | null }): PackRequest {
  const filter = {
    ...set('stage', among<Stage>(STAGES, draft.stage)), ...set('riskTier', among<RiskTier>(RISK_TIERS, draft.riskTier)), ...set('lifecycle', among<Lifecycle>(LIFECYCLES, draft.lifecycle)),
    ...set('kind', among<WorkloadKind>(WORKLOAD_KINDS, draft.kind)), ...set('team', draft.team), ...set('businessUnit', draft.businessUnit),
  };
  return {
    scope: draft.scope === 'workloads' ? { workloads: [...draft.workloads] } : draft.scope === 'filter' ? { filter } : {},
    ...(instants.from === null && instants.to === null ? {} : { period: { ...(instants.from === null ? {} : { from: instants.from }), ...(instants.to === null ? {} : { to: instants.to }) } }),
    ...(draft.asOf === '' ? {} : { asOf: draft.asOf }), ...(draft.edition === '' ? {} : { edition: draft.edition }),
    formats: among(['csv', 'json'] as const, draft.formats),
  };
}

/** Why it cannot be asked for yet; null when it can. */
export const draftGap = (draft: PackDraft): 'no-workloads' | 'no-filter' | 'no-format' | null => {
  if (draft.scope === 'workloads' && draft.workloads.length === 0) return 'no-workloads';
  if (draft.scope === 'filter' && [draft.stage, draft.riskTier, draft.lifecycle, draft.kind, draft.team, draft.businessUnit].every((values) => values.length === 0)) return 'no-filter';
  return draft.formats.length === 0 ? 'no-format' : null;
};
