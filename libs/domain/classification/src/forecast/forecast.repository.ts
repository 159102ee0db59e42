import { Injectable } from '@nestjs/common';
import type { Stage } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { Gap } from '../fact/gap.js';
import type { Fall } from './decay-forecast.js';

export interface ForecastRow {
  readonly workloadId: string;
  readonly workloadKey: string;
  readonly workloadName: string;
  readonly fallsAt: Date;
  readonly from: Stage;
  readonly to: Stage;
  readonly hardening: boolean;
  readonly because: Gap[];
  readonly announcedAt: Date | null;
}

/** SQL of `classification_forecast`. */
@Injectable()
export class ForecastRepository extends TenantRepository {
  /** Replaces the forecast of a batch. A fall that has not moved keeps its announcement. */
  async replace(scope: TenantScope, workloadIds: readonly string[], falls: ReadonlyMap<string, Fall>, at: Date): Promise<void> {
    const without = workloadIds.filter((id) => !falls.has(id));
    if (without.length > 0) await this.execute(scope, `DELETE FROM classification_forecast WHERE tenant_id = $1 AND workload_id = ANY ($2::uuid[])`, [scope.tenantId, without]);
    if (falls.size === 0) return;
    const rows = [...falls];
    await this.execute(scope,
      `INSERT INTO classification_forecast AS f (tenant_id, workload_id, falls_at, from_stage, to_stage, hardening, because, computed_at)
       SELECT $1, r.workload_id, r.falls_at, r.from_stage, r.to_stage, r.hardening, r.because::jsonb, $8
         FROM unnest($2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::boolean[], $7::text[]) AS r(workload_id, falls_at, from_stage, to_stage, hardening, because)
        ORDER BY r.workload_id
       ON CONFLICT (tenant_id, workload_id) DO UPDATE
          SET falls_at = excluded.falls_at, from_stage = excluded.from_stage, to_stage = excluded.to_stage, hardening = excluded.hardening, because = excluded.because,
              computed_at = excluded.computed_at, announced_at = CASE WHEN f.falls_at = excluded.falls_at THEN f.announced_at END
        WHERE (f.falls_at, f.from_stage, f.to_stage, f.hardening, f.because) IS DISTINCT FROM (excluded.falls_at, excluded.from_stage, excluded.to_stage, excluded.hardening, excluded.because)`,
      [scope.tenantId, rows.map(([id]) => id), rows.map(([, f]) => f.at), rows.map(([, f]) => f.from), rows.map(([, f]) => f.to), rows.map(([, f]) => f.hardening),
        rows.map(([, f]) => JSON.stringify(f.because)), at]);
  }

  /** Falls up to an instant, of all or of those from one instant and before another, soonest first; one row more than the limit. */
  page(scope: TenantScope, filter: { until: Date | null; from: Date | null; before: Date | null; after: readonly [string, string] | null; limit: number }): Promise<ForecastRow[]> {
    return this.rows<ForecastRow>(scope,
      `SELECT f.workload_id AS "workloadId", w.key AS "workloadKey", w.name AS "workloadName", f.falls_at AS "fallsAt", f.from_stage AS "from", f.to_stage AS "to", f.hardening, f.because,
              f.announced_at AS "announcedAt"
         FROM classification_forecast f JOIN workload w ON w.tenant_id = f.tenant_id AND w.id = f.workload_id AND w.listed AND w.lifecycle <> 'retired'
        WHERE f.tenant_id = $1 AND ($2::timestamptz IS NULL OR f.falls_at <= $2)
          AND ($3::timestamptz IS NULL OR (f.falls_at, f.workload_id) > ($3, $4::uuid))
          AND f.falls_at >= coalesce($6::timestamptz, '-infinity') AND f.falls_at < coalesce($7::timestamptz, 'infinity')
        ORDER BY f.falls_at, f.workload_id LIMIT $5`,
      [scope.tenantId, filter.until, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit + 1, filter.from, filter.before]);
  }

  /** Falls ahead that nobody was told of, and notes that they are being told. Run it in the transaction that publishes the announcement. */
  announce(scope: TenantScope, until: Date, at: Date, limit: number): Promise<{ workloadId: string; fallsAt: Date }[]> {
    return this.rows(scope,
      `WITH due AS (SELECT workload_id FROM classification_forecast WHERE tenant_id = $1 AND announced_at IS NULL AND falls_at <= $2 ORDER BY falls_at LIMIT $4 FOR UPDATE SKIP LOCKED)
       UPDATE classification_forecast f SET announced_at = $3 FROM due WHERE f.tenant_id = $1 AND f.workload_id = due.workload_id
       RETURNING f.workload_id AS "workloadId", f.falls_at AS "fallsAt"`, [scope.tenantId, until, at, limit]);
  }

  /** First falls of a batch of workloads after one instant and up to another. */
  between(scope: TenantScope, workloadIds: readonly string[], after: Date, until: Date): Promise<{ workloadId: string; fallsAt: Date }[]> {
    return this.rows(scope,
      `SELECT workload_id AS "workloadId", falls_at AS "fallsAt" FROM classification_forecast WHERE tenant_id = $1 AND workload_id = ANY ($2::uuid[]) AND falls_at > $3 AND falls_at <= $4`,
      [scope.tenantId, workloadIds, after, until]);
  }
}
