import {
  AUTONOMY_LEVELS, DATA_CLASSES, EU_AI_ACT_CLASSES, EU_AI_ACT_ROLES, EXPOSURES, OPERATIONS, OWNER_ROLES, type OwnerRole, RISK_TIERS, USERS_AFFECTED, WORKLOAD_KINDS,
} from '@roster/contracts';
import { foldText } from './cell-value.js';

/** How the cells of a field are read. Lengths are the limits of the inventory schema. */
export type ImportFieldType =
  | { readonly kind: 'text'; readonly maxLength: number }
  | { readonly kind: 'key' }
  | { readonly kind: 'fact' }
  | { readonly kind: 'choice'; readonly values: readonly string[]; readonly synonyms: Readonly<Record<string, string>> }
  | { readonly kind: 'choices'; readonly values: readonly string[]; readonly synonyms: Readonly<Record<string, string>> }
  | { readonly kind: 'list'; readonly maxEntries: number; readonly maxLength: number; readonly addresses: boolean }
  | { readonly kind: 'web_address'; readonly maxLength: number }
  | { readonly kind: 'owner'; readonly role: OwnerRole };

/** A field of a workload that an import can fill. */
export interface ImportField {
  /** Name in the API. */
  readonly name: string;
  /** Column of `workload`; owners and facts say more through their type. */
  readonly column: string;
  readonly label: string;
  readonly type: ImportFieldType;
  /** Headings that mean this field, best first, folded. A heading of several words also counts as a part of a longer question. */
  readonly headings: readonly string[];
}

const text = (maxLength: number): ImportFieldType => ({ kind: 'text', maxLength });
const list = (maxEntries: number, maxLength = 2000, addresses = false): ImportFieldType => ({ kind: 'list', maxEntries, maxLength, addresses });
const choice = (values: readonly string[], synonyms: Record<string, string> = {}): ImportFieldType => ({ kind: 'choice', values, synonyms });
const choices = (values: readonly string[], synonyms: Record<string, string> = {}): ImportFieldType => ({ kind: 'choices', values, synonyms });
const FACT: ImportFieldType = { kind: 'fact' };

const OWNER_HEADINGS: Readonly<Record<OwnerRole, readonly string[]>> = {
  risk_owner: ['risk owner', 'ai risk owner', 'owner', 'owner email', 'workload owner', 'business owner', 'risk owner email', 'responsible person', 'system owner', 'product owner', 'use case owner'],
  accountable_executive: ['accountable executive', 'executive', 'executive sponsor', 'sponsor', 'accountable owner'],
  on_call: ['on call', 'on call owner', 'oncall', 'on call engineer', 'on call contact'],
  engineering_lead: ['engineering lead', 'tech lead', 'technical owner', 'technical lead', 'engineering owner', 'technical contact', 'developer contact'],
  data_steward: ['data steward', 'data owner', 'data protection contact'],
};
const OWNER_NAMES: Readonly<Record<OwnerRole, string>> = {
  risk_owner: 'riskOwner', accountable_executive: 'accountableExecutive', on_call: 'onCall', engineering_lead: 'engineeringLead', data_steward: 'dataSteward',
};

/**
 * Every field an import can fill, with the headings it is known by: our own names, the usual ones of AI registers, and the questions of the
 * published US federal inventories (OMB, 2023-2025).
 */
