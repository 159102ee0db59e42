import { Injectable } from '@nestjs/common';
import type { ReviewOutcome, ReviewState } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import { REVIEW_COLUMNS, REVIEW_JOIN, type ReviewRow } from './review-row.js';

export interface NewReview {
  readonly id: string;
  readonly workloadId: string;
  readonly scheduleId: string | null;
  readonly dueAt: Date;
  readonly overdueAt: Date;
  readonly reason: string | null;
  readonly nextReminderAt: Date;
}

/** New values of a review. What is left out stays. */
export interface ReviewChange {
  readonly status?: ReviewState;
  readonly dueAt?: Date;
  readonly overdueAt?: Date;
  readonly reason?: string | null;
  readonly claimedAt?: Date | null;
  readonly nextReminderAt?: Date | null;
  readonly templateId?: string;
  readonly startedAt?: Date;
  readonly startedBy?: string;
  readonly submittedAt?: Date;
  readonly submittedBy?: string;
  readonly signOffRequired?: boolean;
  readonly submission?: object;
  readonly outcome?: ReviewOutcome;
  readonly concentrationReviewed?: boolean;
  readonly signedOffBy?: string;
  readonly signOffComment?: string | null;
  readonly skipReason?: string;
  readonly skipApprovedBy?: string | null;
  readonly closedAt?: Date;
  readonly missedPeriods?: number;
}

export interface TriggerRow {
  readonly key: string;
  readonly kind: string;
  readonly detail: string;
  readonly at: Date;
}

const WRITABLE: Readonly<Record<keyof ReviewChange, string>> = {
  status: 'status', dueAt: 'due_at', overdueAt: 'overdue_at', reason: 'reason', claimedAt: 'claimed_at', nextReminderAt: 'next_reminder_at', templateId: 'template_id',
  startedAt: 'started_at', startedBy: 'started_by', submittedAt: 'submitted_at', submittedBy: 'submitted_by', signOffRequired: 'sign_off_required', submission: 'submission',
  outcome: 'outcome', concentrationReviewed: 'concentration_reviewed', signedOffBy: 'signed_off_by', signOffComment: 'sign_off_comment', skipReason: 'skip_reason',
  skipApprovedBy: 'skip_approved_by', closedAt: 'closed_at', missedPeriods: 'missed_periods',
};

/** SQL of `review` and `review_trigger`: single reviews and what is written. */
@Injectable()
export class ReviewRepository extends TenantRepository {
  find(scope: TenantScope, id: string): Promise<ReviewRow | null> {
    return this.row(scope, `SELECT ${REVIEW_COLUMNS} FROM review r ${REVIEW_JOIN} WHERE r.tenant_id = $1 AND r.id = $2`, [scope.tenantId, id]);
  }

  /** A review as it was known at an instant; null when it did not exist then. */
  findAsOf(scope: TenantScope, id: string, asOf: Date): Promise<ReviewRow | null> {
    return this.row(scope,
      `SELECT ${REVIEW_COLUMNS} FROM review_history r ${REVIEW_JOIN} WHERE r.tenant_id = $1 AND r.id = $2 AND r.valid @> $3::timestamptz`, [scope.tenantId, id, asOf]);
  }

  /** A review, locked until the transaction ends. */
  lock(scope: TenantScope, id: string): Promise<ReviewRow | null> {
    return this.row(scope, `SELECT ${REVIEW_COLUMNS} FROM review r ${REVIEW_JOIN} WHERE r.tenant_id = $1 AND r.id = $2 FOR UPDATE OF r`, [scope.tenantId, id]);
  }

  triggers(scope: TenantScope, reviewId: string): Promise<TriggerRow[]> {
    return this.rows(scope, `SELECT key, kind, detail, at FROM review_trigger WHERE tenant_id = $1 AND review_id = $2 ORDER BY at, key`, [scope.tenantId, reviewId]);
  }

