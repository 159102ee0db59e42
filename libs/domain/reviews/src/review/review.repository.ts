import { Injectable } from '@nestjs/common';
import type { ReviewOutcome, ReviewState, RiskTier } from '@roster/contracts';
import type { SystemScope, TenantScope } from '@roster/platform-context';
import { Database, SchedulerDatabase, TenantRepository, type SqlValue } from '@roster/platform-database';
import type { PunctualityVerdict } from '../punctuality/punctuality.js';
import { verdictSql } from '../punctuality/verdict-sql.js';

/** A review as it is stored. */
export interface ReviewRow {
  readonly id: string;
  readonly workloadId: string;
  readonly workloadKey: string;
  readonly workloadName: string;
  readonly riskTier: RiskTier | null;
  /** The risk owner who is named now, accepted or still to answer. */
  readonly ownerMemberId: string | null;
  readonly ownerName: string | null;
  readonly scheduleId: string | null;
  readonly status: ReviewState;
  readonly dueAt: Date;
  readonly overdueAt: Date;
  readonly regularDueAt: Date;
  readonly reason: string | null;
  readonly attempts: number;
  readonly deadLetterAt: Date | null;
  readonly becameDueAt: Date | null;
  readonly templateId: string | null;
  readonly startedAt: Date | null;
  readonly startedBy: string | null;
  readonly submittedAt: Date | null;
  readonly submittedBy: string | null;
  readonly signOffRequired: boolean | null;
  readonly submission: unknown;
  readonly outcome: ReviewOutcome | null;
  readonly concentrationReviewed: boolean | null;
  readonly signedOffBy: string | null;
  readonly signOffComment: string | null;
  readonly skipReason: string | null;
  readonly skipApprovedBy: string | null;
  readonly closedAt: Date | null;
  readonly missedPeriods: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

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

export interface ReviewFilter {
  readonly statuses: readonly string[] | null;
  readonly workloadId: string | null;
  /** Only overdue ones, or only those that are not. */
  readonly overdue: boolean | null;
  readonly kind: 'scheduled' | 'out_of_cycle' | null;
  readonly deadLetter: boolean | null;
  /** Only of workloads whose risk owner, accepted or still to answer, is this member. */
  readonly ownerMemberId: string | null;
  /** Only those that wait for a second person who is not this member. */
  readonly signOffBy: string | null;
  /** How they count for punctuality, any of these. */
  readonly verdicts: readonly PunctualityVerdict[] | null;
  /** Only those while which periods of their series passed, or only those without. */
  readonly missedPeriods: boolean | null;
  /** Due at or after. */
  readonly dueFrom: Date | null;
  /** Due before. */
  readonly dueBefore: Date | null;
  readonly now: Date;
}

/** No condition at all: every review. */
export const ALL_REVIEWS: Omit<ReviewFilter, 'now'> = {
  statuses: null, workloadId: null, overdue: null, kind: null, deadLetter: null, ownerMemberId: null, signOffBy: null, verdicts: null, missedPeriods: null, dueFrom: null, dueBefore: null,
};

/** Figures of one month. */
export interface PunctualityMonthRow {
  /** `2026-05`. */
  readonly month: string;
  readonly onTime: number;
  readonly late: number;
  readonly notDone: number;
  readonly missedPeriods: number;
}

export interface TriggerRow {
  readonly key: string;
  readonly kind: string;
  readonly detail: string;
  readonly at: Date;
}

const COLUMNS = `r.id, r.workload_id AS "workloadId", w.key AS "workloadKey", w.name AS "workloadName", w.risk_tier AS "riskTier",
  w.risk_owner_member_id AS "ownerMemberId", o.name AS "ownerName", r.schedule_id AS "scheduleId", r.status, r.due_at AS "dueAt",
  r.overdue_at AS "overdueAt", r.regular_due_at AS "regularDueAt", r.reason, r.attempts, r.dead_letter_at AS "deadLetterAt", r.became_due_at AS "becameDueAt",
  r.template_id AS "templateId", r.started_at AS "startedAt", r.started_by AS "startedBy", r.submitted_at AS "submittedAt", r.submitted_by AS "submittedBy",
  r.sign_off_required AS "signOffRequired", r.submission, r.outcome, r.concentration_reviewed AS "concentrationReviewed", r.signed_off_by AS "signedOffBy",
  r.sign_off_comment AS "signOffComment", r.skip_reason AS "skipReason", r.skip_approved_by AS "skipApprovedBy", r.closed_at AS "closedAt",
  r.missed_periods AS "missedPeriods", r.created_at AS "createdAt", r.updated_at AS "updatedAt", r.version`;
const JOIN = `JOIN workload w ON w.tenant_id = r.tenant_id AND w.id = r.workload_id LEFT JOIN member o ON o.tenant_id = w.tenant_id AND o.id = w.risk_owner_member_id`;

const OPEN = `'scheduled', 'due', 'in_progress', 'awaiting_sign_off'`;

const WRITABLE: Readonly<Record<keyof ReviewChange, string>> = {
  status: 'status', dueAt: 'due_at', overdueAt: 'overdue_at', reason: 'reason', claimedAt: 'claimed_at', nextReminderAt: 'next_reminder_at', templateId: 'template_id',
  startedAt: 'started_at', startedBy: 'started_by', submittedAt: 'submitted_at', submittedBy: 'submitted_by', signOffRequired: 'sign_off_required', submission: 'submission',
  outcome: 'outcome', concentrationReviewed: 'concentration_reviewed', signedOffBy: 'signed_off_by', signOffComment: 'sign_off_comment', skipReason: 'skip_reason',
  skipApprovedBy: 'skip_approved_by', closedAt: 'closed_at', missedPeriods: 'missed_periods',
};

/** The figures of punctuality over rows `r`; $4 is the instant to judge at. */
const PUNCTUALITY = `count(*) FILTER (WHERE ${verdictSql('on_time', '$4')})::int AS "onTime", count(*) FILTER (WHERE ${verdictSql('late', '$4')})::int AS late,
              count(*) FILTER (WHERE ${verdictSql('not_done', '$4')})::int AS "notDone", coalesce(sum(r.missed_periods), 0)::int AS "missedPeriods"`;

/** Fields of the list's order, and their column types. */
const SORTS = { dueAt: ['r.due_at', 'timestamptz'], updatedAt: ['r.updated_at', 'timestamptz'] } as const;
export type ReviewSort = keyof typeof SORTS;

/** SQL of `review` and `review_trigger`. */
@Injectable()
export class ReviewRepository extends TenantRepository {
  constructor(database: Database, private readonly scheduler: SchedulerDatabase) {
    super(database);
  }

