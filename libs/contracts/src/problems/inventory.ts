import type { ProblemTable } from './problem-table.js';

export const inventoryProblems = {} as const satisfies ProblemTable;
