import type { ProblemTable } from './problem-table.js';

export const incidentsProblems = {} as const satisfies ProblemTable;
