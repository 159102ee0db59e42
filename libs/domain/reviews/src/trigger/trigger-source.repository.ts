import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

/** What triggers read of other areas' tables, as of their public schema. Read only. */
@Injectable()
export class TriggerSourceRepository extends TenantRepository {
  /** Workloads that an evidence item supports, with the requirements. */
  linksOf(scope: TenantScope, itemId: string): Promise<{ workloadId: string; requirementKey: string; title: string }[]> {
    return this.rows(scope,
      `SELECT DISTINCT l.workload_id AS "workloadId", l.requirement_key AS "requirementKey", i.title
         FROM evidence_link l JOIN evidence_item i ON i.tenant_id = l.tenant_id AND i.id = l.item_id
        WHERE l.tenant_id = $1 AND l.item_id = $2 AND l.status = 'accepted' AND l.removed_at IS NULL ORDER BY 1, 2`,
      [scope.tenantId, itemId]);
  }

  /** When an evidence version expires. */
  async expiryOf(scope: TenantScope, itemId: string, version: number): Promise<Date | null> {
    const row = await this.row<{ expiresAt: Date | null }>(scope, `SELECT expires_at AS "expiresAt" FROM evidence_version WHERE tenant_id = $1 AND item_id = $2 AND version = $3`, [scope.tenantId, itemId, version]);
    return row?.expiresAt ?? null;
  }

  scopeChange(scope: TenantScope, id: string): Promise<{ kind: string; detail: string } | null> {
    return this.row(scope, `SELECT kind, detail FROM scope_change WHERE tenant_id = $1 AND id = $2`, [scope.tenantId, id]);
  }
}
