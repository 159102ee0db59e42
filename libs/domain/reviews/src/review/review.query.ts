import { Injectable } from '@nestjs/common';
import type { ReviewOutcome } from '@roster/contracts';
import type { ConcentrationReview, ConcentrationReviewPort } from '@roster/classification';
import { Clock, SystemScope, type TenantScope } from '@roster/platform-context';
import { totals, type Punctuality } from '../punctuality/punctuality.js';
import { PunctualityRepository } from '../punctuality/punctuality.repository.js';
import { ALL_REVIEWS, ReviewListRepository } from './review-list.repository.js';
import type { ReviewRow } from './review-row.js';
import { ReviewSweepRepository } from './review-sweep.repository.js';
import { ReviewRepository } from './review.repository.js';

/** Seconds that may pass between a due time and the review being due, before it counts as missed. */
export const MISSED_GRACE_SECONDS = 120;

/** The last completed review of a workload. */
export interface LastReview {
  readonly workloadId: string;
  readonly reviewId: string;
  readonly completedAt: Date;
  readonly outcome: ReviewOutcome;
  readonly concentrationReviewed: boolean;
}

/** What other areas may ask about reviews. */
@Injectable()
export class ReviewQuery implements ConcentrationReviewPort {
  constructor(
    private readonly reviews: ReviewRepository, private readonly list: ReviewListRepository, private readonly figures: PunctualityRepository, private readonly sweep: ReviewSweepRepository,
    private readonly clock: Clock,
  ) {}

  /** By workload; one without a completed review is absent. */
  async lastCompleted(scope: TenantScope, workloadIds: readonly string[]): Promise<Map<string, LastReview>> {
    return new Map((await this.reviews.lastCompleted(scope, workloadIds, null)).map((row) => [row.workloadId, row]));
  }

  /** Whether concentration risk was looked at in the last review (domain.md section 5, point 5d). */
  async lastReviewed(scope: TenantScope, workloadIds: readonly string[]): Promise<Map<string, ConcentrationReview>> {
    const last = await this.lastCompleted(scope, workloadIds);
    return new Map([...last].map(([id, row]) => [id, { reviewId: row.reviewId, lookedAt: row.concentrationReviewed, at: row.completedAt.toISOString() }]));
  }

  /** Punctuality of reviews due in `[from, until)`. */
  async punctuality(scope: TenantScope, from: Date, until: Date): Promise<Punctuality> {
    return totals(await this.figures.punctuality(scope, from, until, this.clock.now()));
  }

  /** Reviews of workloads in order of due date, for packs. @param after last (dueAt, id) of the previous page */
  page(scope: TenantScope, workloadId: string, asOf: Date | null, after: { value: string; id: string } | null, limit: number): Promise<ReviewRow[]> {
    return this.list.page(scope, { ...ALL_REVIEWS, workloadId, now: this.clock.now() }, asOf, { sort: 'dueAt', descending: false, after, limit });
  }

  /** The oracle over all organizations: reviews that are being missed. Anything but 0 is a defect; it is a metric and a test. */
  missedCount(): Promise<number> {
    return this.sweep.missedCount(SystemScope.because('count reviews that should have become due'), this.clock.now(), MISSED_GRACE_SECONDS);
  }
}