  /** The last completed review of each workload up to an instant; null = ever. */
  lastCompleted(scope: TenantScope, workloadIds: readonly string[], before: Date | null):
  Promise<{ workloadId: string; reviewId: string; completedAt: Date; submittedAt: Date; outcome: ReviewOutcome; concentrationReviewed: boolean }[]> {
    return this.rows(scope,
      `SELECT w.id AS "workloadId", r.id AS "reviewId", r.closed_at AS "completedAt", r.submitted_at AS "submittedAt", r.outcome, coalesce(r.concentration_reviewed, false) AS "concentrationReviewed"
         FROM unnest($2::uuid[]) AS w(id)
         JOIN LATERAL (SELECT * FROM review r WHERE r.tenant_id = $1 AND r.workload_id = w.id AND r.status = 'completed' AND ($3::timestamptz IS NULL OR r.submitted_at <= $3)
                        ORDER BY r.submitted_at DESC, r.id DESC LIMIT 1) r ON true`,
      [scope.tenantId, workloadIds, before]);
  }

  /** When the reviews of a workload began: the start of its first schedule, or null. */
  async schedulingBegan(scope: TenantScope, workloadId: string): Promise<Date | null> {
    const row = await this.row<{ at: Date | null }>(scope, `SELECT min(created_at) AS at FROM review_schedule WHERE tenant_id = $1 AND workload_id = $2`, [scope.tenantId, workloadId]);
    return row?.at ?? null;
  }

  // ------------------------------------------------------------------ writing

  /** Writes reviews; an occurrence that exists already is left alone. @returns ids of the new ones */
  async insertMany(scope: TenantScope, rows: readonly NewReview[], at: Date): Promise<string[]> {
    if (rows.length === 0) return [];
    const written = await this.rows<{ id: string }>(scope,
      `INSERT INTO review (tenant_id, id, workload_id, schedule_id, due_at, overdue_at, regular_due_at, reason, next_reminder_at, created_at, updated_at)
       SELECT $1, r.id, r."workloadId", r."scheduleId", r."dueAt", r."overdueAt", r."dueAt", r.reason, r."nextReminderAt", $3, $3
         FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, "workloadId" uuid, "scheduleId" uuid, "dueAt" timestamptz, "overdueAt" timestamptz, reason text, "nextReminderAt" timestamptz)
       ON CONFLICT (tenant_id, schedule_id, due_at) DO NOTHING RETURNING id`,
      [scope.tenantId, JSON.stringify(rows), at]);
    return written.map(({ id }) => id);
  }

  /** Moves scheduled reviews to other dates of their series and takes them back from whoever has claimed them. */
  async moveMany(scope: TenantScope, rows: readonly { id: string; dueAt: Date; overdueAt: Date; nextReminderAt: Date }[], at: Date): Promise<void> {
    if (rows.length === 0) return;
    await this.execute(scope,
      `UPDATE review r SET due_at = m."dueAt", overdue_at = m."overdueAt", regular_due_at = m."dueAt", next_reminder_at = m."nextReminderAt",
              fence = r.fence + 1, claimed_at = NULL, updated_at = $3, version = r.version + 1
         FROM jsonb_to_recordset($2::jsonb) AS m(id uuid, "dueAt" timestamptz, "overdueAt" timestamptz, "nextReminderAt" timestamptz)
        WHERE r.tenant_id = $1 AND r.id = m.id AND r.status = 'scheduled'`,
      [scope.tenantId, JSON.stringify(rows), at]);
  }

  /** Changes a locked review. */
  async change(scope: TenantScope, id: string, change: ReviewChange, at: Date): Promise<void> {
    const entries = Object.entries(change) as [keyof ReviewChange, ReviewChange[keyof ReviewChange]][];
    const sets = entries.map(([name], index) => `${WRITABLE[name]} = $${index + 4}${name === 'submission' ? '::jsonb' : ''}`);
    await this.execute(scope,
      `UPDATE review SET ${[...sets, 'updated_at = $3', 'version = version + 1', 'fence = fence + 1'].join(', ')} WHERE tenant_id = $1 AND id = $2`,
      [scope.tenantId, id, at, ...entries.map(([name, value]) => (name === 'submission' ? JSON.stringify(value) : value as string | Date | boolean | number | null))]);
  }

