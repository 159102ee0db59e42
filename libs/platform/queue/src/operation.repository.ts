import { Injectable } from '@nestjs/common';
import type { OperationStatus } from '@roster/contracts';
import type { Actor, TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

export interface OperationRow {
  readonly id: string;
  readonly kind: string;
  readonly status: OperationStatus;
  readonly done: number;
  readonly total: number | null;
  readonly unit: string;
  readonly result: unknown;
  readonly problem: unknown;
  readonly cancelRequested: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly finishedAt: Date | null;
}

const COLUMNS = `id, kind, status, done::float8 AS done, total::float8 AS total, unit, result, problem, cancel_requested AS "cancelRequested", created_at AS "createdAt", updated_at AS "updatedAt",
  finished_at AS "finishedAt"`;

/** SQL of `operation`: long work that a caller can watch. */
@Injectable()
export class OperationRepository extends TenantRepository {
  async insert(scope: TenantScope, row: { id: string; kind: string; unit: string; total: number | null; at: Date }): Promise<void> {
    await this.execute(scope,
      `INSERT INTO operation (tenant_id, id, kind, status, total, unit, created_by, created_at, updated_at) VALUES ($1, $2, $3, 'queued', $4, $5, $6::jsonb, $7, $7)`,
      [scope.tenantId, row.id, row.kind, row.total, row.unit, JSON.stringify(scope.actor), row.at]);
  }

  find(scope: TenantScope, id: string): Promise<OperationRow | null> {
    return this.row(scope, `SELECT ${COLUMNS} FROM operation WHERE tenant_id = $1 AND id = $2`, [scope.tenantId, id]);
  }

  /** Who asked for it. */
  async askedBy(scope: TenantScope, id: string): Promise<Actor | null> {
    return (await this.row<{ createdBy: Actor }>(scope, `SELECT created_by AS "createdBy" FROM operation WHERE tenant_id = $1 AND id = $2`, [scope.tenantId, id]))?.createdBy ?? null;
  }

  /** Numbers a run of its work. @returns null when it had ended */
  async begin(scope: TenantScope, id: string, at: Date): Promise<number | null> {
    const row = await this.row<{ run: number }>(scope, `UPDATE operation SET run = run + 1, status = 'running', updated_at = $3 WHERE tenant_id = $1 AND id = $2 AND status IN ('queued', 'running') RETURNING run`, [scope.tenantId, id, at]);
    return row?.run ?? null;
  }

  /** Locks it until the transaction ends. @returns false when it had ended, or another run is the newest */
  async holds(scope: TenantScope, id: string, run: number): Promise<boolean> {
    return (await this.row(scope, `SELECT 1 AS one FROM operation WHERE tenant_id = $1 AND id = $2 AND run = $3 AND status IN ('queued', 'running') FOR UPDATE`, [scope.tenantId, id, run])) !== null;
  }

  /** Only an operation that has not ended changes, and for a numbered run only while it is the newest. @returns false otherwise */
  async update(scope: TenantScope, id: string, change: { status: OperationStatus; done?: number; total?: number; result?: unknown; problem?: unknown; at: Date; run?: number }): Promise<boolean> {
    const ended = ['succeeded', 'failed', 'canceled'].includes(change.status);
    const changed = await this.execute(scope,
      `UPDATE operation SET status = $3, done = coalesce($4, done), total = coalesce($5, total), result = coalesce($6::jsonb, result), problem = coalesce($7::jsonb, problem),
         updated_at = $8, finished_at = CASE WHEN $9 THEN $8 ELSE finished_at END
       WHERE tenant_id = $1 AND id = $2 AND status IN ('queued', 'running') AND ($10::int IS NULL OR run = $10)`,
      [scope.tenantId, id, change.status, change.done ?? null, change.total ?? null, change.result === undefined ? null : JSON.stringify(change.result),
        change.problem === undefined ? null : JSON.stringify(change.problem), change.at, ended, change.run ?? null]);
    return changed === 1;
  }

  async requestCancel(scope: TenantScope, id: string, at: Date): Promise<void> {
    await this.execute(scope, `UPDATE operation SET cancel_requested = true, updated_at = $3 WHERE tenant_id = $1 AND id = $2 AND status IN ('queued', 'running')`, [scope.tenantId, id, at]);
  }
}
