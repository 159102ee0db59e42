import type { Cadence, OrganizationSettings } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import type { ScheduleDemand } from './review-schedule.port.js';

/** A workload whose reviews are looked at, with what it would be classified as; null = its stage stays as it is. */
export interface SupposedWorkload {
  readonly workloadId: string;
  readonly outcome: Omit<ScheduleDemand, 'workloadId' | 'classificationId' | 'decidedAt'> | null;
}

/** What supposed settings do to the reviews of one workload. Null means none before, or none after. */
export interface ReviewImpact {
  readonly workloadId: string;
  readonly rhythm: { readonly from: Cadence | null; readonly to: Cadence | null };
  readonly dueAt: { readonly from: Date | null; readonly to: Date | null };
}

/** What supposed settings and outcomes would do to review schedules. Implemented by reviews, bound by the processes. */
export abstract class ReviewImpactPort {
  /**
   * By the rules that saving the settings applies. Stores nothing and locks nothing.
   * @param workloads a batch, at most a few thousand
   * @returns only workloads whose rhythm or next review would change
   */
  abstract impact(scope: TenantScope, workloads: readonly SupposedWorkload[], current: OrganizationSettings, supposed: OrganizationSettings): Promise<ReviewImpact[]>;
}
