import { Injectable } from '@nestjs/common';
import { WorkloadLookup } from '@roster/inventory';
import { Clock, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { ReviewContinuation } from './review-continuation.js';
import { ReviewLedger } from './review-ledger.js';
import { ReviewNotices } from './review-notices.js';
import { ReviewRepository, type TriggerRow } from './review.repository.js';

/** Reviews that a request or an event asks for, apart from the series (domain.md section 8). */
@Injectable()
export class OutOfCycleService {
  constructor(
    private readonly reviews: ReviewRepository, private readonly continuation: ReviewContinuation, private readonly workloads: WorkloadLookup, private readonly notices: ReviewNotices,
    private readonly unitOfWork: UnitOfWork, private readonly ledger: ReviewLedger, private readonly clock: Clock,
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
      const now = this.clock.now();
      if (dueAt && dueAt <= now) throw problem('REVIEWS_REVIEW_DATE_INVALID', 'dueAt is in the past. Name an instant ahead, or leave it out.');
      const open = await this.reviews.lockOpenOutOfCycle(scope, workload.id);
      if (open) throw problem('REVIEWS_REVIEW_ALREADY_OPEN', `Review ${open.id} of ${workload.key} is open and not part of the series. Conduct that one.`, { extensions: { reviewId: open.id } });
      return this.open(scope, { id: workload.id, key: workload.key }, reason, dueAt, { key: `request:${now.toISOString()}`, kind: 'request', detail: reason, at: now });
    });
  }

  /** An event that asks for a review. One that is open already takes up the trigger; a workload that owes no reviews gets none. */
  async trigger(scope: TenantScope, workloadId: string, trigger: TriggerRow): Promise<void> {
    await this.unitOfWork.run(scope, async () => {
      if (!(await this.reviews.areOwed(scope, workloadId))) return;
      const open = await this.reviews.lockOpenOutOfCycle(scope, workloadId);
      if (!open) {
        const { key } = await this.workloads.require(scope, workloadId);
        await this.open(scope, { id: workloadId, key }, trigger.detail, null, trigger);
      } else if (await this.reviews.addTrigger(scope, open.id, trigger)) {
        await this.ledger.record(scope, 'reviews.review.triggered', open, { kind: trigger.kind, detail: trigger.detail });
      }
    });
  }

  private async open(scope: TenantScope, workload: { id: string; key: string }, reason: string, dueAt: Date | null, trigger: TriggerRow): Promise<string> {
    const { id, due, timeZone } = await this.continuation.open(scope, workload.id, reason, dueAt);
    await this.reviews.addTrigger(scope, id, trigger);
    await this.notices.requested(scope, { id, workloadId: workload.id, workloadKey: workload.key, reason, due, timeZone });
    await this.ledger.record(scope, 'reviews.review.requested', { id, version: 0, workloadId: workload.id }, { kind: trigger.kind, dueAt: due.dueAt.toISOString() }, reason);
    return id;
  }
}
