import { Injectable } from '@nestjs/common';
import type { SystemScope, TenantScope } from '@roster/platform-context';
import { Database, SchedulerDatabase, TenantRepository } from '@roster/platform-database';

export interface ExpiringVersion { readonly itemId: string; readonly version: number; readonly expiresAt: Date }
export interface ExpiringException { readonly id: string; readonly expiresAt: Date; readonly workloadId: string }

/** Finding what is to be said about expiry, and writing down what comes next. */
@Injectable()
export class ExpiryRepository extends TenantRepository {
  constructor(database: Database, private readonly scheduler: SchedulerDatabase) {
    super(database);
  }

  /** Organizations with something to say at an instant. Reads ids and due times only. */
  async dueTenants(scope: SystemScope, now: Date): Promise<string[]> {
    const rows = await this.scheduler.rows<{ tenantId: string }>(scope, `
      SELECT tenant_id AS "tenantId" FROM evidence_version WHERE next_notice_at <= $1
      UNION SELECT tenant_id FROM coverage_exception WHERE next_notice_at <= $1`, [now]);
    return rows.map((row) => row.tenantId);
  }

  /** Claims versions for this transaction; another worker skips them. */
  claimVersions(scope: TenantScope, now: Date, limit: number): Promise<ExpiringVersion[]> {
    return this.rows(scope, `
      SELECT item_id AS "itemId", version, expires_at AS "expiresAt" FROM evidence_version
       WHERE tenant_id = $1 AND next_notice_at <= $2 AND expires_at IS NOT NULL ORDER BY next_notice_at LIMIT $3 FOR UPDATE SKIP LOCKED`, [scope.tenantId, now, limit]);
  }

  claimExceptions(scope: TenantScope, now: Date, limit: number): Promise<ExpiringException[]> {
    return this.rows(scope, `
      SELECT id, expires_at AS "expiresAt", workload_id AS "workloadId" FROM coverage_exception
       WHERE tenant_id = $1 AND next_notice_at <= $2 AND expires_at IS NOT NULL ORDER BY next_notice_at LIMIT $3 FOR UPDATE SKIP LOCKED`, [scope.tenantId, now, limit]);
  }

  async planVersions(scope: TenantScope, plan: readonly { itemId: string; version: number; nextNoticeAt: Date | null }[]): Promise<void> {
    await this.execute(scope, `
      UPDATE evidence_version v SET next_notice_at = x."nextNoticeAt" FROM jsonb_to_recordset($2::jsonb) AS x("itemId" uuid, version integer, "nextNoticeAt" timestamptz)
       WHERE v.tenant_id = $1 AND v.item_id = x."itemId" AND v.version = x.version`, [scope.tenantId, JSON.stringify(plan)]);
  }

  async planExceptions(scope: TenantScope, plan: readonly { id: string; nextNoticeAt: Date | null }[]): Promise<void> {
    await this.execute(scope, `
      UPDATE coverage_exception e SET next_notice_at = x."nextNoticeAt" FROM jsonb_to_recordset($2::jsonb) AS x(id uuid, "nextNoticeAt" timestamptz)
       WHERE e.tenant_id = $1 AND e.id = x.id`, [scope.tenantId, JSON.stringify(plan)]);
  }

  /** What counts now and has not expired: its notices are planned anew when the organization changes when it wants to be warned. */
  countingVersions(scope: TenantScope, now: Date): Promise<ExpiringVersion[]> {
    return this.rows(scope, `
      SELECT v.item_id AS "itemId", v.version, v.expires_at AS "expiresAt" FROM evidence_item i
        JOIN evidence_version v ON v.tenant_id = i.tenant_id AND v.item_id = i.id AND v.version = i.accepted_version
       WHERE i.tenant_id = $1 AND i.expires_at > $2 FOR UPDATE OF v`, [scope.tenantId, now]);
  }

  countingExceptions(scope: TenantScope, now: Date): Promise<ExpiringException[]> {
    return this.rows(scope, `SELECT id, expires_at AS "expiresAt", workload_id AS "workloadId" FROM coverage_exception WHERE tenant_id = $1 AND status = 'approved' AND expires_at > $2 FOR UPDATE`, [scope.tenantId, now]);
  }

  /** The tree reads expired evidence differently from now on. */
  async markWorkloads(scope: TenantScope, itemIds: readonly string[], workloadIds: readonly string[]): Promise<void> {
    await this.execute(scope, `
      SELECT mark_many_for_reevaluation($1, array_agg(DISTINCT found.id), 'expiry')
        FROM (SELECT workload_id AS id FROM evidence_link WHERE tenant_id = $1 AND item_id = ANY ($2::uuid[]) AND removed_at IS NULL UNION SELECT unnest($3::uuid[])) found
      HAVING count(*) > 0`, [scope.tenantId, [...itemIds], [...workloadIds]]);
  }
}
