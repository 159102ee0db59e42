import type { ProblemTable } from './problem-table.js';

export const notificationsProblems = {} as const satisfies ProblemTable;
