import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { WorkloadProjectionRepository, type StageProjection, type NextReviewProjection } from './workload-projection.repository.js';

export type { StageProjection, NextReviewProjection } from './workload-projection.repository.js';

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
