import { Injectable } from '@nestjs/common';
import { responsibleMemberId, type Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { SignOffRule } from '../policy/sign-off-rule.js';
import { allowed, ReviewAct } from './review-act.js';
import { ReviewCompletion } from './review-completion.js';
import { ReviewInspection } from './review-inspection.js';
import { ReviewLedger } from './review-ledger.js';
import { ReviewNotices } from './review-notices.js';
import type { ReviewRow } from './review-row.js';
import { ReviewRepository } from './review.repository.js';
import { signOffObstacle } from './review-state.js';
import type { ReviewSubmission, StoredSubmission } from './review-submission.js';
import type { ReviewDetail } from './review.service.js';

/** Handing a review in, and what the second person does with it. */
@Injectable()
export class SubmitReview {
  constructor(
    private readonly act: ReviewAct, private readonly reviews: ReviewRepository, private readonly inspection: ReviewInspection, private readonly signOffRule: SignOffRule,
    private readonly completion: ReviewCompletion, private readonly notices: ReviewNotices, private readonly ledger: ReviewLedger,
  ) {}

  /**
   * Hands in a review. It is completed at once, or waits for a second person where the tier demands one.
   * @throws REVIEWS_ANSWERS_INVALID, REVIEWS_STATEMENT_INVALID, PLATFORM_REFERENCE_UNKNOWN for an owner who is not an active member
   */
  submit(caller: Caller, id: string, submission: ReviewSubmission): Promise<ReviewDetail> {
    return this.act.perform(caller, 'reviews:review:conduct', id, async (scope, review, now) => {
      const { required: signOffRequired } = await this.signOffRule.of(scope, review.workloadId);
      const status = allowed(review, 'submit', signOffRequired);
      const stored = await this.inspection.check(scope, review, submission, now);
      const handedIn = { submittedAt: now, submittedBy: caller.memberId, signOffRequired, submission: stored, outcome: stored.outcome, concentrationReviewed: stored.concentrationReviewed };
      await this.ledger.record(scope, 'reviews.review.submitted', review, {
        outcome: stored.outcome, signOffRequired, findings: stored.findings.length, changesDigest: stored.changesSinceLast.digest, nothingChanged: stored.nothingChangedSince !== null,
      });
      if (status === 'completed') return this.completion.complete(scope, review, stored, handedIn);
      await this.reviews.change(scope, id, { status, ...handedIn }, now);
      return this.notices.awaitsSignOff(scope, review, caller.memberId, stored.outcome);
    });
  }

  /** Signs a review off. @throws REVIEWS_REVIEW_SAME_PERSON when the caller started or submitted it */
  signOff(caller: Caller, id: string, comment: string | null): Promise<ReviewDetail> {
    return this.act.perform(caller, 'reviews:review:sign-off', id, async (scope, review) => {
      allowed(review, 'sign_off', true);
      requireSecondPerson(caller, review);
      const stored = review.submission as StoredSubmission;
      await this.ledger.record(scope, 'reviews.review.signed-off', review, { outcome: stored.outcome, comment });
      await this.completion.complete(scope, review, stored, { signedOffBy: caller.memberId, signOffComment: comment });
    });
  }

  /** Gives a review back to the reviewer with the reason. @throws REVIEWS_REVIEW_SAME_PERSON */
  giveBack(caller: Caller, id: string, comment: string): Promise<ReviewDetail> {
    return this.act.perform(caller, 'reviews:review:sign-off', id, async (scope, review, now) => {
      const status = allowed(review, 'return', true);
      requireSecondPerson(caller, review);
      await this.reviews.change(scope, id, { status, signOffComment: comment }, now);
      await this.notices.returned(scope, review, comment);
      await this.ledger.record(scope, 'reviews.review.returned', review, {}, comment);
    });
  }
}

function requireSecondPerson(caller: Caller, review: ReviewRow): void {
  if (signOffObstacle(review, responsibleMemberId(caller.actor))) throw problem('REVIEWS_REVIEW_SAME_PERSON', 'A review is signed off by somebody who neither started nor submitted it.');
}
