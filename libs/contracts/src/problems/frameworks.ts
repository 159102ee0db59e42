import type { ProblemTable } from './problem-table.js';

export const frameworksProblems = {
  FRAMEWORKS_EDITION_NOT_FOUND: { status: 404, title: 'No such framework edition' },
  FRAMEWORKS_EDITION_NOT_ASSESSABLE: { status: 422, title: 'This framework edition cannot be assessed' },
  FRAMEWORKS_CROSSWALK_NOT_FOUND: { status: 404, title: 'No such crosswalk' },
} as const satisfies ProblemTable;
