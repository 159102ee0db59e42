import type { ProblemTable } from './problem-table.js';

export const classificationProblems = {
  CLASSIFICATION_RESULT_NOT_FOUND: { status: 404, title: 'The workload was not classified at that time' },
  CLASSIFICATION_GATE_UNKNOWN: { status: 400, title: 'There is no such gate' },
  CLASSIFICATION_FACT_UNKNOWN: { status: 400, title: 'A fact of the what-if is not known' },
  CLASSIFICATION_WORKLOAD_RETIRED: { status: 409, title: 'The workload is retired' },
  CLASSIFICATION_SCOPE_FROZEN: { status: 409, title: 'Scope changes of this workload are frozen' },
  CLASSIFICATION_FREEZE_UNDETERMINED: { status: 409, title: 'A freeze of this workload cannot be excluded' },
  CLASSIFICATION_FREEZE_INACTIVE: { status: 409, title: 'There is no freeze to lift' },
  CLASSIFICATION_BREAK_GLASS_INVALID: { status: 422, title: 'The freeze cannot be lifted like this' },
  CLASSIFICATION_PREVIEW_INVALID: { status: 422, title: 'This change cannot be previewed' },
  CLASSIFICATION_OPERATION_NOT_FOUND: { status: 404, title: 'No such operation' },
} as const satisfies ProblemTable;
