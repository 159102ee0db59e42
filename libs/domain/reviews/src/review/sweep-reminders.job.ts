import { Injectable } from '@nestjs/common';
import { Clock, SystemScope, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { HandlesJob, type JobHandler } from '@roster/platform-queue';
import { ReviewNotices } from './review-notices.js';
import { ReviewSweepRepository } from './review-sweep.repository.js';
import { ReviewRepository } from './review.repository.js';
import { byTenant } from './sweep-due.job.js';

const BATCH = 500;
/** Rounds of one tick; what is left is found by the next. */
const ROUNDS = 100;

/** System tick: reminders and escalations whose time has come. Two ticks at once skip each other's rows. */
@Injectable()
@HandlesJob('reviews.sweep-reminders')
export class SweepRemindersJob implements JobHandler<'reviews.sweep-reminders'> {
  constructor(
    private readonly sweep: ReviewSweepRepository, private readonly reviews: ReviewRepository, private readonly notices: ReviewNotices, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  async handle(): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const found = await this.sweep.remindersDue(SystemScope.because('find reviews of every organization to remind of'), this.clock.now(), BATCH);
      for (const [tenantId, ids] of byTenant(found)) await this.remind(TenantScope.forSystem(tenantId, 'review reminders'), ids);
      if (found.length < BATCH) return;
    }
  }

  /** Sends the reminder or escalation that has come for each of the reviews, and sets when to look again. */
  private remind(scope: TenantScope, reviewIds: readonly string[]): Promise<void> {
    return this.unitOfWork.run(scope, async () => {
      const now = this.clock.now();
      const due = await this.sweep.lockReminders(scope, reviewIds, now);
      if (due.length === 0) return;
      await this.reviews.setReminders(scope, await this.notices.remind(scope, due, now));
    });
  }
}
