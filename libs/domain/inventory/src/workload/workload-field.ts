import {
  AUTONOMY_LEVELS, DATA_CLASSES, EU_AI_ACT_CLASSES, EU_AI_ACT_ROLES, EXPOSURES, OPERATIONS, RISK_TIERS, USERS_AFFECTED, WORKLOAD_KINDS,
} from '@roster/contracts';
import type { FactName } from '../fact/fact-statement.js';

/** Plain fields of a workload: name in the API, column, and whether the column holds a list. Facts, owners and custom fields are not plain. */
export const WORKLOAD_FIELDS = [
  ['name', 'name', 'text'], ['kind', 'kind', 'text'], ['purpose', 'purpose', 'text'], ['team', 'team', 'text'], ['description', 'description', 'text'], ['businessUnit', 'business_unit', 'text'],
  ['environments', 'environments', 'list'], ['runsOn', 'runs_on', 'text'], ['repositories', 'repositories', 'list'], ['catalogueRefs', 'catalogue_refs', 'list'], ['interfaces', 'interfaces', 'list'],
  ['usersAffected', 'users_affected', 'list'], ['downstreamConsequence', 'downstream_consequence', 'text'], ['exposure', 'exposure', 'text'], ['operation', 'operation', 'text'],
  ['dataClasses', 'data_classes', 'list'], ['specialCategories', 'special_categories', 'list'], ['jurisdictions', 'jurisdictions', 'list'], ['autonomyLevel', 'autonomy_level', 'text'],
  ['riskTier', 'risk_tier', 'text'], ['riskTierRationale', 'risk_tier_rationale', 'text'], ['euAiActRole', 'eu_ai_act_role', 'text'], ['euAiActClass', 'eu_ai_act_class', 'text'],
  ['monitoringLinks', 'monitoring_links', 'list'], ['runbookLink', 'runbook_link', 'text'], ['escalationPath', 'escalation_path', 'text'], ['tags', 'tags', 'list'],
  ['lifecycle', 'lifecycle', 'text'], ['statedStage', 'stated_stage', 'text'],
] as const satisfies readonly (readonly [string, string, 'text' | 'list'])[];

export type WorkloadField = (typeof WORKLOAD_FIELDS)[number][0];

/** Columns of the effective facts. */
export const FACT_COLUMNS = {
  processesRealData: 'processes_real_data', handlesPii: 'handles_pii', executesTools: 'executes_tools', downstreamChange: 'downstream_change', maintained: 'maintained',
} as const satisfies Record<FactName, string>;

/** Values that a lifecycle can be set to; retiring has its own act with a decommission record. */
export const SETTABLE_LIFECYCLES = ['proposed', 'active', 'paused'] as const;

/** Value sets of the fields that have one. */
export const FIELD_VALUES = {
  kind: WORKLOAD_KINDS, usersAffected: USERS_AFFECTED, exposure: EXPOSURES, operation: OPERATIONS, dataClasses: DATA_CLASSES, autonomyLevel: AUTONOMY_LEVELS, riskTier: RISK_TIERS,
  euAiActRole: EU_AI_ACT_ROLES, euAiActClass: EU_AI_ACT_CLASSES,
} as const;
