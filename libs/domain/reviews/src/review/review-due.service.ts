import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { Notifier } from '@roster/notifications';
import { Clock, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import { localDate } from '../cadence/cadence.js';
import { dueKey, nextReminderAt, recipientsAt, stepToTell } from '../reminder/reminder-plan.js';
import { ReviewScheduleService } from '../schedule/review-schedule.service.js';
import { ReviewAudience } from './review-audience.js';
import { ReviewRepository } from './review.repository.js';
import { reviewHref, stepText } from './review-text.js';

/** Makes reviews due and reminds of them. Every effect hangs on a fence or a unique key: running twice changes nothing. */
@Injectable()
export class ReviewDueService {
  constructor(
    private readonly reviews: ReviewRepository, private readonly schedules: ReviewScheduleService, private readonly audience: ReviewAudience, private readonly notifier: Notifier,
    private readonly organizations: OrganizationQuery, private readonly unitOfWork: UnitOfWork, private readonly trail: Trail, private readonly outbox: Outbox, private readonly clock: Clock,
  ) {}

  /**
   * Makes one claimed review due, tells the risk owner, and records it, in one transaction.
   * @param fence of the claim; an older one changes nothing
   * @returns false when somebody else did it, it was moved, or the claim was taken over
   */
  async makeDue(scope: TenantScope, reviewId: string, fence: number): Promise<boolean> {
    return this.unitOfWork.run(scope, async () => {
      const now = this.clock.now();
      const review = await this.reviews.lockClaimed(scope, reviewId, fence, now);
      if (!review) return false;
      const { facts, path } = (await this.audience.of(scope, [review.workloadId])).get(review.workloadId) ?? { facts: null, path: [] };
      if (!facts || facts.lifecycle === 'retired') {
        await this.reviews.change(scope, reviewId, { status: 'skipped', skipReason: 'The workload is retired or no longer in the inventory.', closedAt: now, nextReminderAt: null, claimedAt: null }, now);
        await this.schedules.end(scope, review.workloadId);
        await this.trail.record(scope, { action: 'reviews.review.skipped', object: { type: 'review', id: reviewId, version: review.version + 1 }, workloadId: review.workloadId,
          reason: 'The workload is retired or no longer in the inventory.', payload: {} });
        return false;
      }
      if (!(await this.reviews.makeDue(scope, reviewId, fence, now))) return false;
      const { timeZone } = await this.organizations.settings(scope);
      const subject = { id: review.id, workloadKey: review.workloadKey, workloadName: review.workloadName, dueDate: localDate(review.dueAt, timeZone), timeZone };
      await this.notifier.notify(scope, {
        memberIds: recipientsAt(path, 0), kind: 'reviews.review.due', key: dueKey(review.id, review.dueAt), ...stepText(subject, { kind: 'reviews.review.due', daysToDue: 0 }),
        href: reviewHref(review.id), mail: true,
      });
      await this.trail.record(scope, { action: 'reviews.review.due', object: { type: 'review', id: review.id, version: review.version + 1 }, workloadId: review.workloadId,
        payload: { dueAt: review.dueAt.toISOString() } });
      await this.outbox.publish(scope, 'reviews.review.due', { reviewId: review.id, workloadId: review.workloadId });
      return true;
    });
  }

  /** Sends the reminder or escalation that has come for each of the reviews, and sets when to look again. */
  async remind(scope: TenantScope, reviewIds: readonly string[]): Promise<void> {
    await this.unitOfWork.run(scope, async () => {
      const now = this.clock.now();
      const due = await this.reviews.lockReminders(scope, reviewIds, now);
      if (due.length === 0) return;
      const { timeZone, reviewPolicy } = await this.organizations.settings(scope);
      const audiences = await this.audience.of(scope, [...new Set(due.map((review) => review.workloadId))]);
      await this.notifier.notifyMany(scope, due.flatMap((review) => {
        const subject = { id: review.id, dueAt: review.dueAt, timeZone };
        const step = stepToTell(subject, reviewPolicy, review.nextReminderAt, now);
        const audience = audiences.get(review.workloadId);
        if (!step || !audience?.facts || audience.facts.lifecycle === 'retired') return [];
        const text = stepText({ ...subject, workloadKey: review.workloadKey, workloadName: review.workloadName, dueDate: localDate(review.dueAt, timeZone) }, step);
        return [{ memberIds: recipientsAt(audience.path, step.level), kind: step.kind, key: step.key, ...text, href: reviewHref(review.id), mail: true }];
      }));
      await this.reviews.setReminders(scope, due.map((review) => ({ id: review.id, nextReminderAt: nextReminderAt({ id: review.id, dueAt: review.dueAt, timeZone }, reviewPolicy, now) })));
    });
  }

  /** Tells those who run the organization that reviews could not be made due and need a look. */
  async reportDeadLetters(scope: TenantScope, reviewIds: readonly string[]): Promise<void> {
    await this.unitOfWork.run(scope, async () => {
      const managers = (await this.organizations.membersWith(scope, 'access:organization:manage')).map(({ id }) => id);
      await this.notifier.notifyMany(scope, reviewIds.map((id) => ({
        memberIds: managers, kind: 'reviews.review.stuck', key: `reviews.review:${id}:stuck:${this.clock.now().toISOString()}`, title: 'A review could not be made due',
        body: 'Roster tried repeatedly and gave up. The review is listed with filter[deadLetter]=true and can be put back to work there.', href: reviewHref(id), mail: true,
      })));
      await this.trail.recordMany(scope, reviewIds.map((id) => ({ action: 'reviews.review.stuck', object: { type: 'review', id }, payload: {} })));
    });
  }
}
