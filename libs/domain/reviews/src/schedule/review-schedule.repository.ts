import { Injectable } from '@nestjs/common';
import type { ReviewState, RiskTier } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { ReviewReason } from '../policy/review-obligation.js';
import type { ActiveSchedule } from './schedule-plan.js';

interface ScheduleRow {
  readonly id: string;
  readonly workloadId: string;
  readonly reason: ReviewReason;
  readonly tier: RiskTier;
  readonly rrule: string;
  readonly anchorDate: string;
  readonly timeZone: string;
  readonly dueAtLocalTime: string;
  readonly openId: string | null;
  readonly openState: ReviewState | null;
  readonly openDueAt: Date | null;
  readonly openRegularDueAt: Date | null;
  readonly lastDueAt: Date | null;
}

/** A schedule to write, with the values of its rule. */
export interface ScheduleWrite {
  readonly id: string;
  readonly workloadId: string;
  readonly classificationId: string;
  readonly reason: ReviewReason;
  readonly tier: RiskTier;
  readonly rrule: string;
  readonly anchorDate: string;
  readonly timeZone: string;
  readonly dueAtLocalTime: string;
  readonly nextDueAt: Date;
}

const COLUMNS = `s.id, s.workload_id AS "workloadId", s.reason, s.tier, s.rrule, s.anchor_date::text AS "anchorDate", s.time_zone AS "timeZone",
  s.due_at_local_time AS "dueAtLocalTime", o.id AS "openId", o.status AS "openState", o.due_at AS "openDueAt", o.regular_due_at AS "openRegularDueAt", l.due_at AS "lastDueAt"`;
const FROM = `review_schedule s
  LEFT JOIN review o ON o.tenant_id = s.tenant_id AND o.schedule_id = s.id AND o.closed_at IS NULL
  LEFT JOIN LATERAL (SELECT max(greatest(c.due_at, c.regular_due_at)) AS due_at FROM review c
                      WHERE c.tenant_id = s.tenant_id AND c.schedule_id = s.id AND c.closed_at IS NOT NULL) l ON true`;
const RECORD = `AS r(id uuid, "workloadId" uuid, "classificationId" uuid, reason text, tier text, rrule text, "anchorDate" date, "timeZone" text, "dueAtLocalTime" text, "nextDueAt" timestamptz)`;

/** SQL of `review_schedule`. */
@Injectable()
export class ReviewScheduleRepository extends TenantRepository {
  /** Active schedules of workloads, locked until the transaction ends, in one order for everybody. */
  async lockOfWorkloads(scope: TenantScope, workloadIds: readonly string[]): Promise<ActiveSchedule[]> {
    return (await this.rows<ScheduleRow>(scope,
      `SELECT ${COLUMNS} FROM ${FROM} WHERE s.tenant_id = $1 AND s.active AND s.workload_id = ANY($2::uuid[]) ORDER BY s.id FOR UPDATE OF s`,
      [scope.tenantId, workloadIds])).map(toSchedule);
  }

  /** Active schedules of workloads, to look at. */
  async ofWorkloads(scope: TenantScope, workloadIds: readonly string[]): Promise<ActiveSchedule[]> {
    return (await this.rows<ScheduleRow>(scope, `SELECT ${COLUMNS} FROM ${FROM} WHERE s.tenant_id = $1 AND s.active AND s.workload_id = ANY($2::uuid[])`, [scope.tenantId, workloadIds])).map(toSchedule);
  }

  /** Active schedules of workloads that were withdrawn, locked. */
  async lockOfWithdrawn(scope: TenantScope, limit: number): Promise<ActiveSchedule[]> {
    return (await this.rows<ScheduleRow>(scope,
      `SELECT ${COLUMNS} FROM ${FROM} JOIN workload w ON w.tenant_id = s.tenant_id AND w.id = s.workload_id
        WHERE s.tenant_id = $1 AND s.active AND w.withdrawn_at IS NOT NULL ORDER BY s.id LIMIT $2 FOR UPDATE OF s`,
      [scope.tenantId, limit])).map(toSchedule);
  }

