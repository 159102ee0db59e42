import { Injectable } from '@nestjs/common';
import type { SystemScope, TenantScope } from '@roster/platform-context';
import { Database, SchedulerDatabase, TenantRepository } from '@roster/platform-database';
import { REVIEW_COLUMNS, REVIEW_JOIN, type ReviewRow } from './review-row.js';

/** SQL of the ticks over reviews: claiming what is due, finding whom to remind, and the oracle. */
@Injectable()
export class ReviewSweepRepository extends TenantRepository {
  constructor(database: Database, private readonly scheduler: SchedulerDatabase) {
    super(database);
  }

  /** Reviews that are due and nobody's, across organizations, longest due first. */
  async dueUnclaimed(scope: SystemScope, now: Date, leaseBefore: Date, limit: number): Promise<{ tenantId: string; id: string }[]> {
    return this.scheduler.rows(scope,
      `SELECT tenant_id AS "tenantId", id FROM review
        WHERE status = 'scheduled' AND due_at <= $1 AND dead_letter_at IS NULL AND (claimed_at IS NULL OR claimed_at < $2) ORDER BY due_at LIMIT $3`,
      [now, leaseBefore, limit]);
  }

  /** How many claims are on their way, across organizations. */
  async claimedCount(scope: SystemScope, now: Date, leaseBefore: Date): Promise<number> {
    const [row] = await this.scheduler.rows<{ total: number }>(scope,
      `SELECT count(*)::int AS total FROM review WHERE status = 'scheduled' AND due_at <= $1 AND dead_letter_at IS NULL AND claimed_at >= $2`, [now, leaseBefore]);
    return row?.total ?? 0;
  }

  /**
   * Claims due reviews: raises fence and attempts. One whose attempts are used up becomes a dead letter instead. Rows somebody else is
   * claiming are skipped.
   */
  claimDue(scope: TenantScope, ids: readonly string[], now: Date, leaseBefore: Date, maxAttempts: number): Promise<{ id: string; fence: number; dead: boolean }[]> {
    return this.rows(scope,
      `UPDATE review r SET fence = r.fence + 1, attempts = r.attempts + 1, claimed_at = $3, dead_letter_at = CASE WHEN r.attempts >= $5 THEN $3::timestamptz END
        WHERE r.tenant_id = $1 AND r.id IN (
          SELECT c.id FROM review c WHERE c.tenant_id = $1 AND c.id = ANY($2::uuid[]) AND c.status = 'scheduled' AND c.due_at <= $3 AND c.dead_letter_at IS NULL
             AND (c.claimed_at IS NULL OR c.claimed_at < $4) ORDER BY c.due_at FOR UPDATE SKIP LOCKED)
       RETURNING r.id, r.fence, r.dead_letter_at IS NOT NULL AS dead`,
      [scope.tenantId, ids, now, leaseBefore, maxAttempts]);
  }

  /** The claimed review, locked, if the fence is still the one of the claim and it is still to become due. */
  lockClaimed(scope: TenantScope, id: string, fence: number, now: Date): Promise<ReviewRow | null> {
    return this.row(scope,
      `SELECT ${REVIEW_COLUMNS} FROM review r ${REVIEW_JOIN} WHERE r.tenant_id = $1 AND r.id = $2 AND r.fence = $3 AND r.status = 'scheduled' AND r.due_at <= $4 FOR UPDATE OF r`,
      [scope.tenantId, id, fence, now]);
  }

  /** Makes a claimed review due. @returns false when the fence has moved on, and nothing was changed */
  async makeDue(scope: TenantScope, id: string, fence: number, now: Date): Promise<boolean> {
    return (await this.execute(scope,
      `UPDATE review SET status = 'due', became_due_at = $4, claimed_at = NULL, updated_at = $4, version = version + 1
        WHERE tenant_id = $1 AND id = $2 AND fence = $3 AND status = 'scheduled' AND due_at <= $4`,
      [scope.tenantId, id, fence, now])) === 1;
  }

  /** Puts dead letters back to work. @param id null = all of the organization; @returns how many */
  rearm(scope: TenantScope, id: string | null): Promise<number> {
    return this.execute(scope,
      `UPDATE review SET dead_letter_at = NULL, attempts = 0, claimed_at = NULL, fence = fence + 1 WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id = $2) AND dead_letter_at IS NOT NULL`,
      [scope.tenantId, id]);
  }

  /** Reviews whose next reminder has come, across organizations. */
  remindersDue(scope: SystemScope, now: Date, limit: number): Promise<{ tenantId: string; id: string }[]> {
    return this.scheduler.rows(scope, `SELECT tenant_id AS "tenantId", id FROM review WHERE next_reminder_at <= $1 ORDER BY next_reminder_at LIMIT $2`, [now, limit]);
  }

  /** Locks reviews whose reminder has come; somebody else's are skipped. */
  lockReminders(scope: TenantScope, ids: readonly string[], now: Date): Promise<(ReviewRow & { nextReminderAt: Date })[]> {
    return this.rows(scope,
      `SELECT ${REVIEW_COLUMNS}, r.next_reminder_at AS "nextReminderAt" FROM review r ${REVIEW_JOIN} WHERE r.tenant_id = $1 AND r.id = ANY($2::uuid[]) AND r.next_reminder_at <= $3 FOR UPDATE OF r SKIP LOCKED`,
      [scope.tenantId, ids, now]);
  }

  /**
   * The oracle: reviews whose due time passed more than `graceSeconds` ago and that are still `scheduled`. It must be 0 whatever happened to
   * queues and processes; anything else is a review that is being missed.
   */
  async missedCount(scope: SystemScope, now: Date, graceSeconds: number): Promise<number> {
    const [row] = await this.scheduler.rows<{ total: number }>(scope,
      `SELECT count(*)::int AS total FROM review WHERE status = 'scheduled' AND due_at < $1`, [new Date(now.getTime() - graceSeconds * 1_000)]);
    return row?.total ?? 0;
  }
}
