import type { ReviewStanding } from '@roster/ui';
import type { Review } from './reviews.queries.js';

/** Days ahead of the due time from which a review is due soon. */
export const DUE_SOON_DAYS = 7;
const OPEN: readonly Review['status'][] = ['scheduled', 'due', 'in_progress', 'awaiting_sign_off'];

export const isOpen = (status: Review['status']): boolean => OPEN.includes(status);

/** What a review is for the people around it (ui.md, Words). @param now milliseconds since 1970 */
export function standingOf({ status, overdue, dueAt }: Pick<Review, 'status' | 'overdue' | 'dueAt'>, now: number): ReviewStanding {
  if (overdue && isOpen(status)) return 'overdue';
  return status === 'scheduled' && Date.parse(dueAt) - now <= DUE_SOON_DAYS * 86_400_000 ? 'due_soon' : status;
}
