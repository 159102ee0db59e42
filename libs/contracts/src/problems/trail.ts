import type { ProblemTable } from './problem-table.js';

export const trailProblems = {
  TRAIL_ENTRY_NOT_FOUND: { status: 404, title: 'There is no such trail entry' },
  TRAIL_ENTRY_PENDING: { status: 409, title: 'The entry is not in the tree yet' },
  TRAIL_CHECKPOINT_NOT_FOUND: { status: 404, title: 'The trail has no checkpoint yet' },
} as const satisfies ProblemTable;
