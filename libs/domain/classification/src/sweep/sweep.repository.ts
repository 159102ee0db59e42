import { Injectable } from '@nestjs/common';
import type { SystemScope, TenantScope } from '@roster/platform-context';
import { Database, SchedulerDatabase, TenantRepository } from '@roster/platform-database';

/** SQL of the sweeps: ids and due times across organizations, read as the scheduler. */
@Injectable()
export class SweepRepository extends TenantRepository {
  constructor(database: Database, private readonly scheduler: SchedulerDatabase) {
    super(database);
  }

  /** Organizations with marks. Each costs one index probe, however many marks it has. */
  async markedTenants(scope: SystemScope): Promise<string[]> {
    const rows = await this.scheduler.rows<{ tenantId: string }>(scope,
      `SELECT o.tenant_id AS "tenantId" FROM organization o WHERE EXISTS (SELECT FROM reevaluation_mark m WHERE m.tenant_id = o.tenant_id) ORDER BY o.tenant_id`);
    return rows.map((row) => row.tenantId);
  }

  /** Workloads with an expiry behind them, longest ago first. */
  overdue(scope: SystemScope, now: Date, limit: number): Promise<{ tenantId: string; workloadId: string }[]> {
    return this.scheduler.rows(scope,
      `SELECT tenant_id AS "tenantId", id AS "workloadId" FROM workload WHERE reevaluate_at <= $1 ORDER BY reevaluate_at, id LIMIT $2`, [now, limit]);
  }

  /** Organizations that have not been evaluated as a whole since an instant. */
  async tenantsNotSweptSince(scope: SystemScope, before: Date): Promise<string[]> {
    const rows = await this.scheduler.rows<{ tenantId: string }>(scope,
      `SELECT o.tenant_id AS "tenantId" FROM organization o LEFT JOIN classification_sweep s ON s.tenant_id = o.tenant_id
        WHERE s.last_full_at IS NULL OR s.last_full_at <= $1 ORDER BY o.tenant_id`, [before]);
    return rows.map((row) => row.tenantId);
  }

  /** Organizations with a fall ahead that nobody was told of. The horizon is each organization's own; this looks as far as any may. */
  async tenantsToAnnounce(scope: SystemScope, until: Date): Promise<string[]> {
    const rows = await this.scheduler.rows<{ tenantId: string }>(scope,
      `SELECT DISTINCT tenant_id AS "tenantId" FROM classification_forecast WHERE announced_at IS NULL AND falls_at <= $1`, [until]);
    return rows.map((row) => row.tenantId);
  }

  /** Claims the full sweep of an organization. @returns false when another worker was faster */
  async claimFullSweep(scope: TenantScope, now: Date, before: Date): Promise<boolean> {
    const changed = await this.execute(scope,
      `INSERT INTO classification_sweep AS s (tenant_id, last_full_at) VALUES ($1, $2)
       ON CONFLICT (tenant_id) DO UPDATE SET last_full_at = excluded.last_full_at WHERE s.last_full_at <= $3`, [scope.tenantId, now, before]);
    return changed === 1;
  }
}
