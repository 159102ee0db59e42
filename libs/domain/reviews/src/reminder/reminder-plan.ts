import type { ReviewPolicy } from '@roster/contracts';
import { localDate, localInstant, plusDays } from '../cadence/cadence.js';

/** What reminders are computed from. */
export interface RemindedReview {
  readonly id: string;
  /** When it falls due. A review moved to another date is reminded of anew. */
  readonly dueAt: Date;
  readonly timeZone: string;
}

export type ReminderPolicy = Pick<ReviewPolicy, 'reminderDaysBefore' | 'escalateEveryDays' | 'dueAtLocalTime'>;

/**
 * One message in the life of an open review (domain.md section 8).
 * `level` is the rung of the escalation path that is told as well: 0 is the risk owner alone.
 */
export interface ReminderStep {
  readonly kind: 'reviews.review.reminder' | 'reviews.review.due' | 'reviews.review.escalated';
  /** Stable over retries and restarts: the same step always has the same key. */
  readonly key: string;
  readonly at: Date;
  readonly level: number;
  /** Whole days to the due day; negative once it is over. */
  readonly daysToDue: number;
}

const stepBefore = (review: RemindedReview, policy: ReminderPolicy, days: number): ReminderStep => ({
  kind: 'reviews.review.reminder',
  key: `reviews.review:${review.id}:${review.dueAt.toISOString()}:before:${days}`,
  at: localInstant(plusDays(localDate(review.dueAt, review.timeZone), -days), policy.dueAtLocalTime, review.timeZone),
  level: 0,
  daysToDue: days,
});

const dueStep = (review: RemindedReview): ReminderStep => ({
  kind: 'reviews.review.due', key: dueKey(review.id, review.dueAt), at: review.dueAt, level: 0, daysToDue: 0,
});

const escalation = (review: RemindedReview, policy: ReminderPolicy, level: number): ReminderStep => {
  const days = level * policy.escalateEveryDays;
  return {
    kind: 'reviews.review.escalated',
    key: `reviews.review:${review.id}:${review.dueAt.toISOString()}:escalation:${level}`,
    at: localInstant(plusDays(localDate(review.dueAt, review.timeZone), days), policy.dueAtLocalTime, review.timeZone),
    level,
    daysToDue: -days,
  };
};

/** The key of the message that a review is due now. */
export const dueKey = (reviewId: string, dueAt: Date): string => `reviews.review:${reviewId}:${dueAt.toISOString()}:due`;

/**
 * The steps of a review with an instant in `(after, until]`, earliest first.
 * Reminders fall at the policy's time of day on their calendar day, so that a change of daylight saving moves none of them.
 */
export function stepsBetween(review: RemindedReview, policy: ReminderPolicy, after: Date, until: Date): ReminderStep[] {
  const within = (step: ReminderStep): boolean => step.at > after && step.at <= until;
  const before = policy.reminderDaysBefore.map((days) => stepBefore(review, policy, days)).filter(({ at }) => at < review.dueAt);
  const escalations: ReminderStep[] = [];
  const dayMilliseconds = 86_400_000;
  // The first level that can lie after `after`; one too early is filtered out, one too late would be lost.
  const firstLevel = Math.max(1, Math.floor((after.getTime() - review.dueAt.getTime()) / dayMilliseconds / policy.escalateEveryDays) - 1);
  for (let level = firstLevel, step = escalation(review, policy, level); step.at <= until; level += 1, step = escalation(review, policy, level)) escalations.push(step);
  return [...before, dueStep(review), ...escalations].filter(within).sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** The first step after an instant. There always is one: escalations go on until the review is closed. */
export function nextStep(review: RemindedReview, policy: ReminderPolicy, after: Date): ReminderStep {
  const horizon = plusDays(localDate(after > review.dueAt ? after : review.dueAt, review.timeZone), policy.escalateEveryDays + 1);
  const [first] = stepsBetween(review, policy, after, localInstant(horizon, '23:59', review.timeZone));
  if (!first) throw new RangeError(`No reminder step follows ${after.toISOString()} for a review due ${review.dueAt.toISOString()}`);
  return first;
}

/** People on one rung; an empty rung is passed over. */
export type EscalationPath = readonly (readonly string[])[];

/**
 * Who is told at a level: everybody up to that rung of the path, so that nobody hears of it behind the owner's back. Beyond the last rung the whole
 * path is told again.
 * @param path member ids per rung, the risk owner first
 */
export function recipientsAt(path: EscalationPath, level: number): string[] {
  const rungs = path.filter((rung) => rung.length > 0);
  return [...new Set(rungs.slice(0, level + 1).flat())];
}

/** When the sweep has to look at a review next. That it is due is not the sweep's business: making it due tells so itself. */
export function nextReminderAt(review: RemindedReview, policy: ReminderPolicy, after: Date): Date {
  for (let at = after; ;) {
    const step = nextStep(review, policy, at);
    if (step.kind !== 'reviews.review.due') return step.at;
    at = step.at;
  }
}

/**
 * The one step to tell now: the latest that has come since the last look. After an outage people are told where things stand, once, and not
 * everything they should have been told before.
 * @param since when the sweep should have looked
 */
export function stepToTell(review: RemindedReview, policy: ReminderPolicy, since: Date, now: Date): ReminderStep | null {
  return stepsBetween(review, policy, new Date(since.getTime() - 1), now).filter(({ kind }) => kind !== 'reviews.review.due').at(-1) ?? null;
}
