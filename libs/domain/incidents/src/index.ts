export * from './incidents.module.js';
export * from './incidents-http.module.js';
export * from './incidents-jobs.module.js';
export { DrillQuery, type DrillSummary } from './drill/drill-query.js';
export { RecordDrillUsecase } from './drill/record-drill.usecase.js';
export { RecordDrillDto, DrillDto } from './drill/drill.dto.js';
export { drillProblems, withinLimit } from './drill/drill-rules.js';
