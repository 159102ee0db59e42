import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { ActionStatus } from './action-status.js';

export interface ActionRow {
  readonly id: string;
  readonly workloadId: string;
  readonly workloadKey: string;
  readonly workloadName: string;
  readonly reviewId: string;
  readonly findingId: string | null;
  readonly title: string;
  readonly detail: string | null;
  readonly severity: string;
  readonly domainId: string | null;
  readonly ownerMemberId: string | null;
  readonly ownerName: string | null;
  readonly dueAt: Date;
  readonly status: ActionStatus;
  readonly note: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly closedAt: Date | null;
  /** Id of the actor who closed it. */
  readonly closedById: string | null;
  readonly version: number;
}

export interface NewAction {
  readonly id: string;
  readonly workloadId: string;
  readonly reviewId: string;
  readonly findingId: string | null;
  readonly title: string;
  readonly detail: string | null;
  readonly severity: string;
  readonly domainId: string | null;
  readonly ownerMemberId: string | null;
  readonly dueAt: Date;
}

export interface NewFinding {
  readonly id: string;
  readonly reviewId: string;
  readonly severity: string;
  readonly domainId: string | null;
  readonly title: string;
  readonly detail: string | null;
}

export interface FindingRow {
  readonly id: string;
  readonly severity: string;
  readonly domainId: string | null;
  readonly title: string;
  readonly detail: string | null;
  readonly actionId: string | null;
}

export interface ActionFilter {
  readonly statuses: readonly string[] | null;
  readonly workloadId: string | null;
  readonly reviewId: string | null;
  readonly ownerMemberId: string | null;
  readonly overdue: boolean | null;
  readonly dueBefore: Date | null;
  readonly now: Date;
}

const COLUMNS = `a.id, a.workload_id AS "workloadId", w.key AS "workloadKey", w.name AS "workloadName", a.review_id AS "reviewId", a.finding_id AS "findingId", a.title, a.detail,
  a.severity, a.domain_id AS "domainId", a.owner_member_id AS "ownerMemberId", o.name AS "ownerName", a.due_at AS "dueAt", a.status, a.note, a.created_at AS "createdAt", a.updated_at AS "updatedAt",
  a.closed_at AS "closedAt", a.closed_by->>'id' AS "closedById", a.version`;
const JOIN = `JOIN workload w ON w.tenant_id = a.tenant_id AND w.id = a.workload_id LEFT JOIN member o ON o.tenant_id = a.tenant_id AND o.id = a.owner_member_id`;
const FILTER = `a.tenant_id = $1 AND ($2::text[] IS NULL OR a.status = ANY($2::text[])) AND ($3::uuid IS NULL OR a.workload_id = $3) AND ($4::uuid IS NULL OR a.review_id = $4)
  AND ($5::uuid IS NULL OR a.owner_member_id = $5) AND ($6::boolean IS NULL OR (a.due_at <= $7 AND a.closed_at IS NULL) = $6) AND ($8::timestamptz IS NULL OR a.due_at < $8)`;
const SORTS = { dueAt: ['a.due_at', 'timestamptz'], updatedAt: ['a.updated_at', 'timestamptz'] } as const;
export type ActionSort = keyof typeof SORTS;

/** SQL of `review_finding` and `action`. */
@Injectable()
export class ActionRepository extends TenantRepository {
  async insertFindings(scope: TenantScope, rows: readonly NewFinding[], at: Date): Promise<void> {
    if (rows.length === 0) return;
    await this.execute(scope,
      `INSERT INTO review_finding (tenant_id, id, review_id, severity, domain_id, title, detail, created_at)
       SELECT $1, f.id, f."reviewId", f.severity, f."domainId", f.title, f.detail, $3
         FROM jsonb_to_recordset($2::jsonb) AS f(id uuid, "reviewId" uuid, severity text, "domainId" text, title text, detail text)`,
      [scope.tenantId, JSON.stringify(rows), at]);
  }

