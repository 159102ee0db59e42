import { Injectable } from '@nestjs/common';
import type { Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { SignOffRule } from '../policy/sign-off-rule.js';
import { ReviewTemplateService } from '../template/review-template.service.js';
import { allowed, ReviewAct } from './review-act.js';
import { ReviewContinuation } from './review-continuation.js';
import { ReviewLedger } from './review-ledger.js';
import { ReviewSweepRepository } from './review-sweep.repository.js';
import { ReviewRepository } from './review.repository.js';
import type { ReviewDetail } from './review.service.js';

/** Starting, skipping, moving and retrying a review. Each is one transaction: lock, rule, write, trail. */
@Injectable()
export class ConductReview {
  constructor(
    private readonly act: ReviewAct, private readonly reviews: ReviewRepository, private readonly continuation: ReviewContinuation, private readonly templates: ReviewTemplateService,
    private readonly signOffRule: SignOffRule, private readonly ledger: ReviewLedger, private readonly sweep: ReviewSweepRepository,
  ) {}

  /** Starts a review, also before its due date. The questions are those of now and stay so. */
  start(caller: Caller, id: string): Promise<ReviewDetail> {
    return this.act.perform(caller, 'reviews:review:conduct', id, async (scope, review, now) => {
      const status = allowed(review, 'start', false);
      const template = await this.templates.current(scope);
      await this.reviews.change(scope, id, { status, startedAt: now, startedBy: caller.memberId, templateId: template.id, claimedAt: null }, now);
      await this.ledger.record(scope, 'reviews.review.started', review, { templateId: template.id, templateDigest: template.digest });
    });
  }

  /**
   * Excuses a workload from one review. The caller approves it; where the tier demands a second person, the risk owner, who owes the review,
   * cannot excuse themselves.
   */
  skip(caller: Caller, id: string, reason: string): Promise<ReviewDetail> {
    return this.act.perform(caller, 'reviews:review:skip', id, async (scope, review) => {
      allowed(review, 'skip', false);
      const { required, workload } = await this.signOffRule.of(scope, review.workloadId);
      if (required && (workload.riskOwnerMemberId === caller.memberId || review.startedBy === caller.memberId)) {
        throw problem('REVIEWS_REVIEW_SAME_PERSON', `You owe or have started this review, so somebody else has to approve skipping it (risk tier ${workload.riskTier ?? 'not set, treated as critical'}).`);
      }
      const nextReviewId = await this.continuation.close(scope, review, { status: 'skipped', skipReason: reason, skipApprovedBy: caller.memberId });
      await this.ledger.record(scope, 'reviews.review.skipped', review, { nextReviewId }, reason);
    });
  }

  /**
   * Moves a review that is not due yet. It stays before the next regular one, so that no period is lost.
   * @throws REVIEWS_REVIEW_DATE_INVALID
   */
  reschedule(caller: Caller, id: string, dueAt: Date, reason: string): Promise<ReviewDetail> {
    return this.act.perform(caller, 'reviews:review:conduct', id, async (scope, review) => {
      allowed(review, 'reschedule', false);
      await this.continuation.move(scope, review, dueAt, reason);
      await this.ledger.record(scope, 'reviews.review.rescheduled', review, { from: review.dueAt.toISOString(), to: dueAt.toISOString() }, reason);
    });
  }

  /** Puts a review that could not be made due back to work. */
  retry(caller: Caller, id: string): Promise<ReviewDetail> {
    return this.act.perform(caller, 'reviews:review:conduct', id, async (scope, review) => {
      if ((await this.sweep.rearm(scope, id)) === 0) throw problem('REVIEWS_REVIEW_STATE_CONFLICT', 'This review is not stuck. There is nothing to retry.');
      await this.ledger.record(scope, 'reviews.review.retried', review, {});
    });
  }
}
