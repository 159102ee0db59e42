import { Injectable } from '@nestjs/common';
import type { ScopeChangeKind } from '@roster/contracts';
import type { Actor, TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

export interface ScopeChangeRow {
  readonly id: string;
  readonly workloadId: string;
  readonly kind: ScopeChangeKind;
  readonly detail: string;
  readonly classificationId: string;
  readonly breakGlassId: string | null;
  readonly recordedAt: Date;
  readonly recordedBy: Actor;
}

const COLUMNS = `s.id, s.workload_id AS "workloadId", s.kind, s.detail, s.classification_id AS "classificationId", s.break_glass_id AS "breakGlassId",
  s.recorded_at AS "recordedAt", s.recorded_by AS "recordedBy"`;

/** SQL of `scope_change`. */
@Injectable()
export class ScopeChangeRepository extends TenantRepository {
  async insert(scope: TenantScope, change: Omit<ScopeChangeRow, 'recordedBy'>): Promise<ScopeChangeRow> {
    const row = await this.row<ScopeChangeRow>(scope,
      `INSERT INTO scope_change AS s (tenant_id, id, workload_id, kind, detail, classification_id, break_glass_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${COLUMNS}`,
      [scope.tenantId, change.id, change.workloadId, change.kind, change.detail, change.classificationId, change.breakGlassId, change.recordedAt]);
    if (!row) throw new Error('The scope change was not stored');
    return row;
  }

  /** Newest first; one row more than the limit. */
  page(scope: TenantScope, workloadId: string, page: { after: readonly [string, string] | null; limit: number }): Promise<ScopeChangeRow[]> {
    return this.rows<ScopeChangeRow>(scope,
      `SELECT ${COLUMNS} FROM scope_change s WHERE s.tenant_id = $1 AND s.workload_id = $2 AND ($3::timestamptz IS NULL OR (s.recorded_at, s.id) < ($3, $4::uuid))
        ORDER BY s.recorded_at DESC, s.id DESC LIMIT $5`,
      [scope.tenantId, workloadId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit + 1]);
  }
}
