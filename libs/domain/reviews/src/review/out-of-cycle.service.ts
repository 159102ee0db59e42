import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { WorkloadLookup, WorkloadProjection } from '@roster/inventory';
import { Notifier } from '@roster/notifications';
import { Clock, newId, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { Trail } from '@roster/trail';
import { localDate, localInstant, occurrenceAt, plusDays } from '../cadence/cadence.js';
import { nextReminderAt, recipientsAt } from '../reminder/reminder-plan.js';
import { ReviewScheduleRepository } from '../schedule/review-schedule.repository.js';
import { ReviewAudience } from './review-audience.js';
import { ReviewRepository, type TriggerRow } from './review.repository.js';
import { reviewHref } from './review-text.js';

/** Days until an out-of-cycle review is due when nobody names a date. The source names none. */
export const OUT_OF_CYCLE_DAYS = 7;

/** Reviews that a request or an event asks for, apart from the series (domain.md section 8). */
@Injectable()
export class OutOfCycleService {
  constructor(
    private readonly reviews: ReviewRepository, private readonly schedules: ReviewScheduleRepository, private readonly workloads: WorkloadLookup, private readonly projection: WorkloadProjection,
    private readonly audience: ReviewAudience, private readonly notifier: Notifier, private readonly organizations: OrganizationQuery,
    private readonly unitOfWork: UnitOfWork, private readonly trail: Trail, private readonly clock: Clock,
  ) {}

  /**
   * Opens a review that somebody asked for.
   * @param dueAt null: in seven days, at the policy's time of day
   * @throws REVIEWS_REVIEW_ALREADY_OPEN naming the open one; INVENTORY_WORKLOAD_NOT_FOUND; REVIEWS_REVIEW_DATE_INVALID
   */
  async request(scope: TenantScope, workloadKey: string, reason: string, dueAt: Date | null): Promise<string> {
    return this.unitOfWork.run(scope, async () => {
      const workload = await this.workloads.require(scope, workloadKey);
      if (workload.lifecycle === 'retired') throw problem('REVIEWS_REVIEW_STATE_CONFLICT', `${workload.key} is retired. A retired workload is not reviewed.`);
      if (dueAt && dueAt <= this.clock.now()) throw problem('REVIEWS_REVIEW_DATE_INVALID', 'dueAt is in the past. Name an instant ahead, or leave it out.');
      const open = await this.reviews.lockOpenOutOfCycle(scope, workload.id);
      if (open) throw problem('REVIEWS_REVIEW_ALREADY_OPEN', `Review ${open.id} of ${workload.key} is open and not part of the series. Conduct that one.`, { extensions: { reviewId: open.id } });
      const now = this.clock.now();
      return this.open(scope, { id: workload.id, key: workload.key }, reason, dueAt, { key: `request:${now.toISOString()}`, kind: 'request', detail: reason, at: now });
    });
  }

  /** An event that asks for a review. One that is open already takes up the trigger; a workload that owes no reviews gets none. */
  async trigger(scope: TenantScope, workloadId: string, trigger: TriggerRow): Promise<void> {
    await this.unitOfWork.run(scope, async () => {
      if (!(await this.schedules.owesReviews(scope, workloadId))) return;
      const open = await this.reviews.lockOpenOutOfCycle(scope, workloadId);
      if (open) {
        const added = await this.reviews.addTrigger(scope, open.id, trigger);
        if (added) await this.trail.record(scope, { action: 'reviews.review.triggered', object: { type: 'review', id: open.id }, workloadId, payload: { kind: trigger.kind, detail: trigger.detail } });
        return;
      }
      const { key } = await this.workloads.require(scope, workloadId);
      await this.open(scope, { id: workloadId, key }, trigger.detail, null, trigger);
    });
  }

  private async open(scope: TenantScope, workload: { id: string; key: string }, reason: string, dueAt: Date | null, trigger: TriggerRow): Promise<string> {
    const now = this.clock.now();
    const { timeZone, reviewPolicy } = await this.organizations.settings(scope);
    const due = occurrenceAt(dueAt ?? localInstant(plusDays(localDate(now, timeZone), OUT_OF_CYCLE_DAYS), reviewPolicy.dueAtLocalTime, timeZone), timeZone);
    const id = newId(now);
    await this.reviews.insertMany(scope, [{
      id, workloadId: workload.id, scheduleId: null, dueAt: due.dueAt, overdueAt: due.overdueAt, reason,
      nextReminderAt: nextReminderAt({ id, dueAt: due.dueAt, timeZone }, reviewPolicy, now),
    }], now);
    await this.reviews.addTrigger(scope, id, trigger);
    await this.projection.applyNextReview(scope, await this.schedules.nextDueOfWorkloads(scope, [workload.id]));
    const { path } = (await this.audience.of(scope, [workload.id])).get(workload.id) ?? { path: [] };
    await this.notifier.notify(scope, {
      memberIds: recipientsAt(path, 0), kind: 'reviews.review.requested', key: `reviews.review:${id}:requested`, title: `${workload.key} needs a review out of cycle`,
      body: `Reason: ${reason}\nDue on ${due.date} (${timeZone}).`, href: reviewHref(id), mail: true,
    });
    await this.trail.record(scope, { action: 'reviews.review.requested', object: { type: 'review', id, version: 1 }, workloadId: workload.id, reason,
      payload: { kind: trigger.kind, dueAt: due.dueAt.toISOString() } });
    return id;
  }
}
