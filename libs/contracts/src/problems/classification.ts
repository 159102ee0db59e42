import type { ProblemTable } from './problem-table.js';

export const classificationProblems = {} as const satisfies ProblemTable;
