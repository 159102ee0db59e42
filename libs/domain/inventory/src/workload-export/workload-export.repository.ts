import { Injectable } from '@nestjs/common';
import type { Actor, SystemScope, TenantScope } from '@roster/platform-context';
import { SchedulerDatabase, TenantRepository } from '@roster/platform-database';
import type { ExportFormat } from './export-column.js';

export interface WorkloadExportRow {
  readonly id: string;
  readonly memberId: string;
  readonly format: ExportFormat;
  readonly query: string;
  readonly sort: string;
  readonly columns: readonly string[];
  readonly asOf: Date | null;
  readonly operationId: string;
  readonly fileKey: string | null;
  readonly fileBytes: number | null;
  readonly fileSha256: string | null;
  readonly rowCount: number | null;
  readonly createdBy: Actor;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly removedAt: Date | null;
  readonly status: string;
  readonly done: number;
  readonly total: number | null;
  readonly unit: string;
  readonly problem: Record<string, unknown> | null;
}

const WATCHED = `e.id, e.member_id AS "memberId", e.format, e.query, e.sort, e.columns, e.as_of AS "asOf", e.operation_id AS "operationId", e.file_key AS "fileKey", e.file_bytes::float8 AS "fileBytes",
  e.file_sha256 AS "fileSha256", e.row_count AS "rowCount", e.created_by AS "createdBy", e.created_at AS "createdAt", e.expires_at AS "expiresAt", e.removed_at AS "removedAt",
  o.status, o.done::float8 AS done, o.total::float8 AS total, o.unit, o.problem FROM workload_export e JOIN operation o ON o.tenant_id = e.tenant_id AND o.id = e.operation_id`;

/** SQL of exports. */
@Injectable()
export class WorkloadExportRepository extends TenantRepository {
  async insert(scope: TenantScope, one: { id: string; memberId: string; format: ExportFormat; query: string; sort: string; columns: readonly string[]; asOf: Date | null; operationId: string; at: Date; expiresAt: Date }): Promise<void> {
    await this.execute(scope, `
      INSERT INTO workload_export (tenant_id, id, member_id, format, query, sort, columns, as_of, operation_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7::text[], $8, $9, $10, $11)`,
    [scope.tenantId, one.id, one.memberId, one.format, one.query, one.sort, [...one.columns], one.asOf, one.operationId, one.at, one.expiresAt]);
  }

  find(scope: TenantScope, id: string): Promise<WorkloadExportRow | null> {
    return this.row(scope, `SELECT ${WATCHED} WHERE e.tenant_id = $1 AND e.id = $2`, [scope.tenantId, id]);
  }

  /** Exports of one member, newest first. */
  page(scope: TenantScope, memberId: string, page: { after: readonly [string, string] | null; limit: number }): Promise<WorkloadExportRow[]> {
    return this.rows(scope, `
      SELECT ${WATCHED} WHERE e.tenant_id = $1 AND e.member_id = $2 AND ($3::timestamptz IS NULL OR (e.created_at, e.id) < ($3, $4::uuid)) ORDER BY e.created_at DESC, e.id DESC LIMIT $5`,
    [scope.tenantId, memberId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit + 1]);
  }

  /** @returns false when it has a file already, or its time is over: a file that is put away now would never be found again */
  async fileStored(scope: TenantScope, id: string, file: { key: string; bytes: number; sha256: string; rows: number }): Promise<boolean> {
    return (await this.execute(scope, `
      UPDATE workload_export SET file_key = $3, file_bytes = $4, file_sha256 = $5, row_count = $6 WHERE tenant_id = $1 AND id = $2 AND file_key IS NULL AND removed_at IS NULL`,
    [scope.tenantId, id, file.key, file.bytes, file.sha256, file.rows])) === 1;
  }

  /** Ends the time of an export and keeps others from storing its file until the transaction ends. @returns false when it had ended */
  async remove(scope: TenantScope, id: string, at: Date): Promise<boolean> {
    return (await this.execute(scope, 'UPDATE workload_export SET removed_at = $3 WHERE tenant_id = $1 AND id = $2 AND removed_at IS NULL', [scope.tenantId, id, at])) === 1;
  }
}

/** Where the file of an export is: known before it is there, so that what was put away by work that failed afterwards is found. */
export const exportFileKey = (tenantId: string, exportId: string): string => `${tenantId}/exports/${exportId}`;

/** What the sweep of exports may see across organizations: that a file is past its time. */
@Injectable()
export class ExportSweepRepository {
  constructor(private readonly scheduler: SchedulerDatabase) {}

  /** @param after the last one that was looked at, so that what cannot be removed does not stand in the way */
  expired(scope: SystemScope, now: Date, after: ExpiredExport | null, limit: number): Promise<ExpiredExport[]> {
    return this.scheduler.rows<ExpiredExport & Record<string, unknown>>(scope, `
      SELECT tenant_id AS "tenantId", id, expires_at AS "expiresAt" FROM workload_export
       WHERE removed_at IS NULL AND expires_at <= $1 AND ($2::timestamptz IS NULL OR (expires_at, id) > ($2, $3::uuid)) ORDER BY expires_at, id LIMIT $4`, [now, after?.expiresAt ?? null, after?.id ?? null, limit]);
  }
}

export interface ExpiredExport {
  readonly tenantId: string;
  readonly id: string;
  readonly expiresAt: Date;
}