  // ------------------------------------------------------------------ reading

  find(scope: TenantScope, id: string): Promise<ReviewRow | null> {
    return this.row(scope, `SELECT ${COLUMNS} FROM review r ${JOIN} WHERE r.tenant_id = $1 AND r.id = $2`, [scope.tenantId, id]);
  }

  /** A review as it was known at an instant; null when it did not exist then. */
  findAsOf(scope: TenantScope, id: string, asOf: Date): Promise<ReviewRow | null> {
    return this.row(scope,
      `SELECT ${COLUMNS} FROM review_history r ${JOIN} WHERE r.tenant_id = $1 AND r.id = $2 AND r.valid @> $3::timestamptz`, [scope.tenantId, id, asOf]);
  }

  /** A review, locked until the transaction ends. */
  lock(scope: TenantScope, id: string): Promise<ReviewRow | null> {
    return this.row(scope, `SELECT ${COLUMNS} FROM review r ${JOIN} WHERE r.tenant_id = $1 AND r.id = $2 FOR UPDATE OF r`, [scope.tenantId, id]);
  }

  /** One page, one row more than asked. @param asOf null = now */
  page(scope: TenantScope, filter: ReviewFilter, asOf: Date | null,
    query: { sort: ReviewSort; descending: boolean; after: { value: string; id: string } | null; limit: number }): Promise<ReviewRow[]> {
    const [column, type] = SORTS[query.sort];
    const [than, order] = query.descending ? ['<', 'DESC'] : ['>', 'ASC'];
    const { from, where, values } = filtered(scope, filter, asOf);
    const next = values.length + 1;
    const keyset = query.after ? `AND (${column}, r.id) ${than} ($${next + 1}::${type}, $${next + 2}::uuid)` : '';
    return this.rows(scope,
      `SELECT ${COLUMNS} FROM ${from} ${JOIN} WHERE ${where} ${keyset} ORDER BY ${column} ${order}, r.id ${order} LIMIT $${next}`,
      [...values, query.limit + 1, ...(query.after ? [query.after.value, query.after.id] : [])]);
  }

