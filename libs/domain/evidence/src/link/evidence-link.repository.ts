import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { EvidenceLinkRow } from '../item/evidence-item.repository.js';

/** What an item is to be linked to. An empty requirement names the workload only. */
export interface LinkTarget {
  readonly workloadId: string;
  readonly edition: string;
  readonly requirementKey: string;
}

const LINKS = `
  SELECT l.id, l.item_id AS "itemId", l.workload_id AS "workloadId", w.key AS "workloadKey", w.name AS "workloadName", l.edition, l.requirement_key AS "requirementKey", l.status,
         l.proposed_at AS "proposedAt", l.proposed_by AS "proposedBy", l.proposer_member_id AS "proposerMemberId", l.decided_at AS "decidedAt", l.decided_by AS "decidedBy", l.decision_comment AS "decisionComment"
    FROM evidence_link l JOIN workload w ON w.tenant_id = l.tenant_id AND w.id = l.workload_id`;

/** All SQL of links from evidence to (workload, requirement). */
@Injectable()
export class EvidenceLinkRepository extends TenantRepository {
  /** @returns the links that were made; pairs that are linked already are left alone and are not among them */
  insertMany(scope: TenantScope, itemId: string, links: readonly (LinkTarget & { id: string })[], proposerMemberId: string | null, at: Date): Promise<{ id: string; workloadId: string }[]> {
    return this.rows(scope, `
      INSERT INTO evidence_link (tenant_id, id, item_id, workload_id, edition, requirement_key, status, proposed_at, proposer_member_id)
      SELECT $1, x.id, $2, x."workloadId", x.edition, x."requirementKey", 'proposed', $4, $5
        FROM jsonb_to_recordset($3::jsonb) AS x(id uuid, "workloadId" uuid, edition text, "requirementKey" text)
      ON CONFLICT (tenant_id, item_id, workload_id, requirement_key) WHERE removed_at IS NULL DO NOTHING
      RETURNING id, workload_id AS "workloadId"`, [scope.tenantId, itemId, JSON.stringify(links), at, proposerMemberId]);
  }

  /** Links of an item that are not removed, by workload and requirement. */
  ofItem(scope: TenantScope, itemId: string): Promise<EvidenceLinkRow[]> {
    return this.rows<EvidenceLinkRow>(scope, `${LINKS} WHERE l.tenant_id = $1 AND l.item_id = $2 AND l.removed_at IS NULL ORDER BY w.key, l.requirement_key, l.id`, [scope.tenantId, itemId]);
  }

  find(scope: TenantScope, itemId: string, id: string): Promise<EvidenceLinkRow | null> {
    return this.row<EvidenceLinkRow>(scope, `${LINKS} WHERE l.tenant_id = $1 AND l.item_id = $2 AND l.id = $3 AND l.removed_at IS NULL`, [scope.tenantId, itemId, id]);
  }

  /** What some items are linked to, by item, workload and requirement. */
  pairsOf(scope: TenantScope, itemIds: readonly string[]): Promise<{ itemId: string; workloadId: string; requirementKey: string }[]> {
    return this.rows(scope, `
      SELECT item_id AS "itemId", workload_id AS "workloadId", requirement_key AS "requirementKey" FROM evidence_link
       WHERE tenant_id = $1 AND item_id = ANY ($2::uuid[]) AND removed_at IS NULL ORDER BY item_id, workload_id, requirement_key`, [scope.tenantId, [...itemIds]]);
  }

  /** Confirms the waiting links of an item, except those the decider made. */
  acceptProposed(scope: TenantScope, itemId: string, deciderMemberId: string, at: Date): Promise<number> {
    return this.execute(scope, `
      UPDATE evidence_link SET status = 'accepted', decided_at = $4, decided_by = app_actor(), decider_member_id = $3
       WHERE tenant_id = $1 AND item_id = $2 AND status = 'proposed' AND removed_at IS NULL AND proposer_member_id IS DISTINCT FROM $3`, [scope.tenantId, itemId, deciderMemberId, at]);
  }

  /** @returns false when the link is not waiting any more */
  async decide(scope: TenantScope, id: string, status: 'accepted' | 'rejected', comment: string | null, deciderMemberId: string, at: Date): Promise<boolean> {
    return (await this.execute(scope, `
      UPDATE evidence_link SET status = $3, decision_comment = $6, decided_at = $5, decided_by = app_actor(), decider_member_id = $4
       WHERE tenant_id = $1 AND id = $2 AND status = 'proposed' AND removed_at IS NULL`, [scope.tenantId, id, status, deciderMemberId, at, comment])) === 1;
  }

  /** @returns false when it is removed already */
  async remove(scope: TenantScope, id: string, at: Date): Promise<boolean> {
    return (await this.execute(scope, `UPDATE evidence_link SET removed_at = $3, removed_by = app_actor() WHERE tenant_id = $1 AND id = $2 AND removed_at IS NULL`, [scope.tenantId, id, at])) === 1;
  }
}
