import type { ProblemTable } from './problem-table.js';

export const packsProblems = {} as const satisfies ProblemTable;
