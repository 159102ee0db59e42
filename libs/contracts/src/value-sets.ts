/** Value sets of domain.md. Everything here is data that travels; behaviour lives in the domain libraries. */

/** A fact is yes, no, or not known. `unknown` is a value and never passes (domain.md section 2). */
export const TRI_STATES = ['yes', 'no', 'unknown'] as const;
export type TriState = (typeof TRI_STATES)[number];

/** The maturity ladder. Computed by the decision tree, never picked (domain.md section 5). */
export const STAGES = ['experiment', 'pilot', 'production', 'scaled'] as const;
export type Stage = (typeof STAGES)[number];

export const WORKLOAD_KINDS = ['model', 'agent', 'rag_pipeline', 'classical_ml', 'vision', 'ranking', 'embedded_feature'] as const;
export type WorkloadKind = (typeof WORKLOAD_KINDS)[number];

export const LIFECYCLES = ['proposed', 'active', 'paused', 'retired'] as const;
export type Lifecycle = (typeof LIFECYCLES)[number];

export const RISK_TIERS = ['low', 'medium', 'high', 'critical'] as const;
export type RiskTier = (typeof RISK_TIERS)[number];

/** Where a fact comes from, weakest first (domain.md section 2). */
export const PROVENANCES = ['declared', 'observed', 'attested', 'verified'] as const;
export type Provenance = (typeof PROVENANCES)[number];

/** Workload roles of domain.md section 4. Domain owners and deputies are addressed by edition domain, not listed here. */
export const OWNER_ROLES = ['risk_owner', 'accountable_executive', 'on_call', 'engineering_lead', 'data_steward'] as const;
export type OwnerRole = (typeof OWNER_ROLES)[number];

export const OWNER_STATUSES = ['proposed', 'accepted', 'declined', 'orphaned', 'ended'] as const;
export type OwnerStatus = (typeof OWNER_STATUSES)[number];

export const EXPOSURES = ['none', 'internal', 'shadow_traffic', 'limited_real_users', 'general'] as const;
export const OPERATIONS = ['on_demand', 'continuous', 'batch'] as const;
export const USERS_AFFECTED = ['public', 'customers', 'employees', 'none'] as const;
export const DATA_CLASSES = ['public', 'internal', 'confidential', 'restricted'] as const;
/** Autonomy on the PSF scheme L0-L4. The 0-3 WorkflowOS scale is never mapped by number. */
export const AUTONOMY_LEVELS = ['L0', 'L1', 'L2', 'L3', 'L4'] as const;
export const EU_AI_ACT_ROLES = ['provider', 'deployer', 'importer', 'distributor', 'product_manufacturer', 'authorised_representative'] as const;
export const EU_AI_ACT_CLASSES = ['prohibited', 'high_risk', 'transparency', 'minimal', 'gpai', 'gpai_systemic'] as const;

export const COMPONENT_TYPES = ['model', 'dataset', 'index', 'prompt', 'tool', 'mcp_server', 'framework', 'service'] as const;
export type ComponentType = (typeof COMPONENT_TYPES)[number];
export const LOCK_IN_LEVELS = ['none', 'low', 'medium', 'high', 'unknown'] as const;
export const RELATION_TYPES = ['calls', 'feeds', 'shares_component', 'replaces'] as const;

export const EVIDENCE_KINDS = ['document', 'link', 'screenshot', 'test_run', 'measurement', 'config_snapshot', 'attestation', 'drill',
  'review_record', 'roi_report', 'contract', 'certificate'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** Coverage of one criterion (domain.md section 2), strongest first. */
export const COVERAGE_STATUSES = ['satisfied', 'waived', 'not_applicable', 'submitted', 'expired', 'rejected', 'missing'] as const;
export type CoverageStatus = (typeof COVERAGE_STATUSES)[number];

/** What workloads in production can lean on together (domain.md section 13). */
export const CONCENTRATION_DIMENSIONS = ['model', 'component', 'provider', 'risk_owner', 'region'] as const;
export type ConcentrationDimension = (typeof CONCENTRATION_DIMENSIONS)[number];

export const DRILL_KINDS = ['kill_switch', 'rollback', 'page_owner', 'fallback'] as const;
export type DrillKind = (typeof DRILL_KINDS)[number];
export const DRILL_RESULTS = ['passed', 'failed', 'aborted'] as const;
export type DrillResult = (typeof DRILL_RESULTS)[number];

/** Scope changes that a freeze refuses (domain.md section 6). */
export const SCOPE_CHANGE_KINDS = ['more_traffic', 'new_user_group', 'new_data_class', 'new_tool_grant', 'new_region', 'autonomy_raised'] as const;
export type ScopeChangeKind = (typeof SCOPE_CHANGE_KINDS)[number];

export const REVIEW_STATES = ['scheduled', 'due', 'in_progress', 'awaiting_sign_off', 'completed', 'skipped'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];
export const REVIEW_OUTCOMES = ['continue', 'continue_with_conditions', 'freeze', 'roll_back', 'retire'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];
export const FINDING_SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;

/** State of long work answered with 202 (api.md, Conventions). */
export const OPERATION_STATUSES = ['queued', 'running', 'succeeded', 'failed', 'canceled'] as const;
export type OperationStatus = (typeof OPERATION_STATUSES)[number];
