import { Injectable } from '@nestjs/common';
import { Clock, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { ReviewAudience } from './review-audience.js';
import { ReviewContinuation } from './review-continuation.js';
import { ReviewLedger } from './review-ledger.js';
import { ReviewNotices } from './review-notices.js';
import { ReviewSweepRepository } from './review-sweep.repository.js';

const GONE = 'The workload is retired or no longer in the inventory.';

/** Makes reviews due. Every effect hangs on a fence or a unique key: running twice changes nothing. */
@Injectable()
export class ReviewDueService {
  constructor(
    private readonly claims: ReviewSweepRepository, private readonly continuation: ReviewContinuation, private readonly audience: ReviewAudience, private readonly notices: ReviewNotices,
    private readonly unitOfWork: UnitOfWork, private readonly ledger: ReviewLedger, private readonly clock: Clock,
  ) {}

  /**
   * Makes one claimed review due, tells the risk owner, and records it, in one transaction. The review of a workload that is gone is excused.
   * @param fence of the claim; an older one changes nothing
   * @returns false when somebody else did it, it was moved, the claim was taken over, or the workload is gone
   */
  async makeDue(scope: TenantScope, reviewId: string, fence: number): Promise<boolean> {
    return this.unitOfWork.run(scope, async () => {
      const now = this.clock.now();
      const review = await this.claims.lockClaimed(scope, reviewId, fence, now);
      if (!review) return false;
      const { facts, path } = (await this.audience.of(scope, [review.workloadId])).get(review.workloadId) ?? { facts: null, path: [] };
      if (!facts || facts.lifecycle === 'retired') {
        await this.continuation.excuse(scope, review, GONE);
        await this.ledger.record(scope, 'reviews.review.skipped', review, {}, GONE);
        return false;
      }
      if (!(await this.claims.makeDue(scope, reviewId, fence, now))) return false;
      await this.notices.due(scope, review, path);
      await this.ledger.due(scope, review);
      return true;
    });
  }

  /** Tells those who run the organization that reviews could not be made due and need a look. */
  async reportDeadLetters(scope: TenantScope, reviewIds: readonly string[]): Promise<void> {
    await this.unitOfWork.run(scope, async () => {
      await this.notices.stuck(scope, reviewIds, this.clock.now());
      await this.ledger.stuck(scope, reviewIds);
    });
  }
}
