import type { ProblemTable } from './problem-table.js';

export const evidenceProblems = {} as const satisfies ProblemTable;
