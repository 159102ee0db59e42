import { Injectable } from '@nestjs/common';
import type { Stage } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

export interface FunnelRow {
  readonly stage: Stage | null;
  readonly hardening: boolean;
  readonly count: number;
}
export interface MovementRow {
  readonly from: Stage | null;
  readonly to: Stage;
  readonly count: number;
}
export interface InventoryCounts {
  readonly total: number;
  readonly unowned: number;
  readonly incomplete: number;
  readonly frozen: number;
  readonly undetermined: number;
  readonly unclassified: number;
}
export interface ConcentrationRow {
  readonly dimension: 'component' | 'provider' | 'risk_owner';
  readonly id: string;
  readonly name: string;
  readonly workloads: number;
}
export interface ReviewCounts {
  readonly due: number;
  readonly onTime: number;
  readonly overdue: number;
}
export interface FallRow {
  readonly workloadId: string;
  readonly key: string;
  readonly name: string;
  readonly fallsAt: Date;
  readonly from: Stage;
  readonly to: Stage;
}

/** Read-only sums across the rooms. It writes nothing and no other area reads it. */
@Injectable()
export class PortfolioRepository extends TenantRepository {
  funnel(scope: TenantScope): Promise<FunnelRow[]> {
    return this.rows(scope, `SELECT stage, hardening, count(*)::int AS count FROM workload WHERE tenant_id = $1 AND listed AND lifecycle <> 'retired' GROUP BY stage, hardening`, [scope.tenantId]);
  }

  /** Changes of stage since an instant, first classifications included (`from` is then null). */
  movement(scope: TenantScope, since: Date): Promise<MovementRow[]> {
    return this.rows(scope,
      `SELECT p.stage AS "from", c.stage AS "to", count(*)::int AS count FROM classification c LEFT JOIN classification p ON p.tenant_id = c.tenant_id AND p.id = c.previous_id
       WHERE c.tenant_id = $1 AND c.decided_at >= $2 AND p.stage IS DISTINCT FROM c.stage GROUP BY p.stage, c.stage`, [scope.tenantId, since]);
  }

  async counts(scope: TenantScope): Promise<InventoryCounts> {
    const row = await this.row<InventoryCounts>(scope,
      `SELECT count(*)::int AS total, count(*) FILTER (WHERE unowned)::int AS unowned, count(*) FILTER (WHERE incomplete)::int AS incomplete, count(*) FILTER (WHERE frozen)::int AS frozen,
         count(*) FILTER (WHERE undetermined)::int AS undetermined, count(*) FILTER (WHERE stage IS NULL)::int AS unclassified
       FROM workload WHERE tenant_id = $1 AND listed AND lifecycle <> 'retired'`, [scope.tenantId]);
    return row ?? { total: 0, unowned: 0, incomplete: 0, frozen: 0, undetermined: 0, unclassified: 0 };
  }

  /** What most workloads in production (or scaled) lean on, the most used first. @param limit rows per dimension */
  concentration(scope: TenantScope, limit: number): Promise<ConcentrationRow[]> {
    return this.rows(scope,
      `WITH live AS (SELECT id, risk_owner_member_id FROM workload WHERE tenant_id = $1 AND listed AND lifecycle <> 'retired' AND stage IN ('production', 'scaled')),
       used AS (SELECT wc.workload_id, c.id, c.name, c.provider FROM workload_component wc JOIN live ON live.id = wc.workload_id
                JOIN component c ON c.tenant_id = $1 AND c.id = wc.component_id WHERE wc.tenant_id = $1)
       (SELECT 'component' AS dimension, id::text, min(name) AS name, count(DISTINCT workload_id)::int AS workloads FROM used GROUP BY id ORDER BY workloads DESC, name LIMIT $2)
       UNION ALL
       (SELECT 'provider', provider, provider, count(DISTINCT workload_id)::int AS workloads FROM used WHERE provider <> '' GROUP BY provider ORDER BY workloads DESC, provider LIMIT $2)
       UNION ALL
       (SELECT 'risk_owner', m.id::text, m.name, count(*)::int AS workloads FROM live JOIN member m ON m.tenant_id = $1 AND m.id = live.risk_owner_member_id GROUP BY m.id, m.name ORDER BY workloads DESC, m.name LIMIT $2)`,
      [scope.tenantId, limit]);
  }

  /** Reviews whose due day ended in the period, or that were completed in it: how many, how many on time; and how many are overdue now. */
  async reviews(scope: TenantScope, since: Date, now: Date): Promise<ReviewCounts> {
    const row = await this.row<ReviewCounts>(scope,
      `SELECT count(*) FILTER (WHERE status <> 'skipped' AND (overdue_at BETWEEN $2 AND $3 OR closed_at BETWEEN $2 AND $3))::int AS due,
         count(*) FILTER (WHERE status = 'completed' AND closed_at BETWEEN $2 AND $3 AND closed_at < overdue_at)::int AS "onTime",
         count(*) FILTER (WHERE closed_at IS NULL AND overdue_at <= $3)::int AS overdue
       FROM review WHERE tenant_id = $1`, [scope.tenantId, since, now]);
    return row ?? { due: 0, onTime: 0, overdue: 0 };
  }

  /** The next falls of stage, soonest first. */
  falls(scope: TenantScope, until: Date, limit: number): Promise<FallRow[]> {
    return this.rows(scope,
      `SELECT f.workload_id AS "workloadId", w.key, w.name, f.falls_at AS "fallsAt", f.from_stage AS "from", f.to_stage AS "to"
       FROM classification_forecast f JOIN workload w ON w.tenant_id = f.tenant_id AND w.id = f.workload_id
       WHERE f.tenant_id = $1 AND f.falls_at <= $2 AND w.listed ORDER BY f.falls_at, f.workload_id LIMIT $3`, [scope.tenantId, until, limit]);
  }

  async countFalls(scope: TenantScope, until: Date): Promise<number> {
    return (await this.row<{ count: number }>(scope, `SELECT count(*)::int AS count FROM classification_forecast WHERE tenant_id = $1 AND falls_at <= $2`, [scope.tenantId, until]))?.count ?? 0;
  }

  async expiringEvidence(scope: TenantScope, now: Date, until: Date): Promise<number> {
    const row = await this.row<{ count: number }>(scope,
      `SELECT count(*)::int AS count FROM evidence_version WHERE tenant_id = $1 AND status = 'accepted' AND expires_at > $2 AND expires_at <= $3`, [scope.tenantId, now, until]);
    return row?.count ?? 0;
  }
}
