import { Injectable } from '@nestjs/common';
import type { Stage } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

export interface ImpactRow {
  readonly workloadId: string;
  readonly fromStage: Stage;
  readonly toStage: Stage;
  readonly fromHardening: boolean;
  readonly toHardening: boolean;
  readonly fromFrozen: boolean;
  readonly toFrozen: boolean;
  readonly gapCount: number;
}
export interface ListedImpactRow extends ImpactRow {
  readonly workloadKey: string;
  readonly workloadName: string;
}

/** SQL of `impact_preview_row`. */
@Injectable()
export class ImpactPreviewRepository extends TenantRepository {
  /** A run that starts again begins from nothing. */
  async clear(scope: TenantScope, operationId: string): Promise<void> {
    await this.execute(scope, 'DELETE FROM impact_preview_row WHERE tenant_id = $1 AND operation_id = $2', [scope.tenantId, operationId]);
  }

  async insertMany(scope: TenantScope, operationId: string, rows: readonly ImpactRow[]): Promise<void> {
    if (rows.length === 0) return;
    await this.execute(scope,
      `INSERT INTO impact_preview_row (tenant_id, operation_id, workload_id, from_stage, to_stage, from_hardening, to_hardening, from_frozen, to_frozen, gap_count)
       SELECT $1, $2, r.* FROM unnest($3::uuid[], $4::text[], $5::text[], $6::boolean[], $7::boolean[], $8::boolean[], $9::boolean[], $10::integer[]) AS r`,
      [scope.tenantId, operationId, rows.map((r) => r.workloadId), rows.map((r) => r.fromStage), rows.map((r) => r.toStage), rows.map((r) => r.fromHardening),
        rows.map((r) => r.toHardening), rows.map((r) => r.fromFrozen), rows.map((r) => r.toFrozen), rows.map((r) => r.gapCount)]);
  }

  /** In workload id order; one row more than the limit. */
  page(scope: TenantScope, operationId: string, page: { after: string | null; limit: number }): Promise<ListedImpactRow[]> {
    return this.rows<ListedImpactRow>(scope,
      `SELECT i.workload_id AS "workloadId", w.key AS "workloadKey", w.name AS "workloadName", i.from_stage AS "fromStage", i.to_stage AS "toStage", i.from_hardening AS "fromHardening",
              i.to_hardening AS "toHardening", i.from_frozen AS "fromFrozen", i.to_frozen AS "toFrozen", i.gap_count AS "gapCount"
         FROM impact_preview_row i JOIN workload w ON w.tenant_id = i.tenant_id AND w.id = i.workload_id
        WHERE i.tenant_id = $1 AND i.operation_id = $2 AND ($3::uuid IS NULL OR i.workload_id > $3)
        ORDER BY i.workload_id LIMIT $4`,
      [scope.tenantId, operationId, page.after, page.limit + 1]);
  }
}
