import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import type { ReviewRow } from './review-row.js';
import type { StoredSubmission } from './review-submission.js';

type Recorded = Pick<ReviewRow, 'id' | 'version' | 'workloadId'>;

/** Trail and events of what happened to reviews, in its transaction. */
@Injectable()
export class ReviewLedger {
  constructor(private readonly trail: Trail, private readonly outbox: Outbox) {}

  /** @param review as it was before the change */
  async record(scope: TenantScope, action: string, review: Recorded, payload: Record<string, unknown>, reason: string | null = null): Promise<void> {
    await this.trail.record(scope, { action, object: { type: 'review', id: review.id, version: review.version + 1 }, workloadId: review.workloadId, reason, payload });
  }

  async due(scope: TenantScope, review: ReviewRow): Promise<void> {
    await this.record(scope, 'reviews.review.due', review, { dueAt: review.dueAt.toISOString() });
    await this.outbox.publish(scope, 'reviews.review.due', { reviewId: review.id, workloadId: review.workloadId });
  }

  async completed(scope: TenantScope, review: ReviewRow, stored: StoredSubmission): Promise<void> {
    await this.record(scope, 'reviews.review.completed', review, { outcome: stored.outcome, concentrationReviewed: stored.concentrationReviewed });
    await this.outbox.publish(scope, 'reviews.review.completed', { reviewId: review.id, workloadId: review.workloadId });
  }

  async stuck(scope: TenantScope, reviewIds: readonly string[]): Promise<void> {
    await this.trail.recordMany(scope, reviewIds.map((id) => ({ action: 'reviews.review.stuck', object: { type: 'review', id }, payload: {} })));
  }
}