  async count(scope: TenantScope, filter: ReviewFilter, asOf: Date | null): Promise<number> {
    const { from, where, values } = filtered(scope, filter, asOf);
    return (await this.row<{ total: number }>(scope, `SELECT count(*)::int AS total FROM ${from} ${filter.ownerMemberId ? JOIN : ''} WHERE ${where}`, values))?.total ?? 0;
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

  /** Figures of punctuality over reviews whose due time lies in `[from, until)`. */
  async punctuality(scope: TenantScope, from: Date, until: Date, now: Date): Promise<{ onTime: number; late: number; notDone: number; missedPeriods: number }> {
    const row = await this.row<{ onTime: number; late: number; notDone: number; missedPeriods: number }>(scope,
      `SELECT ${PUNCTUALITY} FROM review r WHERE r.tenant_id = $1 AND r.due_at >= $2 AND r.due_at < $3`,
      [scope.tenantId, from, until, now]);
    return row ?? { onTime: 0, late: 0, notDone: 0, missedPeriods: 0 };
  }

  /**
   * The same figures by the month in which reviews fell due, in the time zone of the organization; months without any are absent.
   * @param timeZone IANA name
   */
  punctualityByMonth(scope: TenantScope, from: Date, until: Date, now: Date, timeZone: string): Promise<PunctualityMonthRow[]> {
    return this.rows(scope,
      `SELECT to_char(r.due_at AT TIME ZONE $5, 'YYYY-MM') AS month,
              ${PUNCTUALITY} FROM review r WHERE r.tenant_id = $1 AND r.due_at >= $2 AND r.due_at < $3 GROUP BY 1 ORDER BY 1`,
      [scope.tenantId, from, until, now, timeZone]);
  }

  /** How many reviews are open, due and overdue now. */
  async openFigures(scope: TenantScope, now: Date): Promise<{ scheduled: number; due: number; inProgress: number; awaitingSignOff: number; overdue: number; deadLetters: number }> {
    const row = await this.row<{ scheduled: number; due: number; inProgress: number; awaitingSignOff: number; overdue: number; deadLetters: number }>(scope,
      `SELECT count(*) FILTER (WHERE status = 'scheduled')::int AS scheduled, count(*) FILTER (WHERE status = 'due')::int AS due,
              count(*) FILTER (WHERE status = 'in_progress')::int AS "inProgress", count(*) FILTER (WHERE status = 'awaiting_sign_off')::int AS "awaitingSignOff",
              count(*) FILTER (WHERE overdue_at <= $2)::int AS overdue, count(*) FILTER (WHERE dead_letter_at IS NOT NULL)::int AS "deadLetters"
         FROM review WHERE tenant_id = $1 AND status IN ('scheduled', 'due', 'in_progress', 'awaiting_sign_off')`,
      [scope.tenantId, now]);
    return row ?? { scheduled: 0, due: 0, inProgress: 0, awaitingSignOff: 0, overdue: 0, deadLetters: 0 };
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
      `SELECT ${COLUMNS} FROM review r ${JOIN} WHERE r.tenant_id = $1 AND r.workload_id = $2 AND r.schedule_id IS NULL AND r.closed_at IS NULL FOR UPDATE OF r`, [scope.tenantId, workloadId]);
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

  // ------------------------------------------------------------------ claiming

  /** Reviews that are due and nobody's, across organizations, longest due first; and how many are on their way. */
  async dueUnclaimed(scope: SystemScope, now: Date, leaseBefore: Date, limit: number): Promise<{ tenantId: string; id: string }[]> {
    return this.scheduler.rows(scope,
      `SELECT tenant_id AS "tenantId", id FROM review
        WHERE status = 'scheduled' AND due_at <= $1 AND dead_letter_at IS NULL AND (claimed_at IS NULL OR claimed_at < $2) ORDER BY due_at LIMIT $3`,
      [now, leaseBefore, limit]);
  }

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
      `SELECT ${COLUMNS} FROM review r ${JOIN} WHERE r.tenant_id = $1 AND r.id = $2 AND r.fence = $3 AND r.status = 'scheduled' AND r.due_at <= $4 FOR UPDATE OF r`,
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

  // ------------------------------------------------------------------ reminders

  /** Reviews whose next reminder has come, across organizations. */
  remindersDue(scope: SystemScope, now: Date, limit: number): Promise<{ tenantId: string; id: string }[]> {
    return this.scheduler.rows(scope, `SELECT tenant_id AS "tenantId", id FROM review WHERE next_reminder_at <= $1 ORDER BY next_reminder_at LIMIT $2`, [now, limit]);
  }

  /** Locks reviews whose reminder has come; somebody else's are skipped. */
  lockReminders(scope: TenantScope, ids: readonly string[], now: Date): Promise<(ReviewRow & { nextReminderAt: Date })[]> {
    return this.rows(scope,
      `SELECT ${COLUMNS}, r.next_reminder_at AS "nextReminderAt" FROM review r ${JOIN} WHERE r.tenant_id = $1 AND r.id = ANY($2::uuid[]) AND r.next_reminder_at <= $3 FOR UPDATE OF r SKIP LOCKED`,
      [scope.tenantId, ids, now]);
  }

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

  // ------------------------------------------------------------------ oracle

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

/** Conditions that are not asked for are left out, so that the plan is made for those that are. */
function filtered(scope: TenantScope, filter: ReviewFilter, asOf: Date | null): { from: string; where: string; values: SqlValue[] } {
  const values: SqlValue[] = [scope.tenantId];
  const where = ['r.tenant_id = $1'];
  const and = (condition: (parameter: string) => string, ...given: SqlValue[]): void => {
    values.push(...given);
    where.push(condition(`$${values.length}`));
  };
  const now = asOf ?? filter.now;
  if (asOf) and((p) => `r.valid @> ${p}::timestamptz`, asOf);
  if (filter.statuses) and((p) => `r.status = ANY(${p}::text[])`, filter.statuses);
  if (filter.workloadId) and((p) => `r.workload_id = ${p}`, filter.workloadId);
  if (filter.overdue === true) and((p) => `r.status IN (${OPEN}) AND r.overdue_at <= ${p}::timestamptz`, now);
  if (filter.overdue === false) and((p) => `NOT (r.status IN (${OPEN}) AND r.overdue_at <= ${p}::timestamptz)`, now);
  if (filter.kind) where.push(`r.schedule_id IS ${filter.kind === 'scheduled' ? 'NOT ' : ''}NULL`);
  if (filter.deadLetter !== null) where.push(`r.dead_letter_at IS ${filter.deadLetter ? 'NOT ' : ''}NULL`);
  if (filter.ownerMemberId) and((p) => `w.risk_owner_member_id = ${p}`, filter.ownerMemberId);
  if (filter.signOffBy) and((p) => `r.status = 'awaiting_sign_off' AND r.started_by <> ${p} AND r.submitted_by <> ${p}`, filter.signOffBy);
  const counted = (p: string): string => `(${filter.verdicts?.map((verdict) => verdictSql(verdict, p)).join(' OR ') ?? 'true'})`;
  // Only what is not done depends on the instant.
  if (filter.verdicts?.includes('not_done')) and(counted, now);
  else if (filter.verdicts) where.push(counted(''));
  if (filter.missedPeriods !== null) where.push(`r.missed_periods ${filter.missedPeriods ? '>' : '='} 0`);
  if (filter.dueFrom) and((p) => `r.due_at >= ${p}::timestamptz`, filter.dueFrom);
  if (filter.dueBefore) and((p) => `r.due_at < ${p}::timestamptz`, filter.dueBefore);
  return { from: asOf ? 'review_history r' : 'review r', where: where.join(' AND '), values };
}
