import type { ProblemTable } from './problem-table.js';

export const portfolioProblems = {} as const satisfies ProblemTable;
