import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

/** Handing reviews, schedules and actions from one workload to another. What is closed stays where it was done. */
@Injectable()
export class MergedReviewsRepository extends TenantRepository {
  async moveSchedule(scope: TenantScope, scheduleId: string, intoId: string, at: Date): Promise<void> {
    await this.execute(scope, 'UPDATE review_schedule SET workload_id = $3, updated_at = $4 WHERE tenant_id = $1 AND id = $2 AND active', [scope.tenantId, scheduleId, intoId, at]);
  }

  /**
   * Open reviews of a workload become the other's, with what has been answered. Whoever has claimed one loses it and claims it again.
   * @param outOfCycle whether the one apart from the series comes along
   */
  moveOpenReviews(scope: TenantScope, fromId: string, intoId: string, outOfCycle: boolean, at: Date): Promise<{ id: string; version: number; status: string }[]> {
    return this.rows(scope, `
      UPDATE review SET workload_id = $3, fence = fence + 1, claimed_at = NULL, updated_at = $5, version = version + 1
       WHERE tenant_id = $1 AND workload_id = $2 AND closed_at IS NULL AND ($4 OR schedule_id IS NOT NULL) RETURNING id, version, status`, [scope.tenantId, fromId, intoId, outOfCycle, at]);
  }

  moveOpenActions(scope: TenantScope, fromId: string, intoId: string, at: Date): Promise<{ id: string; version: number }[]> {
    return this.rows(scope, `
      UPDATE action SET workload_id = $3, updated_at = $4, version = version + 1 WHERE tenant_id = $1 AND workload_id = $2 AND closed_at IS NULL RETURNING id, version`, [scope.tenantId, fromId, intoId, at]);
  }

  /** What asked for one review asks for the other too. The key names where it came from, so that two of the same instant stay two. */
  async copyTriggers(scope: TenantScope, fromReviewId: string, toReviewId: string): Promise<void> {
    await this.execute(scope, `
      INSERT INTO review_trigger (tenant_id, review_id, key, kind, detail, at) SELECT tenant_id, $3, left(key, 250) || ':' || review_id, kind, detail, at FROM review_trigger WHERE tenant_id = $1 AND review_id = $2
      ON CONFLICT DO NOTHING`, [scope.tenantId, fromReviewId, toReviewId]);
  }

  /** Whether the survivor owes the schedule it was handed is for its next classification to say. */
  async mark(scope: TenantScope, workloadId: string): Promise<void> {
    await this.execute(scope, `SELECT mark_for_reevaluation($1, $2, 'review')`, [scope.tenantId, workloadId]);
  }
}
