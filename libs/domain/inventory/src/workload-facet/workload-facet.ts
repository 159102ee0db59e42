import { LIFECYCLES, RISK_TIERS, STAGES, WORKLOAD_KINDS } from '@roster/contracts';

/** How the values of a facet are found. */
export type Facet =
  /** Ranks of a ladder, counted from 1; 0 is not set. */
  | { readonly kind: 'rank'; readonly column: string; readonly values: readonly string[] }
  /** A column whose values are those of the filter; '' is not set. `label` is the column that says how it is written. */
  | { readonly kind: 'column'; readonly column: string; readonly label?: string; readonly values?: readonly string[] }
  | { readonly kind: 'member'; readonly column: string }
  /** Multi-valued and tenant-defined fields: rows of workload_facet, or of an instant what each workload said then. */
  | { readonly kind: 'indexed'; readonly field: string };

const indexed = (field: string): Facet => ({ kind: 'indexed', field });
const column = (name: string): Facet => ({ kind: 'column', column: name });

/** What the inventory can be counted by, named like the filters; `custom.<key>` besides. */
export const FACETS: Readonly<Record<string, Facet>> = {
  stage: { kind: 'rank', column: 'stage_rank', values: STAGES }, riskTier: { kind: 'rank', column: 'risk_rank', values: RISK_TIERS },
  lifecycle: { kind: 'column', column: 'lifecycle', values: LIFECYCLES }, kind: { kind: 'column', column: 'kind_sort', values: WORKLOAD_KINDS },
  team: { kind: 'column', column: 'team_sort', label: 'team' }, businessUnit: { kind: 'column', column: 'business_unit_sort', label: 'business_unit' },
  processesRealData: column('processes_real_data'), handlesPii: column('handles_pii'), executesTools: column('executes_tools'), piiOrTools: column('pii_or_tools'), riskOwnerStatus: column('risk_owner_status'),
  frozen: column('frozen'), hardening: column('hardening'), undetermined: column('undetermined'), incomplete: column('incomplete'), unowned: column('unowned'),
  riskOwner: { kind: 'member', column: 'risk_owner_member_id' },
  tags: indexed('tags'), environments: indexed('environments'), exposure: indexed('exposure'), operation: indexed('operation'), autonomyLevel: indexed('autonomyLevel'), usersAffected: indexed('usersAffected'),
  dataClasses: indexed('dataClasses'), jurisdictions: indexed('jurisdictions'), euAiActRole: indexed('euAiActRole'), euAiActClass: indexed('euAiActClass'),
};

/** Counted when nobody says which. */
export const USUAL_FACETS = ['stage', 'riskTier', 'lifecycle', 'team', 'kind', 'frozen'] as const;
/** Most facets of one request, and most values of one facet. */
export const MAX_FACETS = 12;
export const MAX_VALUES = 200;
export const USUAL_VALUES = 20;
/** At most so many workloads are counted, so that the cost is bounded; beyond, the answer says so. */
export const MAX_COUNTED = 100_000;

/** @returns null for a name that cannot be counted by */
export const facetOf = (name: string): Facet | null => (Object.hasOwn(FACETS, name) ? FACETS[name] ?? null : /^custom\.[a-z][a-zA-Z0-9_]{0,59}$/.test(name) ? indexed(name) : null);
