import type { ProblemTable } from './problem-table.js';

export const reviewsProblems = {
  REVIEWS_REVIEW_NOT_FOUND: { status: 404, title: 'The review is not known' },
  REVIEWS_ACTION_NOT_FOUND: { status: 404, title: 'The action is not known' },
  REVIEWS_REVIEW_STATE_CONFLICT: { status: 409, title: 'The review is not in a state that allows this' },
  REVIEWS_REVIEW_ALREADY_OPEN: { status: 409, title: 'An out-of-cycle review of this workload is open already' },
  REVIEWS_REVIEW_SAME_PERSON: { status: 403, title: 'A second person is needed' },
  REVIEWS_REVIEW_DATE_INVALID: { status: 422, title: 'The review cannot be moved to this date' },
  REVIEWS_STATEMENT_INVALID: { status: 422, title: 'The statement about what changed is not acceptable' },
  REVIEWS_ANSWERS_INVALID: { status: 422, title: 'The answers do not fit the template of the review' },
  REVIEWS_ACTION_CLOSED: { status: 409, title: 'The action is closed' },
} as const satisfies ProblemTable;
