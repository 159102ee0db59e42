import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import type { Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { OutOfCycleService } from './out-of-cycle.service.js';
import { ReviewService, type ReviewDetail } from './review.service.js';

/** A person asks for a review out of cycle. */
@Injectable()
export class RequestReview {
  constructor(private readonly access: Access, private readonly outOfCycle: OutOfCycleService, private readonly reading: ReviewService, private readonly unitOfWork: UnitOfWork) {}

  /** See {@link OutOfCycleService.request}. */
  request(caller: Caller, workload: string, reason: string, dueAt: Date | null): Promise<ReviewDetail> {
    const scope = this.access.authorise(caller, 'reviews:review:conduct');
    return this.unitOfWork.run(scope, async () => this.reading.detailIn(scope, await this.outOfCycle.request(scope, workload, reason, dueAt), null));
  }
}
