import { Module } from '@nestjs/common';
import { WorkloadNoticeListener } from './notice/workload-notice.listener.js';
import { ReviewsOfMergedListener } from './merge/workload-merged.listener.js';
import { MakeDueJob } from './review/make-due.job.js';
import { ReviewMetrics } from './review/review-metrics.js';
import { SweepDueJob } from './review/sweep-due.job.js';
import { SweepRemindersJob } from './review/sweep-reminders.job.js';
import { ReviewsModule } from './reviews.module.js';
import { PolicyChangedListener } from './schedule/policy-changed.listener.js';
import { WorkloadRetiredListener } from './schedule/workload-retired.listener.js';
import { WorkloadsWithdrawnListener } from './schedule/workloads-withdrawn.listener.js';
import { ReviewTriggerListener } from './trigger/review-trigger.listener.js';

/** Jobs that make reviews due and remind of them, and what events ask of reviews. */
@Module({
  imports: [ReviewsModule],
  providers: [SweepDueJob, MakeDueJob, SweepRemindersJob, PolicyChangedListener, WorkloadRetiredListener, WorkloadsWithdrawnListener, ReviewsOfMergedListener, ReviewTriggerListener, WorkloadNoticeListener, ReviewMetrics],
})
export class ReviewsJobsModule {}
