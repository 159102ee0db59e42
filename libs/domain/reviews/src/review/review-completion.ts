import { Injectable } from '@nestjs/common';
import { Clock, newId, type TenantScope } from '@roster/platform-context';
import { ActionRepository } from '../action/action.repository.js';
import { ReviewContinuation } from './review-continuation.js';
import { ReviewLedger } from './review-ledger.js';
import { ReviewNotices } from './review-notices.js';
import type { ReviewRow } from './review-row.js';
import type { ReviewChange } from './review.repository.js';
import type { StoredSubmission } from './review-submission.js';

/** Completes reviews: closes them, continues their series, and turns each finding into an action of its owner. */
@Injectable()
export class ReviewCompletion {
  constructor(
    private readonly continuation: ReviewContinuation, private readonly actions: ActionRepository, private readonly notices: ReviewNotices, private readonly ledger: ReviewLedger, private readonly clock: Clock,
  ) {}

  async complete(scope: TenantScope, review: ReviewRow, stored: StoredSubmission, change: ReviewChange): Promise<void> {
    const now = this.clock.now();
    await this.continuation.close(scope, review, { ...change, status: 'completed' });
    const findings = stored.findings.map((finding) => ({ ...finding, id: newId(now), reviewId: review.id }));
    const actions = findings.map(({ id: findingId, severity, domainId, title, detail, ownerMemberId, dueAt }) =>
      ({ id: newId(now), workloadId: review.workloadId, reviewId: review.id, findingId, severity, domainId, title, detail, ownerMemberId, dueAt: new Date(dueAt) }));
    await this.actions.insertFindings(scope, findings, now);
    await this.actions.insertActions(scope, actions, now);
    await this.notices.actionsOpened(scope, review.workloadKey, actions);
    await this.ledger.completed(scope, review, stored);
  }
}