  /** Ends scheduled reviews of schedules that have ended. @returns how many */
  skipScheduled(scope: TenantScope, scheduleIds: readonly string[], reason: string, at: Date): Promise<number> {
    return this.execute(scope,
      `UPDATE review SET status = 'skipped', skip_reason = $3, closed_at = $4, next_reminder_at = NULL, claimed_at = NULL, fence = fence + 1, updated_at = $4, version = version + 1
        WHERE tenant_id = $1 AND schedule_id = ANY($2::uuid[]) AND status = 'scheduled'`,
      [scope.tenantId, scheduleIds, reason, at]);
  }

  /** Closes every open review of workloads that were withdrawn. @returns which */
  skipOfWithdrawn(scope: TenantScope, reason: string, at: Date): Promise<{ id: string; workloadId: string }[]> {
    return this.rows(scope,
      `UPDATE review r SET status = 'skipped', skip_reason = $2, closed_at = $3, next_reminder_at = NULL, claimed_at = NULL, fence = fence + 1, updated_at = $3, version = r.version + 1
         FROM workload w WHERE r.tenant_id = $1 AND r.closed_at IS NULL AND w.tenant_id = $1 AND w.id = r.workload_id AND w.withdrawn_at IS NOT NULL
       RETURNING r.id, r.workload_id AS "workloadId"`, [scope.tenantId, reason, at]);
  }

  /** The open out-of-cycle review of a workload, locked. */
  lockOpenOutOfCycle(scope: TenantScope, workloadId: string): Promise<ReviewRow | null> {
    return this.row(scope,
      `SELECT ${REVIEW_COLUMNS} FROM review r ${REVIEW_JOIN} WHERE r.tenant_id = $1 AND r.workload_id = $2 AND r.schedule_id IS NULL AND r.closed_at IS NULL FOR UPDATE OF r`, [scope.tenantId, workloadId]);
  }

  /** Notes why a review was asked for. @returns false when this trigger is known already */
  async addTrigger(scope: TenantScope, reviewId: string, trigger: TriggerRow): Promise<boolean> {
    return (await this.execute(scope,
      `INSERT INTO review_trigger (tenant_id, review_id, key, kind, detail, at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [scope.tenantId, reviewId, trigger.key, trigger.kind, trigger.detail, trigger.at])) === 1;
  }

  /** Whether a workload owes reviews at all. */
  async areOwed(scope: TenantScope, workloadId: string): Promise<boolean> {
    return (await this.row(scope, `SELECT 1 AS one FROM review_schedule WHERE tenant_id = $1 AND workload_id = $2 AND active`, [scope.tenantId, workloadId])) !== null;
  }

  /** Says when to remind of open reviews next. */
  async setReminders(scope: TenantScope, rows: readonly { id: string; nextReminderAt: Date }[]): Promise<void> {
    if (rows.length === 0) return;
    await this.execute(scope,
      `UPDATE review r SET next_reminder_at = n."nextReminderAt" FROM jsonb_to_recordset($2::jsonb) AS n(id uuid, "nextReminderAt" timestamptz)
        WHERE r.tenant_id = $1 AND r.id = n.id AND r.closed_at IS NULL`,
      [scope.tenantId, JSON.stringify(rows)]);
  }

  /** Open reviews to recompute reminders for, when the policy of reminders changed. */
  openPage(scope: TenantScope, after: string | null, limit: number): Promise<{ id: string; dueAt: Date }[]> {
    return this.rows(scope,
      `SELECT id, due_at AS "dueAt" FROM review WHERE tenant_id = $1 AND closed_at IS NULL AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3 FOR UPDATE`, [scope.tenantId, after, limit]);
  }
}
