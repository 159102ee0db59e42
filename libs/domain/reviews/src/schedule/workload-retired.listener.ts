import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { ListensTo, type EventListener } from '@roster/platform-queue';
import { ReviewScheduleService } from './review-schedule.service.js';

/** A workload that is retired, or merged into another, owes no more reviews. */
@Injectable()
@ListensTo('reviews.workload-retired', 'inventory.workload.retired', 'inventory.workload.merged')
export class WorkloadRetiredListener implements EventListener<'inventory.workload.retired' | 'inventory.workload.merged'> {
  constructor(private readonly schedules: ReviewScheduleService) {}

  async on(scope: TenantScope, { workloadId }: { workloadId: string }): Promise<void> {
    await this.schedules.end(scope, workloadId);
  }
}
