import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { Clock, type Caller, type TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { ActionRepository, type FindingRow } from '../action/action.repository.js';
import { needsSignOff } from '../policy/review-obligation.js';
import type { ReviewTemplateRow } from '../template/review-template.repository.js';
import { ReviewTemplateService } from '../template/review-template.service.js';
import { changesSince, type ChangesSinceLast } from './change-record.js';
import { ChangeRecordRepository } from './change-record.repository.js';
import type { ReviewRow } from './review-row.js';
import type { StoredSubmission } from './review-submission.js';
import { ReviewRepository, type TriggerRow } from './review.repository.js';

/** Everything about one review. */
export interface ReviewDetail {
  readonly review: ReviewRow;
  readonly now: Date;
  /** Null until it is started. */
  readonly template: ReviewTemplateRow | null;
  readonly changesSinceLast: ChangesSinceLast;
  readonly triggers: readonly TriggerRow[];
  readonly findings: readonly FindingRow[];
  /** Whether a second person has to sign it off: as decided when it was submitted, else as the tier demands now. */
  readonly signOffNeeded: boolean;
  /** Members that the review names, by id. */
  readonly people: ReadonlyMap<string, string>;
}

/** Reads one review with everything about it. */
@Injectable()
export class ReviewService {
  constructor(
    private readonly access: Access, private readonly reviews: ReviewRepository, private readonly changeRecords: ChangeRecordRepository, private readonly actions: ActionRepository,
    private readonly templates: ReviewTemplateService, private readonly organizations: OrganizationQuery, private readonly clock: Clock,
  ) {}

  /** @throws REVIEWS_REVIEW_NOT_FOUND */
  async detail(caller: Caller, id: string, asOf: Date | null): Promise<ReviewDetail> {
    return this.detailIn(this.access.authorise(caller, 'reviews:review:read'), id, asOf);
  }

  async detailIn(scope: TenantScope, id: string, asOf: Date | null): Promise<ReviewDetail> {
    const review = asOf ? await this.reviews.findAsOf(scope, id, asOf) : await this.reviews.find(scope, id);
    if (!review) throw problem('REVIEWS_REVIEW_NOT_FOUND', asOf ? 'There was no such review in your organization at that instant.' : 'There is no such review in your organization.');
    const now = asOf ?? this.clock.now();
    const { reviewPolicy } = await this.organizations.settings(scope);
    return {
      review, now,
      template: review.templateId ? await this.templates.require(scope, review.templateId) : null,
      changesSinceLast: await this.changes(scope, review, now),
      triggers: (await this.reviews.triggers(scope, id)).filter(({ at }) => at <= now),
      findings: review.status === 'completed' ? await this.actions.findings(scope, id) : [],
      signOffNeeded: review.signOffRequired ?? needsSignOff(review.riskTier, reviewPolicy),
      people: await this.people(scope, review),
    };
  }

  private async people(scope: TenantScope, review: ReviewRow): Promise<Map<string, string>> {
    const submitted = review.submission as StoredSubmission | null;
    const named = [review.ownerMemberId, review.startedBy, review.submittedBy, review.signedOffBy, review.skipApprovedBy, ...(submitted?.findings ?? []).map(({ ownerMemberId }) => ownerMemberId)];
    const members = await this.organizations.members(scope, [...new Set(named.filter((id) => id !== null))]);
    return new Map([...members.values()].map(({ id, name }) => [id, name]));
  }

  /** What changed since the last review: as it was when this one was submitted, else as it is now. */
  async changes(scope: TenantScope, review: ReviewRow, now: Date): Promise<ChangesSinceLast> {
    if (review.status !== 'in_progress' && review.submission) return (review.submission as StoredSubmission).changesSinceLast;
    const [last] = await this.reviews.lastCompleted(scope, [review.workloadId], now);
    const began = (await this.reviews.schedulingBegan(scope, review.workloadId)) ?? review.createdAt;
    const since = last?.submittedAt ?? (began < review.createdAt ? began : review.createdAt);
    return changesSince(review.workloadId, since, last?.reviewId ?? null, await this.changeRecords.changes(scope, review.workloadId, since, now));
  }
}
