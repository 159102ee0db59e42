import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { WorkloadProjection } from '@roster/inventory';
import { Clock, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { Trail } from '@roster/trail';
import { occurrenceAt } from '../cadence/cadence.js';
import { nextReminderAt } from '../reminder/reminder-plan.js';
import { ReviewLedger } from '../review/review-ledger.js';
import type { ReviewRow } from '../review/review-row.js';
import { ReviewRepository } from '../review/review.repository.js';
import { ReviewScheduleRepository } from '../schedule/review-schedule.repository.js';
import { ReviewScheduleService } from '../schedule/review-schedule.service.js';
import type { ActiveSchedule } from '../schedule/schedule-plan.js';
import { MergedReviewsRepository } from './merged-reviews.repository.js';

const REASON = 'The workload was merged into another, which owes its reviews and follow-up work from now on.';
const JOINED = 'The workload was merged into another that had an open review of its own, which takes up what asked for this one.';
const NOT_BEGUN: readonly string[] = ['scheduled', 'due'];

/**
 * Hands what a merged workload still owes to the one that stays (domain.md section 3): its schedule when the survivor has none, else the
 * earlier of the two dates; open reviews; open actions. What is closed stays in the history of the workload it was done for.
 */
@Injectable()
export class TakeOverReviewsUseCase {
  constructor(
    private readonly merged: MergedReviewsRepository, private readonly schedules: ReviewScheduleRepository, private readonly scheduling: ReviewScheduleService, private readonly reviews: ReviewRepository,
    private readonly organizations: OrganizationQuery, private readonly projection: WorkloadProjection, private readonly ledger: ReviewLedger, private readonly trail: Trail,
    private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** Doing it again changes nothing. */
  async takeOver(scope: TenantScope, fromId: string, intoId: string): Promise<void> {
    await this.unitOfWork.run(scope, async () => {
      const at = this.clock.now();
      const found = await this.schedules.lockOfWorkloads(scope, [fromId, intoId]);
      const theirs = found.find(({ workloadId }) => workloadId === fromId);
      const own = found.find(({ workloadId }) => workloadId === intoId);
      if (theirs && !own) await this.handSchedule(scope, theirs, intoId, at);
      if (theirs && own) {
        await this.bringForward(scope, own, theirs, at);
        await this.scheduling.end(scope, fromId);
      }
      const joinable = await this.joinOutOfCycle(scope, fromId, intoId, at);
      for (const { id, version, status } of await this.merged.moveOpenReviews(scope, fromId, intoId, joinable, at)) {
        await this.ledger.record(scope, 'reviews.review.taken-over', { id, version: version - 1, workloadId: intoId }, { mergedFrom: fromId, status }, REASON);
      }
      await this.trail.recordMany(scope, (await this.merged.moveOpenActions(scope, fromId, intoId, at)).map(({ id, version }) => ({
        action: 'reviews.action.taken-over', object: { type: 'action', id, version }, workloadId: intoId, reason: REASON, payload: { mergedFrom: fromId },
      })));
      await this.projection.applyNextReview(scope, await this.schedules.nextDueOfWorkloads(scope, [fromId, intoId]));
    });
  }

  private async handSchedule(scope: TenantScope, schedule: ActiveSchedule, intoId: string, at: Date): Promise<void> {
    await this.merged.moveSchedule(scope, schedule.id, intoId, at);
    await this.merged.mark(scope, intoId);
    await this.trail.recordMany(scope, [schedule.workloadId, intoId].map((workloadId) => ({
      action: 'reviews.schedule.taken-over', object: { type: 'review_schedule', id: schedule.id }, workloadId, reason: REASON, payload: { mergedFrom: schedule.workloadId, mergedInto: intoId },
    })));
  }

  /** A review that was promised for the merged workload is not postponed by the merge. */
  private async bringForward(scope: TenantScope, own: ActiveSchedule, theirs: ActiveSchedule, at: Date): Promise<void> {
    const [mine, promised] = [own.open, theirs.open];
    if (!mine || !promised || mine.state !== 'scheduled' || promised.state !== 'scheduled' || promised.dueAt >= mine.dueAt || (own.lastDueAt && promised.dueAt <= own.lastDueAt)) return;
    const review = await this.reviews.lock(scope, mine.reviewId);
    if (!review) return;
    const { timeZone, reviewPolicy } = await this.organizations.settings(scope);
    const { dueAt, overdueAt } = occurrenceAt(promised.dueAt, timeZone);
    await this.reviews.change(scope, review.id, { dueAt, overdueAt, reason: REASON, claimedAt: null, nextReminderAt: nextReminderAt({ id: review.id, dueAt, timeZone }, reviewPolicy, at) }, at);
    await this.schedules.setNextDue(scope, own.id, dueAt, at);
    await this.ledger.record(scope, 'reviews.review.rescheduled', review, { from: review.dueAt.toISOString(), dueAt: dueAt.toISOString(), mergedFrom: theirs.workloadId }, REASON);
  }

  /**
   * A workload has at most one open review apart from its series. Where both have one, the one that has not begun joins the other.
   * @returns false when both are under way: each is finished for the workload it was begun for
   */
  private async joinOutOfCycle(scope: TenantScope, fromId: string, intoId: string, at: Date): Promise<boolean> {
    const theirs = await this.reviews.lockOpenOutOfCycle(scope, fromId);
    const own = theirs && (await this.reviews.lockOpenOutOfCycle(scope, intoId));
    if (!theirs || !own) return true;
    if (NOT_BEGUN.includes(theirs.status)) await this.join(scope, theirs, own, at);
    else if (NOT_BEGUN.includes(own.status)) await this.join(scope, own, theirs, at);
    else return false;
    return true;
  }

  private async join(scope: TenantScope, review: ReviewRow, other: ReviewRow, at: Date): Promise<void> {
    await this.merged.copyTriggers(scope, review.id, other.id);
    await this.reviews.change(scope, review.id, { status: 'skipped', skipReason: JOINED, closedAt: at, nextReminderAt: null, claimedAt: null }, at);
    await this.ledger.record(scope, 'reviews.review.skipped', review, { joined: other.id }, JOINED);
  }
}
