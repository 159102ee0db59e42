export { InventoryModule } from './inventory.module.js';
export { ReevaluationMarks, type ReevaluationMark } from './classification-state/reevaluation-marks.js';
export { WorkloadProjection, type NextReviewProjection, type StageProjection } from './classification-state/workload-projection.js';
export { FACT_NAMES, type FactName, type FactStatement, type FactValue } from './fact/fact-statement.js';
export { WorkloadFactsQuery, type ActiveOwner, type WorkloadFacts } from './fact/workload-facts.query.js';
export { WorkloadLookup, type WorkloadReference } from './workload/workload-lookup.js';
export { WorkloadImportHttpModule, WorkloadImportJobsModule, WorkloadImportModule } from './workload-import/workload-import.module.js';
