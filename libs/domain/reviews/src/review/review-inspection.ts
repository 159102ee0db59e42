import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { ReviewTemplateService } from '../template/review-template.service.js';
import { ReviewAudience } from './review-audience.js';
import type { ReviewRow } from './review-row.js';
import { checkSubmission, type ReviewSubmission, type StoredSubmission } from './review-submission.js';
import { ReviewService } from './review.service.js';

/** Holds a submission against the template the review was started with, the record of changes, and the members. */
@Injectable()
export class ReviewInspection {
  constructor(private readonly templates: ReviewTemplateService, private readonly reading: ReviewService, private readonly audience: ReviewAudience) {}

  /** @throws REVIEWS_ANSWERS_INVALID, REVIEWS_STATEMENT_INVALID, PLATFORM_REQUEST_INVALID, or PLATFORM_REFERENCE_UNKNOWN for an owner who is not an active member */
  async check(scope: TenantScope, review: ReviewRow, submission: ReviewSubmission, now: Date): Promise<StoredSubmission> {
    if (!review.templateId) throw new Error(`Review ${review.id} was started without a template`);
    const template = await this.templates.require(scope, review.templateId);
    const stored = checkSubmission(submission, template.content, await this.reading.changes(scope, review, now), now);
    await this.audience.requireMembers(scope, stored.findings.map(({ ownerMemberId }, index) => ({ path: `findings[${index}].ownerMemberId`, memberId: ownerMemberId })));
    return stored;
  }
}
