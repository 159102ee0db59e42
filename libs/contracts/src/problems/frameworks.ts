import type { ProblemTable } from './problem-table.js';

export const frameworksProblems = {} as const satisfies ProblemTable;
