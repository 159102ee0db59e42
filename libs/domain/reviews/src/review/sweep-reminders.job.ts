import { Injectable } from '@nestjs/common';
import { Clock, SystemScope, TenantScope } from '@roster/platform-context';
import { HandlesJob, type JobHandler } from '@roster/platform-queue';
import { ReviewDueService } from './review-due.service.js';
import { ReviewRepository } from './review.repository.js';
import { byTenant } from './sweep-due.job.js';

const BATCH = 500;
/** Rounds of one tick; what is left is found by the next. */
const ROUNDS = 100;

/** System tick: reminders and escalations whose time has come. Two ticks at once skip each other's rows. */
@Injectable()
@HandlesJob('reviews.sweep-reminders')
export class SweepRemindersJob implements JobHandler<'reviews.sweep-reminders'> {
  constructor(private readonly reviews: ReviewRepository, private readonly due: ReviewDueService, private readonly clock: Clock) {}

  async handle(): Promise<void> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const found = await this.reviews.remindersDue(SystemScope.because('find reviews of every organization to remind of'), this.clock.now(), BATCH);
      for (const [tenantId, ids] of byTenant(found)) await this.due.remind(TenantScope.forSystem(tenantId, 'review reminders'), ids);
      if (found.length < BATCH) return;
    }
  }
}
