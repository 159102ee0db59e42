import { Global, Module } from '@nestjs/common';
import { ConcentrationReviewPort, ReviewImpactPort, ReviewSchedulePort } from '@roster/classification';
import { ActionRepository } from './action/action.repository.js';
import { ActionService } from './action/action.service.js';
import { ChangeAction } from './action/change-action.usecase.js';
import { SignOffRule } from './policy/sign-off-rule.js';
import { ReviewAct } from './review/review-act.js';
import { ReviewCompletion } from './review/review-completion.js';
import { ReviewInspection } from './review/review-inspection.js';
import { ReviewLedger } from './review/review-ledger.js';
import { ReviewListRepository } from './review/review-list.repository.js';
import { ReviewListService } from './review/review-list.service.js';
import { ReviewNotices } from './review/review-notices.js';
import { SubmitReview } from './review/submit-review.usecase.js';
import { ChangeRecordRepository } from './review/change-record.repository.js';
import { ConductReview } from './review/conduct-review.usecase.js';
import { OutOfCycleService } from './review/out-of-cycle.service.js';
import { RequestReview } from './review/request-review.usecase.js';
import { ReviewAudience } from './review/review-audience.js';
import { ReviewContinuation } from './review/review-continuation.js';
import { ReviewDueService } from './review/review-due.service.js';
import { ReviewQuery } from './review/review.query.js';
import { ReviewRepository } from './review/review.repository.js';
import { ReviewSweepRepository } from './review/review-sweep.repository.js';
import { ReviewService } from './review/review.service.js';
import { MergedReviewsRepository } from './merge/merged-reviews.repository.js';
import { TakeOverReviewsUseCase } from './merge/take-over-reviews.usecase.js';
import { PunctualityRepository } from './punctuality/punctuality.repository.js';
import { PunctualityService } from './punctuality/punctuality.service.js';
import { ReviewImpactQuery } from './schedule/review-impact.query.js';
import { ReviewScheduleRepository } from './schedule/review-schedule.repository.js';
import { ReviewScheduleService } from './schedule/review-schedule.service.js';
import { ReviewTemplateRepository } from './template/review-template.repository.js';
import { ReviewTemplateService } from './template/review-template.service.js';
import { TriggerSourceRepository } from './trigger/trigger-source.repository.js';

const ports = [
  { provide: ReviewSchedulePort, useExisting: ReviewScheduleService },
  { provide: ConcentrationReviewPort, useExisting: ReviewQuery },
  { provide: ReviewImpactPort, useExisting: ReviewImpactQuery },
];
const services = [ReviewScheduleService, ReviewQuery, ReviewService, ReviewListService, PunctualityService, ConductReview, SubmitReview, RequestReview, OutOfCycleService, ReviewDueService, TakeOverReviewsUseCase, ReviewAudience, ReviewNotices, ActionService, ChangeAction];
const parts = [ReviewImpactQuery, ReviewTemplateService, ReviewContinuation, ReviewAct, ReviewCompletion, ReviewInspection, ReviewLedger, SignOffRule];

/**
 * Core: reviews, their schedules and what comes out of them. Provides three ports of classification. The process binds `ReviewEditions` to the
 * framework catalogue.
 */
@Global()
@Module({
  providers: [ReviewRepository, ReviewListRepository, ReviewSweepRepository, PunctualityRepository, ReviewScheduleRepository, ChangeRecordRepository, ActionRepository, ReviewTemplateRepository, TriggerSourceRepository, MergedReviewsRepository, ...parts, ...services, ...ports],
  exports: [...services, ...ports, ReviewRepository, ReviewSweepRepository, TriggerSourceRepository],
})
export class ReviewsModule {}
