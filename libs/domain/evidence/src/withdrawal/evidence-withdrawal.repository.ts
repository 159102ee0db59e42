import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

/** SQL of what is submitted by the system and taken back again. */
@Injectable()
export class EvidenceWithdrawalRepository extends TenantRepository {
  /** Items that the system submitted under a name and that were not withdrawn. @param workloadId only those linked to it */
  submittedBy(scope: TenantScope, systemName: string, workloadId: string | null): Promise<{ itemId: string; version: number; kind: string; latestStatus: string }[]> {
    return this.rows(scope, `
      SELECT i.id AS "itemId", i.latest_version AS version, i.kind, i.latest_status AS "latestStatus" FROM evidence_item i
       WHERE i.tenant_id = $1 AND i.withdrawn_at IS NULL AND i.created_by ->> 'type' = 'system' AND i.created_by ->> 'name' = $2
         AND ($3::uuid IS NULL OR EXISTS (SELECT FROM evidence_link l WHERE l.tenant_id = $1 AND l.item_id = i.id AND l.workload_id = $3 AND l.removed_at IS NULL))
       ORDER BY i.id`, [scope.tenantId, systemName, workloadId]);
  }

  /** Removing a link marks its workload for evaluation; nobody is told about the expiry of what is withdrawn. */
  async withdraw(scope: TenantScope, itemIds: readonly string[], at: Date): Promise<void> {
    const values = [scope.tenantId, [...itemIds], at];
    // The items first: whoever links one meanwhile has either finished, and the link is seen below, or waits and is refused.
    await this.execute(scope, `UPDATE evidence_item SET withdrawn_at = $3, updated_at = $3 WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND withdrawn_at IS NULL`, values);
    await this.execute(scope, `UPDATE evidence_link SET removed_at = $3, removed_by = app_actor() WHERE tenant_id = $1 AND item_id = ANY ($2::uuid[]) AND removed_at IS NULL`, values);
    await this.execute(scope, `UPDATE evidence_version SET next_notice_at = NULL WHERE tenant_id = $1 AND item_id = ANY ($2::uuid[]) AND next_notice_at IS NOT NULL`, [scope.tenantId, [...itemIds]]);
  }
}
