import { Injectable } from '@nestjs/common';
import type { ImpactEffect } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { ImpactRow } from './impact.js';

export type ListedImpactRow = ImpactRow & { readonly workloadKey: string; readonly workloadName: string };

/** SQL of `impact_preview_row`. */
@Injectable()
export class ImpactPreviewRepository extends TenantRepository {
  /** A run that starts again begins from nothing. */
  async clear(scope: TenantScope, operationId: string): Promise<void> {
    await this.execute(scope, 'DELETE FROM impact_preview_row WHERE tenant_id = $1 AND operation_id = $2', [scope.tenantId, operationId]);
  }

  /** Drops the rows of previews that ended more than a day ago; their figures stay with the operation. */
  async clearOld(scope: TenantScope, kind: string): Promise<void> {
    await this.execute(scope,
      `DELETE FROM impact_preview_row WHERE tenant_id = $1
          AND operation_id IN (SELECT id FROM operation WHERE tenant_id = $1 AND kind = $2 AND finished_at < app_now() - interval '1 day')`, [scope.tenantId, kind]);
  }

  async insertMany(scope: TenantScope, operationId: string, rows: readonly ImpactRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.execute(scope,
      `INSERT INTO impact_preview_row (tenant_id, operation_id, effect, workload_id, detail)
       SELECT $1, $2, r.effect, r."workloadId", r.detail FROM jsonb_to_recordset($3::jsonb) AS r(effect text, "workloadId" uuid, detail jsonb)`,
      [scope.tenantId, operationId, JSON.stringify(rows)]);
  }

  /** Workloads with one effect, in workload id order; one row more than the limit. */
  page(scope: TenantScope, operationId: string, page: { effect: ImpactEffect; after: string | null; limit: number }): Promise<ListedImpactRow[]> {
    return this.rows<ListedImpactRow>(scope,
      `SELECT i.effect, i.workload_id AS "workloadId", i.detail, w.key AS "workloadKey", w.name AS "workloadName"
         FROM impact_preview_row i JOIN workload w ON w.tenant_id = i.tenant_id AND w.id = i.workload_id
        WHERE i.tenant_id = $1 AND i.operation_id = $2 AND i.effect = $3 AND ($4::uuid IS NULL OR i.workload_id > $4)
        ORDER BY i.workload_id LIMIT $5`,
      [scope.tenantId, operationId, page.effect, page.after, page.limit + 1]);
  }
}
