import type { ProblemTable } from './problem-table.js';

export const reviewsProblems = {} as const satisfies ProblemTable;
