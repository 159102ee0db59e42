import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { ListensTo, type EventListener } from '@roster/platform-queue';
import { ReviewScheduleService } from './review-schedule.service.js';

/** What an import that was taken back had created owes no more reviews. */
@Injectable()
@ListensTo('reviews.workloads-withdrawn', 'inventory.import.rolled-back')
export class WorkloadsWithdrawnListener implements EventListener<'inventory.import.rolled-back'> {
  constructor(private readonly schedules: ReviewScheduleService) {}

  async on(scope: TenantScope): Promise<void> {
    await this.schedules.endWithdrawn(scope);
  }
}
