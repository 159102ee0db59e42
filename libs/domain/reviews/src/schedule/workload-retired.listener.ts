import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { ListensTo, type EventListener } from '@roster/platform-queue';
import { ReviewScheduleService } from './review-schedule.service.js';

/** A workload that is retired owes no more reviews. */
@Injectable()
@ListensTo('reviews.workload-retired', 'inventory.workload.retired')
export class WorkloadRetiredListener implements EventListener<'inventory.workload.retired'> {
  constructor(private readonly schedules: ReviewScheduleService) {}

  async on(scope: TenantScope, { workloadId }: { workloadId: string }): Promise<void> {
    await this.schedules.end(scope, workloadId);
  }
}
