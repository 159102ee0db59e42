import { Injectable } from '@nestjs/common';
import { TenantScope } from '@roster/platform-context';
import { HandlesJob, type JobHandler } from '@roster/platform-queue';
import { ReviewDueService } from './review-due.service.js';

/** Makes one claimed review due. A stale fence changes nothing. */
@Injectable()
@HandlesJob('reviews.make-due')
export class MakeDueJob implements JobHandler<'reviews.make-due'> {
  constructor(private readonly due: ReviewDueService) {}

  async handle({ tenantId, reviewId, fence }: { tenantId: string; reviewId: string; fence: number }): Promise<void> {
    await this.due.makeDue(TenantScope.forSystem(tenantId, 'review due'), reviewId, fence);
  }
}
