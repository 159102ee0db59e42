import { Injectable } from '@nestjs/common';
import type { Actor, TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

export interface BreakGlassRow {
  readonly id: string;
  readonly workloadId: string;
  readonly reason: string;
  readonly grantedAt: Date;
  readonly grantedBy: Actor;
  readonly endsAt: Date;
  readonly closedAt: Date | null;
  readonly closedWhy: 'ran_out' | 'gaps_closed' | 'replaced' | null;
}

const COLUMNS = `id, workload_id AS "workloadId", reason, granted_at AS "grantedAt", granted_by AS "grantedBy", ends_at AS "endsAt", closed_at AS "closedAt", closed_why AS "closedWhy"`;

/** SQL of `break_glass`. */
@Injectable()
export class BreakGlassRepository extends TenantRepository {
  async insert(scope: TenantScope, row: { id: string; workloadId: string; reason: string; grantedAt: Date; endsAt: Date }): Promise<void> {
    await this.execute(scope, `INSERT INTO break_glass (tenant_id, id, workload_id, reason, granted_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6)`,
      [scope.tenantId, row.id, row.workloadId, row.reason, row.grantedAt, row.endsAt]);
  }

  /** Those that have not been closed, by workload. */
  async findOpen(scope: TenantScope, workloadIds: readonly string[]): Promise<Map<string, BreakGlassRow>> {
    const rows = await this.rows<BreakGlassRow>(scope,
      `SELECT ${COLUMNS} FROM break_glass WHERE tenant_id = $1 AND workload_id = ANY ($2::uuid[]) AND closed_at IS NULL`, [scope.tenantId, workloadIds]);
    return new Map(rows.map((row) => [row.workloadId, row]));
  }

  async close(scope: TenantScope, rows: readonly { id: string; at: Date; why: NonNullable<BreakGlassRow['closedWhy']> }[]): Promise<void> {
    if (rows.length === 0) return;
    await this.execute(scope,
      `UPDATE break_glass b SET closed_at = r.at, closed_why = r.why FROM unnest($2::uuid[], $3::timestamptz[], $4::text[]) AS r(id, at, why)
        WHERE b.tenant_id = $1 AND b.id = r.id AND b.closed_at IS NULL`,
      [scope.tenantId, rows.map((r) => r.id), rows.map((r) => r.at), rows.map((r) => r.why)]);
  }

  /** All of a workload, newest first. */
  list(scope: TenantScope, workloadId: string, limit: number): Promise<BreakGlassRow[]> {
    return this.rows<BreakGlassRow>(scope, `SELECT ${COLUMNS} FROM break_glass WHERE tenant_id = $1 AND workload_id = $2 ORDER BY granted_at DESC, id DESC LIMIT $3`,
      [scope.tenantId, workloadId, limit]);
  }
}
