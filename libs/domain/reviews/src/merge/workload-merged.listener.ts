import { Injectable } from '@nestjs/common';
import type { EventPayloads } from '@roster/contracts';
import { WorkloadLookup } from '@roster/inventory';
import type { TenantScope } from '@roster/platform-context';
import { ListensTo, type EventListener } from '@roster/platform-queue';
import { ReviewScheduleService } from '../schedule/review-schedule.service.js';
import { TakeOverReviewsUseCase } from './take-over-reviews.usecase.js';

/** What a merged workload owes is owed by wherever it has ended by now; when that has left the inventory, nobody owes it. */
@Injectable()
@ListensTo('reviews.workload-merged', 'inventory.workload.merged')
export class ReviewsOfMergedListener implements EventListener<'inventory.workload.merged'> {
  constructor(private readonly workloads: WorkloadLookup, private readonly reviews: TakeOverReviewsUseCase, private readonly schedules: ReviewScheduleService) {}

  async on(scope: TenantScope, { workloadId, intoId }: EventPayloads['inventory.workload.merged']): Promise<void> {
    const survivor = await this.workloads.survivor(scope, intoId);
    if (survivor) await this.reviews.takeOver(scope, workloadId, survivor.id);
    else await this.schedules.end(scope, workloadId);
  }
}