  async insertActions(scope: TenantScope, rows: readonly NewAction[], at: Date): Promise<void> {
    if (rows.length === 0) return;
    await this.execute(scope,
      `INSERT INTO action (tenant_id, id, workload_id, review_id, finding_id, title, detail, severity, domain_id, owner_member_id, due_at, created_at, updated_at)
       SELECT $1, a.id, a."workloadId", a."reviewId", a."findingId", a.title, a.detail, a.severity, a."domainId", a."ownerMemberId", a."dueAt", $3, $3
         FROM jsonb_to_recordset($2::jsonb) AS a(id uuid, "workloadId" uuid, "reviewId" uuid, "findingId" uuid, title text, detail text, severity text, "domainId" text, "ownerMemberId" uuid, "dueAt" timestamptz)`,
      [scope.tenantId, JSON.stringify(rows), at]);
  }

  /** Drops open actions of workloads that were withdrawn. @returns which */
  dropOfWithdrawn(scope: TenantScope, note: string, at: Date): Promise<{ id: string; workloadId: string }[]> {
    return this.rows(scope,
      `UPDATE action a SET status = 'dropped', note = $2, closed_at = $3, closed_by = app_actor(), updated_at = $3, version = a.version + 1
         FROM workload w WHERE a.tenant_id = $1 AND a.closed_at IS NULL AND w.tenant_id = $1 AND w.id = a.workload_id AND w.withdrawn_at IS NOT NULL
       RETURNING a.id, a.workload_id AS "workloadId"`, [scope.tenantId, note, at]);
  }

  findings(scope: TenantScope, reviewId: string): Promise<FindingRow[]> {
    return this.rows(scope,
      `SELECT f.id, f.severity, f.domain_id AS "domainId", f.title, f.detail, a.id AS "actionId"
         FROM review_finding f LEFT JOIN action a ON a.tenant_id = f.tenant_id AND a.finding_id = f.id WHERE f.tenant_id = $1 AND f.review_id = $2 ORDER BY f.id`,
      [scope.tenantId, reviewId]);
  }

  find(scope: TenantScope, id: string): Promise<ActionRow | null> {
    return this.row(scope, `SELECT ${COLUMNS} FROM action a ${JOIN} WHERE a.tenant_id = $1 AND a.id = $2`, [scope.tenantId, id]);
  }

  lock(scope: TenantScope, id: string): Promise<ActionRow | null> {
    return this.row(scope, `SELECT ${COLUMNS} FROM action a ${JOIN} WHERE a.tenant_id = $1 AND a.id = $2 FOR UPDATE OF a`, [scope.tenantId, id]);
  }

  page(scope: TenantScope, filter: ActionFilter, query: { sort: ActionSort; descending: boolean; after: { value: string; id: string } | null; limit: number }): Promise<ActionRow[]> {
    const [column, type] = SORTS[query.sort];
    const [than, order] = query.descending ? ['<', 'DESC'] : ['>', 'ASC'];
    return this.rows(scope,
      `SELECT ${COLUMNS} FROM action a ${JOIN} WHERE ${FILTER} AND ($9::${type} IS NULL OR (${column}, a.id) ${than} ($9::${type}, $10::uuid))
        ORDER BY ${column} ${order}, a.id ${order} LIMIT $11`,
      [...values(scope, filter), query.after?.value ?? null, query.after?.id ?? null, query.limit + 1]);
  }

  async count(scope: TenantScope, filter: ActionFilter): Promise<number> {
    return (await this.row<{ total: number }>(scope, `SELECT count(*)::int AS total FROM action a WHERE ${FILTER}`, values(scope, filter)))?.total ?? 0;
  }

  /** Writes a locked action. */
  async update(scope: TenantScope, id: string, change: { ownerMemberId: string | null; dueAt: Date; status: ActionStatus; note: string | null; closedAt: Date | null }, at: Date): Promise<void> {
    await this.execute(scope,
      `UPDATE action SET owner_member_id = $3, due_at = $4, status = $5, note = $6, closed_at = $7, closed_by = CASE WHEN $7::timestamptz IS NULL THEN NULL ELSE $8::jsonb END,
              updated_at = $9, version = version + 1
        WHERE tenant_id = $1 AND id = $2`,
      [scope.tenantId, id, change.ownerMemberId, change.dueAt, change.status, change.note, change.closedAt, JSON.stringify(scope.actor), at]);
  }
}

const values = (scope: TenantScope, filter: ActionFilter): (string | boolean | Date | null | readonly string[])[] =>
  [scope.tenantId, filter.statuses, filter.workloadId, filter.reviewId, filter.ownerMemberId, filter.overdue, filter.now, filter.dueBefore];
