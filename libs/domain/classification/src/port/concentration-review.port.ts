import type { TenantScope } from '@roster/platform-context';

/** What the last completed review of a workload said about concentration risk. */
export interface ConcentrationReview {
  readonly reviewId: string;
  readonly lookedAt: boolean;
  /** When that review was completed, RFC 3339. */
  readonly at: string;
}

/**
 * Whether concentration risk was looked at in the last review (domain.md section 5, point 5d). Implemented by reviews, bound by the
 * processes: classification may not depend on reviews.
 */
export abstract class ConcentrationReviewPort {
  /** By workload; a workload without a completed review is absent. */
  abstract lastReviewed(scope: TenantScope, workloadIds: readonly string[]): Promise<Map<string, ConcentrationReview>>;
}