  /** One page of all active schedules, locked. @param after last id of the previous page */
  async lockPage(scope: TenantScope, after: string | null, limit: number): Promise<ActiveSchedule[]> {
    return (await this.rows<ScheduleRow>(scope,
      `SELECT ${COLUMNS} FROM ${FROM} WHERE s.tenant_id = $1 AND s.active AND ($2::uuid IS NULL OR s.id > $2) ORDER BY s.id LIMIT $3 FOR UPDATE OF s`,
      [scope.tenantId, after, limit])).map(toSchedule);
  }

  /** One active schedule, locked; null when it has ended. */
  async lock(scope: TenantScope, id: string): Promise<ActiveSchedule | null> {
    const row = await this.row<ScheduleRow>(scope, `SELECT ${COLUMNS} FROM ${FROM} WHERE s.tenant_id = $1 AND s.id = $2 AND s.active FOR UPDATE OF s`, [scope.tenantId, id]);
    return row && toSchedule(row);
  }

  async insertMany(scope: TenantScope, rows: readonly ScheduleWrite[], at: Date): Promise<void> {
    if (rows.length === 0) return;
    await this.execute(scope,
      `INSERT INTO review_schedule (tenant_id, id, workload_id, classification_id, reason, tier, rrule, anchor_date, time_zone, due_at_local_time, next_due_at, created_at, updated_at)
       SELECT $1, r.id, r."workloadId", r."classificationId", r.reason, r.tier, r.rrule, r."anchorDate", r."timeZone", r."dueAtLocalTime", r."nextDueAt", $3, $3
         FROM jsonb_to_recordset($2::jsonb) ${RECORD}`,
      [scope.tenantId, JSON.stringify(rows), at]);
  }

  /** Writes new rules of schedules. */
  async updateMany(scope: TenantScope, rows: readonly Omit<ScheduleWrite, 'workloadId' | 'classificationId'>[], at: Date): Promise<void> {
    if (rows.length === 0) return;
    await this.execute(scope,
      `UPDATE review_schedule s SET reason = r.reason, tier = r.tier, rrule = r.rrule, anchor_date = r."anchorDate", time_zone = r."timeZone",
              due_at_local_time = r."dueAtLocalTime", next_due_at = r."nextDueAt", updated_at = $3
         FROM jsonb_to_recordset($2::jsonb) ${RECORD} WHERE s.tenant_id = $1 AND s.id = r.id`,
      [scope.tenantId, JSON.stringify(rows), at]);
  }

  async setNextDue(scope: TenantScope, id: string, nextDueAt: Date, at: Date): Promise<void> {
    await this.execute(scope, `UPDATE review_schedule SET next_due_at = $3, updated_at = $4 WHERE tenant_id = $1 AND id = $2 AND active`, [scope.tenantId, id, nextDueAt, at]);
  }

  async endMany(scope: TenantScope, ids: readonly string[], at: Date): Promise<void> {
    if (ids.length === 0) return;
    await this.execute(scope,
      `UPDATE review_schedule SET active = false, next_due_at = NULL, ended_at = $3, updated_at = $3 WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND active`, [scope.tenantId, ids, at]);
  }

  /** Next due date of workloads over all of their open reviews; null where none is open. */
  nextDueOfWorkloads(scope: TenantScope, workloadIds: readonly string[]): Promise<{ workloadId: string; nextReviewDueAt: Date | null }[]> {
    return this.rows(scope,
      `SELECT w.id AS "workloadId", (SELECT min(r.due_at) FROM review r WHERE r.tenant_id = $1 AND r.workload_id = w.id AND r.closed_at IS NULL) AS "nextReviewDueAt"
         FROM unnest($2::uuid[]) AS w(id)`,
      [scope.tenantId, workloadIds]);
  }
}

const toSchedule = (row: ScheduleRow): ActiveSchedule => ({
  id: row.id, workloadId: row.workloadId, reason: row.reason, tier: row.tier, lastDueAt: row.lastDueAt,
  rule: { rrule: row.rrule, anchorDate: row.anchorDate, timeZone: row.timeZone, dueAtLocalTime: row.dueAtLocalTime },
  open: row.openId && row.openState && row.openDueAt && row.openRegularDueAt
    ? { reviewId: row.openId, state: row.openState, dueAt: row.openDueAt, regularDueAt: row.openRegularDueAt } : null,
});
