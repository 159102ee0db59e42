import type { ProblemTable } from './problem-table.js';

export const trailProblems = {} as const satisfies ProblemTable;
