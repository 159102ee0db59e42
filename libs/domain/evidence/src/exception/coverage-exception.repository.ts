import { Injectable } from '@nestjs/common';
import type { Actor, TenantScope } from '@roster/platform-context';
import { TenantRepository, type SqlValue } from '@roster/platform-database';
import type { ExceptionKind, ExceptionStatus } from '../coverage/coverage-inputs.js';
import type { LinkTarget } from '../link/evidence-link.repository.js';

export interface ExceptionRow {
  readonly id: string;
  readonly kind: ExceptionKind;
  readonly workloadId: string;
  readonly workloadKey: string;
  readonly workloadName: string;
  readonly edition: string;
  readonly requirementKey: string;
  readonly reason: string;
  readonly compensatingControl: string | null;
  readonly expiresAt: Date | null;
  readonly status: ExceptionStatus;
  readonly requestedAt: Date;
  readonly requestedBy: Actor;
  readonly requesterMemberId: string;
  readonly decidedAt: Date | null;
  readonly decidedBy: Actor | null;
  readonly decisionComment: string | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: Actor | null;
}

export interface ExceptionFilter {
  /** Only what waits for a decision that this member may take: not their own. */
  readonly awaitingMemberId: string | null;
  readonly kinds: readonly string[] | null;
  /** `expired` among them: approved, but not in force any more. */
  readonly statuses: readonly string[] | null;
  readonly workloadIds: readonly string[] | null;
  readonly now: Date;
}

const EXCEPTIONS = `
  SELECT e.id, e.kind, e.workload_id AS "workloadId", w.key AS "workloadKey", w.name AS "workloadName", e.edition, e.requirement_key AS "requirementKey", e.reason,
         e.compensating_control AS "compensatingControl", e.expires_at AS "expiresAt", e.status, e.requested_at AS "requestedAt", e.requested_by AS "requestedBy",
         e.requester_member_id AS "requesterMemberId", e.decided_at AS "decidedAt", e.decided_by AS "decidedBy", e.decision_comment AS "decisionComment",
         e.withdrawn_at AS "withdrawnAt", e.withdrawn_by AS "withdrawnBy"
    FROM coverage_exception e JOIN workload w ON w.tenant_id = e.tenant_id AND w.id = e.workload_id`;

/** All SQL of exceptions and not-applicable statements. */
@Injectable()
export class CoverageExceptionRepository extends TenantRepository {
  /** @throws a unique violation of coverage_exception_open_idx when the same request is waiting */
  async insert(scope: TenantScope, request: LinkTarget & { id: string; kind: ExceptionKind; reason: string; compensatingControl: string | null; expiresAt: Date | null; requesterMemberId: string }, at: Date): Promise<void> {
    await this.execute(scope, `
      INSERT INTO coverage_exception (tenant_id, id, kind, workload_id, edition, requirement_key, reason, compensating_control, expires_at, status, requested_at, requester_member_id)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'requested', $10, $11)`,
    [scope.tenantId, request.id, request.kind, request.workloadId, request.edition, request.requirementKey, request.reason, request.compensatingControl, request.expiresAt, at, request.requesterMemberId]);
  }

  find(scope: TenantScope, id: string): Promise<ExceptionRow | null> {
    return this.row<ExceptionRow>(scope, `${EXCEPTIONS} WHERE e.tenant_id = $1 AND e.id = $2`, [scope.tenantId, id]);
  }

  /** One page by the time of the request, one row more than `limit`. */
  page(scope: TenantScope, filter: ExceptionFilter, page: { descending: boolean; after: readonly [string, string] | null; limit: number }): Promise<ExceptionRow[]> {
    const { where, values } = conditions(scope, filter);
    const [direction, compare] = page.descending ? ['DESC', '<'] : ['ASC', '>'];
    const after = page.after ? `AND (e.requested_at, e.id) ${compare} ($${values.push(page.after[0])}::timestamptz, $${values.push(page.after[1])}::uuid)` : '';
    return this.rows<ExceptionRow>(scope, `${EXCEPTIONS} WHERE ${where} ${after} ORDER BY e.requested_at ${direction}, e.id ${direction} LIMIT ${page.limit + 1}`, values);
  }

  async count(scope: TenantScope, filter: ExceptionFilter): Promise<number> {
    const { where, values } = conditions(scope, filter);
    return (await this.row<{ total: number }>(scope, `SELECT count(*)::int AS total FROM coverage_exception e WHERE ${where}`, values))?.total ?? 0;
  }

  /** @returns false when it is not waiting any more */
  async decide(scope: TenantScope, id: string, decision: { status: 'approved' | 'declined'; comment: string | null; deciderMemberId: string; nextNoticeAt: Date | null }, at: Date): Promise<boolean> {
    return (await this.execute(scope, `
      UPDATE coverage_exception SET status = $3, decided_at = $4, decided_by = app_actor(), decider_member_id = $5, decision_comment = $6, next_notice_at = $7
       WHERE tenant_id = $1 AND id = $2 AND status = 'requested'`, [scope.tenantId, id, decision.status, at, decision.deciderMemberId, decision.comment, decision.nextNoticeAt])) === 1;
  }

  /** @returns false when it is neither waiting nor approved */
  async withdraw(scope: TenantScope, id: string, at: Date): Promise<boolean> {
    return (await this.execute(scope, `
      UPDATE coverage_exception SET status = 'withdrawn', withdrawn_at = $3, withdrawn_by = app_actor(), next_notice_at = NULL
       WHERE tenant_id = $1 AND id = $2 AND status IN ('requested', 'approved')`, [scope.tenantId, id, at])) === 1;
  }
}

function conditions(scope: TenantScope, filter: ExceptionFilter): { where: string; values: SqlValue[] } {
  const values: SqlValue[] = [scope.tenantId];
  const parts = ['e.tenant_id = $1'];
  if (filter.kinds) parts.push(`e.kind = ANY ($${values.push([...filter.kinds])}::text[])`);
  if (filter.statuses) {
    const now = `$${values.push(filter.now)}::timestamptz`;
    parts.push(`CASE WHEN e.status = 'approved' AND e.expires_at <= ${now} THEN 'expired' ELSE e.status END = ANY ($${values.push([...filter.statuses])}::text[])`);
  }
  if (filter.awaitingMemberId) parts.push(`e.status = 'requested' AND e.requester_member_id <> $${values.push(filter.awaitingMemberId)}::uuid`);
  if (filter.workloadIds) parts.push(`e.workload_id = ANY ($${values.push([...filter.workloadIds])}::uuid[])`);
  return { where: parts.join(' AND '), values };
}
