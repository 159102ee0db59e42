import type { ProblemTable } from './problem-table.js';

export const incidentsProblems = {
  INCIDENTS_DRILL_NOT_FOUND: { status: 404, title: 'No such drill' },
  INCIDENTS_DRILL_INVALID: { status: 422, title: 'The drill cannot be recorded like this' },
  INCIDENTS_WORKLOAD_RETIRED: { status: 409, title: 'The workload is retired' },
} as const satisfies ProblemTable;
