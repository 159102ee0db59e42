import type { ReviewState } from '@roster/contracts';

/** Reviews completed by the end of their due day, out of all that were due (domain.md section 8). */
export interface Punctuality {
  /** Reviews whose due day is decided: completed, or over. */
  readonly due: number;
  readonly onTime: number;
  /** Completed, but after the due day. */
  readonly late: number;
  /** Due day over and still open, or skipped after it had fallen due. */
  readonly notDone: number;
  /** Periods that passed without a review while an earlier one was still open. They were due as well. */
  readonly missedPeriods: number;
  /** `onTime / due`, 0 to 1; null when nothing was due yet. */
  readonly ratio: number | null;
}

/** How a review whose due day is decided counts. */
export const PUNCTUALITY_VERDICTS = ['on_time', 'late', 'not_done'] as const;
export type PunctualityVerdict = (typeof PUNCTUALITY_VERDICTS)[number];

/** The published figure that an organization is shown beside its own: "fewer than two in five". It is a bound, not a measurement. */
export const PUBLISHED_PUNCTUALITY = { ratioBelow: 0.4, wording: 'fewer than two in five' } as const;

/** What punctuality reads of one review. */
export interface CountedReview {
  readonly state: ReviewState;
  readonly dueAt: Date;
  /** End of the due day. */
  readonly overdueAt: Date;
  /** When it was completed or skipped; null while open. */
  readonly closedAt: Date | null;
  readonly missedPeriods: number;
}

/** How one review counts at an instant; null while its due day is not over and it is still open, and when it was excused before it fell due. */
export function verdictOf(review: CountedReview, now: Date): PunctualityVerdict | null {
  const { state, closedAt, dueAt, overdueAt } = review;
  if (state === 'completed' && closedAt) return closedAt < overdueAt ? 'on_time' : 'late';
  if (state === 'skipped' && closedAt) return closedAt < dueAt ? null : 'not_done';
  return now >= overdueAt ? 'not_done' : null;
}

/** Punctuality over a set of reviews. A period that passed while an earlier review stayed open counts as due and not done. */
export function punctualityOf(reviews: Iterable<CountedReview>, now: Date): Punctuality {
  const counts = { on_time: 0, late: 0, not_done: 0 };
  let missedPeriods = 0;
  for (const review of reviews) {
    const verdict = verdictOf(review, now);
    if (verdict) counts[verdict] += 1;
    missedPeriods += review.missedPeriods;
  }
  return totals({ onTime: counts.on_time, late: counts.late, notDone: counts.not_done, missedPeriods });
}

/** Completes counted figures with their total and ratio. */
export function totals(counted: Pick<Punctuality, 'onTime' | 'late' | 'notDone' | 'missedPeriods'>): Punctuality {
  const due = counted.onTime + counted.late + counted.notDone + counted.missedPeriods;
  return { ...counted, due, ratio: due === 0 ? null : counted.onTime / due };
}
