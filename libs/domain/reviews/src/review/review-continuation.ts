import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { WorkloadProjection } from '@roster/inventory';
import { Clock, newId, type TenantScope, writtenInstant } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { countOccurrences, localDate, localInstant, nextOccurrence, occurrenceAt, plusDays, type Occurrence } from '../cadence/cadence.js';
import { nextReminderAt } from '../reminder/reminder-plan.js';
import { ReviewScheduleRepository } from '../schedule/review-schedule.repository.js';
import type { ReviewRow } from './review-row.js';
import { ReviewRepository, type ReviewChange } from './review.repository.js';

/** Days until an out-of-cycle review is due when nobody names a date. The source names none. */
export const OUT_OF_CYCLE_DAYS = 7;

const latest = (...instants: (Date | null)[]): Date => new Date(Math.max(...instants.map((instant) => instant?.getTime() ?? 0)));

/** Closes reviews and puts the next one of the series in their place, in one transaction: a series never stops by itself. */
@Injectable()
export class ReviewContinuation {
  constructor(
    private readonly reviews: ReviewRepository, private readonly schedules: ReviewScheduleRepository, private readonly projection: WorkloadProjection,
    private readonly organizations: OrganizationQuery, private readonly clock: Clock,
  ) {}

  /**
   * A review, locked together with its schedule. The schedule is locked first, as everybody does.
   * @throws REVIEWS_REVIEW_NOT_FOUND
   */
  async lock(scope: TenantScope, id: string): Promise<ReviewRow> {
    const seen = await this.reviews.find(scope, id);
    if (seen?.scheduleId) await this.schedules.lock(scope, seen.scheduleId);
    const review = seen && (await this.reviews.lock(scope, id));
    if (!review) throw problem('REVIEWS_REVIEW_NOT_FOUND', 'There is no such review in your organization.');
    return review;
  }

  /**
   * Writes a closing change of a locked review, counts the periods that passed meanwhile, and adds the next review of its series.
   * @returns id of the next review, or null when it was out of cycle or its schedule has ended
   */
  async close(scope: TenantScope, review: ReviewRow, change: ReviewChange & { status: 'completed' | 'skipped' }): Promise<string | null> {
    const now = this.clock.now();
    const schedule = review.scheduleId ? await this.schedules.lock(scope, review.scheduleId) : null;
    const reached = latest(review.dueAt, review.regularDueAt);
    const missedPeriods = schedule && now > reached ? countOccurrences(schedule.rule, reached, now) : 0;
    await this.reviews.change(scope, review.id, { ...change, closedAt: now, nextReminderAt: null, claimedAt: null, missedPeriods }, now);
    let nextId: string | null = null;
    if (schedule) {
      const { timeZone, reviewPolicy } = await this.organizations.settings(scope);
      const next = nextOccurrence(schedule.rule, latest(now, reached, schedule.lastDueAt));
      nextId = newId(now);
      await this.reviews.insertMany(scope, [{
        id: nextId, workloadId: review.workloadId, scheduleId: schedule.id, dueAt: next.dueAt, overdueAt: next.overdueAt, reason: null,
        nextReminderAt: nextReminderAt({ id: nextId, dueAt: next.dueAt, timeZone }, reviewPolicy, now),
      }], now);
      await this.schedules.setNextDue(scope, schedule.id, next.dueAt, now);
    }
    await this.projection.applyNextReview(scope, await this.schedules.nextDueOfWorkloads(scope, [review.workloadId]));
    return nextId;
  }

  /**
   * Moves a locked review that is not due yet to a date that a person chose.
   * @throws REVIEWS_REVIEW_DATE_INVALID when it is not ahead, not after the review before it, or not before the next regular one
   */
  async move(scope: TenantScope, review: ReviewRow, dueAt: Date, reason: string): Promise<void> {
    const now = this.clock.now();
    const schedule = review.scheduleId ? await this.schedules.lock(scope, review.scheduleId) : null;
    const from = latest(now, schedule?.lastDueAt ?? null);
    const { timeZone, reviewPolicy } = await this.organizations.settings(scope);
    if (dueAt <= from) throw problem('REVIEWS_REVIEW_DATE_INVALID', `The new date has to lie after ${writtenInstant(from, timeZone)}.`, { errors: [{ path: 'dueAt', code: 'too_early', message: `expected an instant after ${from.toISOString()}` }] });
    if (schedule) {
      const until = nextOccurrence(schedule.rule, latest(now, review.regularDueAt)).dueAt;
      if (dueAt >= until) {
        throw problem('REVIEWS_REVIEW_DATE_INVALID', `The next regular review is due on ${writtenInstant(until, timeZone)}. Moving this one past it would lose a period; skip it with a reason instead.`,
          { errors: [{ path: 'dueAt', code: 'too_late', message: `expected an instant before ${until.toISOString()}` }] });
      }
    }
    const { overdueAt } = occurrenceAt(dueAt, timeZone);
    await this.reviews.change(scope, review.id, { dueAt, overdueAt, reason, claimedAt: null, nextReminderAt: nextReminderAt({ id: review.id, dueAt, timeZone }, reviewPolicy, now) }, now);
    if (schedule) await this.schedules.setNextDue(scope, schedule.id, dueAt, now);
    await this.projection.applyNextReview(scope, await this.schedules.nextDueOfWorkloads(scope, [review.workloadId]));
  }

  /**
   * Opens a review apart from the series.
   * @param dueAt null: in seven days, at the policy's time of day
   */
  async open(scope: TenantScope, workloadId: string, reason: string, dueAt: Date | null): Promise<{ id: string; due: Occurrence; timeZone: string }> {
    const now = this.clock.now();
    const { timeZone, reviewPolicy } = await this.organizations.settings(scope);
    const due = occurrenceAt(dueAt ?? localInstant(plusDays(localDate(now, timeZone), OUT_OF_CYCLE_DAYS), reviewPolicy.dueAtLocalTime, timeZone), timeZone);
    const id = newId(now);
    await this.reviews.insertMany(scope, [{
      id, workloadId, scheduleId: null, dueAt: due.dueAt, overdueAt: due.overdueAt, reason, nextReminderAt: nextReminderAt({ id, dueAt: due.dueAt, timeZone }, reviewPolicy, now),
    }], now);
    await this.projection.applyNextReview(scope, await this.schedules.nextDueOfWorkloads(scope, [workloadId]));
    return { id, due, timeZone };
  }

  /** Ends the obligation of a workload that is gone: the locked review is skipped by the system, and its schedule ends. */
  async excuse(scope: TenantScope, review: ReviewRow, reason: string): Promise<void> {
    const now = this.clock.now();
    await this.reviews.change(scope, review.id, { status: 'skipped', skipReason: reason, closedAt: now, nextReminderAt: null, claimedAt: null }, now);
    if (review.scheduleId) await this.schedules.endMany(scope, [review.scheduleId], now);
    await this.projection.applyNextReview(scope, await this.schedules.nextDueOfWorkloads(scope, [review.workloadId]));
  }
}