export const IMPORT_FIELDS: readonly ImportField[] = [
  { name: 'key', column: 'key', label: 'Key', type: { kind: 'key' }, headings: ['key', 'workload key', 'workload id', 'system id', 'use case id', 'inventory id', 'external id', 'id'] },
  { name: 'name', column: 'name', label: 'Name', type: text(500), headings: ['name', 'workload name', 'use case name', 'ai system name', 'system name', 'model name', 'application name', 'workload', 'title', 'use case title', 'use case', 'ai system', 'application', 'agent name'] },
  { name: 'kind', column: 'kind', label: 'Kind', headings: ['kind', 'workload kind', 'type', 'ai type', 'workload type', 'system type', 'model type'],
    type: choice(WORKLOAD_KINDS, {
      rag: 'rag_pipeline', 'retrieval augmented generation': 'rag_pipeline', 'retrieval-augmented generation': 'rag_pipeline', 'rag pipeline': 'rag_pipeline', 'ai agent': 'agent',
      'machine learning': 'classical_ml', 'classical machine learning': 'classical_ml', ml: 'classical_ml', 'computer vision': 'vision', 'vision system': 'vision', 'ranking system': 'ranking', recommender: 'ranking',
      'recommendation system': 'ranking', 'embedded ai feature': 'embedded_feature', 'embedded ai': 'embedded_feature', 'bought feature': 'embedded_feature', llm: 'model', 'language model': 'model', 'foundation model': 'model',
    }) },
  { name: 'purpose', column: 'purpose', label: 'Purpose', type: text(10_000), headings: ['purpose', 'intended purpose', 'intended purpose and expected benefits', 'business purpose', 'intended use', 'use case purpose', 'objective'] },
  { name: 'description', column: 'description', label: 'Description', type: text(20_000), headings: ['description', 'summary', 'use case description', 'system description', 'summary of use case'] },
  { name: 'team', column: 'team', label: 'Owning team', type: text(200), headings: ['team', 'owning team', 'owner team', 'bureau', 'responsible team', 'squad', 'product team', 'team name', 'office'] },
  { name: 'businessUnit', column: 'business_unit', label: 'Business unit', type: text(200), headings: ['business unit', 'department', 'division', 'agency', 'business area', 'organisation', 'organization', 'directorate', 'company', 'line of business', 'unit'] },
  ...OWNER_ROLES.map((role): ImportField => ({ name: OWNER_NAMES[role], column: role, label: `${(OWNER_HEADINGS[role][0] as string)[0]?.toUpperCase()}${(OWNER_HEADINGS[role][0] as string).slice(1)}`, type: { kind: 'owner', role }, headings: OWNER_HEADINGS[role] })),
  { name: 'processesRealData', column: 'processes_real_data', label: 'Processes real user or customer data on request', type: FACT,
    headings: ['processes real data', 'processes real user data', 'processes real user or customer data', 'real user or customer data', 'processes customer data', 'uses real data', 'live data', 'real data'] },
  { name: 'handlesPii', column: 'handles_pii', label: 'Handles personal data', type: FACT,
    headings: ['handles pii', 'pii', 'contains pii', 'personal data', 'processes personal data', 'handles personal data', 'uses pii', 'involves pii', 'involve personally identifiable information', 'personally identifiable information', 'gdpr relevant'] },
  { name: 'executesTools', column: 'executes_tools', label: 'Executes tools', type: FACT, headings: ['executes tools', 'tool use', 'uses tools', 'calls tools', 'tool execution', 'agentic'] },
  { name: 'downstreamChange', column: 'downstream_change', label: 'Changes a person, customer record, payment or physical process', type: FACT,
    headings: ['downstream change', 'downstream consequence yes no', 'downstream effect', 'changes records', 'writes to customer records'] },
  { name: 'maintained', column: 'maintained', label: 'Is maintained', type: FACT, headings: ['maintained', 'is maintained', 'actively maintained'] },
  { name: 'downstreamConsequence', column: 'downstream_consequence', label: 'Downstream consequence', type: text(10_000), headings: ['downstream consequence', 'downstream consequences', 'consequence', 'impact description', 'business impact'] },
  { name: 'statedStage', column: 'stated_stage', label: 'Stage as the source states it', type: text(200),
    headings: ['stated stage', 'stage', 'stage of development', 'development stage', 'maturity', 'maturity stage', 'dev stage', 'lifecycle stage', 'deployment status', 'deployment stage', 'project stage', 'status'] },
  { name: 'lifecycle', column: 'lifecycle', label: 'Lifecycle', headings: ['lifecycle', 'lifecycle state', 'lifecycle status'], type: choice(['proposed', 'active', 'paused'], { planned: 'proposed', live: 'active' }) },
  { name: 'riskTier', column: 'risk_tier', label: 'Risk tier', headings: ['risk tier', 'risk level', 'risk', 'risk rating', 'risk class', 'criticality', 'inherent risk', 'risk category'], type: choice(RISK_TIERS, { moderate: 'medium', med: 'medium', severe: 'critical' }) },
  { name: 'riskTierRationale', column: 'risk_tier_rationale', label: 'Why this risk tier', type: text(10_000), headings: ['risk tier rationale', 'risk rationale', 'risk justification', 'why this risk tier'] },
  { name: 'exposure', column: 'exposure', label: 'Exposure', headings: ['exposure', 'exposure level', 'rollout'],
    type: choice(EXPOSURES, { shadow: 'shadow_traffic', 'limited users': 'limited_real_users', 'limited real users': 'limited_real_users', limited: 'limited_real_users', 'general availability': 'general', ga: 'general', public: 'general', 'internal only': 'internal' }) },
  { name: 'operation', column: 'operation', label: 'Operation', headings: ['operation', 'operation mode', 'mode of operation', 'execution mode'],
    type: choice(OPERATIONS, { 'on-demand': 'on_demand', 'real time': 'on_demand', 'real-time': 'on_demand', always: 'continuous', streaming: 'continuous', scheduled: 'batch' }) },
  { name: 'usersAffected', column: 'users_affected', label: 'Users affected', headings: ['users affected', 'affected users', 'user groups', 'audience', 'users', 'who is affected'],
    type: choices(USERS_AFFECTED, { customer: 'customers', employee: 'employees', staff: 'employees', internal: 'employees', 'general public': 'public', citizens: 'public', nobody: 'none' }) },
  { name: 'dataClasses', column: 'data_classes', label: 'Data classes', headings: ['data classes', 'data class', 'data classification', 'information classification', 'confidentiality'], type: choices(DATA_CLASSES, { secret: 'restricted', sensitive: 'confidential' }) },
  { name: 'specialCategories', column: 'special_categories', label: 'Special categories of data', type: list(50, 200), headings: ['special categories', 'special category data', 'sensitive data categories'] },
  { name: 'jurisdictions', column: 'jurisdictions', label: 'Jurisdictions', type: list(250, 200), headings: ['jurisdictions', 'jurisdiction', 'countries', 'country', 'regions', 'region', 'markets'] },
  { name: 'autonomyLevel', column: 'autonomy_level', label: 'Autonomy level (PSF L0-L4)', headings: ['autonomy level', 'autonomy', 'psf autonomy level'], type: choice(AUTONOMY_LEVELS) },
  { name: 'euAiActRole', column: 'eu_ai_act_role', label: 'EU AI Act role', headings: ['eu ai act role', 'ai act role', 'operator role'], type: choice(EU_AI_ACT_ROLES, { 'authorized representative': 'authorised_representative', manufacturer: 'product_manufacturer' }) },
  { name: 'euAiActClass', column: 'eu_ai_act_class', label: 'EU AI Act class', headings: ['eu ai act class', 'eu ai act risk class', 'ai act class', 'ai act category', 'eu ai act category', 'eu ai act risk category'],
    type: choice(EU_AI_ACT_CLASSES, { high: 'high_risk', 'high risk': 'high_risk', unacceptable: 'prohibited', limited: 'transparency', 'limited risk': 'transparency', 'minimal risk': 'minimal', 'general purpose': 'gpai' }) },
  { name: 'environments', column: 'environments', label: 'Environments', type: list(50, 200), headings: ['environments', 'environment', 'deployment environment'] },
  { name: 'runsOn', column: 'runs_on', label: 'Where it runs', type: text(2000), headings: ['runs on', 'where it runs', 'hosting', 'platform', 'cloud', 'hosting platform', 'infrastructure'] },
  { name: 'repositories', column: 'repositories', label: 'Repositories', type: list(50, 2000, true), headings: ['repositories', 'repository', 'repo', 'repository url', 'source repository', 'git', 'github', 'source code', 'code repository', 'open source link'] },
  { name: 'catalogueRefs', column: 'catalogue_refs', label: 'Catalogue references', type: list(50), headings: ['catalogue refs', 'catalogue references', 'catalogue reference', 'catalog reference', 'cmdb id', 'cmdb', 'asset id', 'configuration item'] },
  { name: 'interfaces', column: 'interfaces', label: 'Interfaces', type: list(100), headings: ['interfaces', 'interface', 'endpoints', 'endpoint', 'api', 'channels'] },
  { name: 'monitoringLinks', column: 'monitoring_links', label: 'Monitoring links', type: list(50, 2000, true), headings: ['monitoring links', 'monitoring link', 'monitoring', 'dashboard', 'dashboards', 'dashboard url', 'monitoring url'] },
  { name: 'runbookLink', column: 'runbook_link', label: 'Runbook', type: { kind: 'web_address', maxLength: 2000 }, headings: ['runbook link', 'runbook', 'runbook url', 'playbook'] },
  { name: 'escalationPath', column: 'escalation_path', label: 'Escalation path', type: text(4000), headings: ['escalation path', 'escalation', 'escalation contact', 'support contact'] },
  { name: 'tags', column: 'tags', label: 'Tags', type: list(100, 200), headings: ['tags', 'tag', 'labels', 'keywords', 'categories'] },
];

export const IMPORT_FIELD_BY_NAME: ReadonlyMap<string, ImportField> = new Map(IMPORT_FIELDS.map((field) => [field.name, field]));

/** Readable form of what a choice accepts, for messages. */
export const acceptedValues = (type: ImportFieldType): readonly string[] =>
  type.kind === 'choice' || type.kind === 'choices' ? type.values : type.kind === 'fact' ? ['yes', 'no', 'unknown'] : [];

/** The value of a choice that a text means (`High risk`, `high-risk` and `high_risk` are one), or null. */
export const readChoice = (type: Extract<ImportFieldType, { kind: 'choice' | 'choices' }>, cell: string): string | null => {
  const folded = foldText(cell);
  const joined = folded.replace(/[\s-]+/g, '_');
  return type.values.find((value) => value.toLowerCase() === joined) ?? type.synonyms[folded] ?? null;
};
