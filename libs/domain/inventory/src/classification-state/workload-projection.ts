import { Injectable } from '@nestjs/common';
import type { Stage } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { WorkloadProjectionRepository } from './workload-projection.repository.js';

/** What a classification leaves on the workload, so that lists can filter by it. */
export interface StageProjection {
  readonly workloadId: string;
  readonly stage: Stage;
  readonly hardening: boolean;
  readonly undetermined: boolean;
  readonly frozen: boolean;
  readonly classificationId: string;
  readonly classifiedAt: Date;
  /** The instant at which the outcome may change by itself; null when no expiry is ahead. */
  readonly reevaluateAt: Date | null;
}

export interface NextReviewProjection {
  readonly workloadId: string;
  readonly nextReviewDueAt: Date | null;
}

/** The one door through which computed state reaches the workload (domain.md section 5: nobody sets a stage by hand). Set-based. */
@Injectable()
export class WorkloadProjection {
  constructor(private readonly repository: WorkloadProjectionRepository) {}

  /** Writes outcomes of the decision tree. Rows that say the same already are left alone. The version of the workload does not change. */
  async applyStages(scope: TenantScope, rows: readonly StageProjection[]): Promise<void> {
    await this.repository.applyStages(scope, rows);
  }

  /** Writes the due time of the next review. */
  async applyNextReview(scope: TenantScope, rows: readonly NextReviewProjection[]): Promise<void> {
    await this.repository.applyNextReview(scope, rows);
  }
}
