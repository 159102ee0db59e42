import { Injectable } from '@nestjs/common';
import { newId, type TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { ExceptionKind } from '../coverage/coverage-inputs.js';

/** A link of a merged workload and what became of it. */
export interface MovedLink {
  readonly id: string;
  readonly itemId: string;
  readonly requirementKey: string;
  readonly status: string;
  /** Its copy on the survivor; null when the survivor said as much already. */
  readonly copyId: string | null;
}

/** An exception of a merged workload and what became of it. */
export interface MovedException {
  readonly id: string;
  readonly kind: ExceptionKind;
  readonly requirementKey: string;
  readonly status: string;
  readonly copyId: string | null;
}

interface Source { readonly id: string }

/**
 * Links and exceptions name one workload for good, and as-of reading depends on it. So they are not rewritten: they end on the workload that
 * was merged, and the survivor gets its own from this instant on, with the people who proposed and decided.
 */
@Injectable()
export class MergedEvidenceRepository extends TenantRepository {
  /** Ids of the links that are in force, locked. */
  lockLinks(scope: TenantScope, workloadId: string): Promise<(Source & Omit<MovedLink, 'copyId'>)[]> {
    return this.rows(scope, `
      SELECT id, item_id AS "itemId", requirement_key AS "requirementKey", status FROM evidence_link
       WHERE tenant_id = $1 AND workload_id = $2 AND removed_at IS NULL ORDER BY id FOR UPDATE`, [scope.tenantId, workloadId]);
  }

  async endLinks(scope: TenantScope, ids: readonly string[], at: Date): Promise<void> {
    await this.execute(scope, 'UPDATE evidence_link SET removed_at = $3, removed_by = app_actor() WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND removed_at IS NULL', [scope.tenantId, [...ids], at]);
  }

  /** Ends links of the survivor that still wait where the merged workload brings an accepted one for the same thing. @returns how many */
  endWaitingTwins(scope: TenantScope, intoId: string, ids: readonly string[], at: Date): Promise<number> {
    return this.execute(scope, `
      UPDATE evidence_link own SET removed_at = $4, removed_by = app_actor() FROM evidence_link theirs
       WHERE own.tenant_id = $1 AND own.workload_id = $2 AND own.removed_at IS NULL AND own.status = 'proposed'
         AND theirs.tenant_id = $1 AND theirs.id = ANY ($3::uuid[]) AND theirs.status = 'accepted' AND theirs.item_id = own.item_id AND theirs.requirement_key = own.requirement_key`,
    [scope.tenantId, intoId, [...ids], at]);
  }

  /** Repeats links for the survivor; what it has already is left alone. @returns original and copy */
  copyLinks(scope: TenantScope, intoId: string, ids: readonly string[], at: Date): Promise<{ id: string; copyId: string }[]> {
    return this.rows(scope, `
      WITH copied AS (
        INSERT INTO evidence_link (tenant_id, id, item_id, workload_id, edition, requirement_key, status, proposed_at, proposed_by, proposer_member_id, decided_at, decided_by, decider_member_id, decision_comment)
        SELECT l.tenant_id, x."copyId", l.item_id, $2, l.edition, l.requirement_key, l.status, $4, l.proposed_by, l.proposer_member_id,
               CASE WHEN l.decided_at IS NOT NULL THEN $4::timestamptz END, l.decided_by, l.decider_member_id, l.decision_comment
          FROM jsonb_to_recordset($3::jsonb) AS x(id uuid, "copyId" uuid) JOIN evidence_link l ON l.tenant_id = $1 AND l.id = x.id
        ON CONFLICT (tenant_id, item_id, workload_id, requirement_key) WHERE removed_at IS NULL DO NOTHING
        RETURNING id)
      SELECT x.id, x."copyId" FROM jsonb_to_recordset($3::jsonb) AS x(id uuid, "copyId" uuid) JOIN copied ON copied.id = x."copyId"`,
    [scope.tenantId, intoId, JSON.stringify(ids.map((id) => ({ id, copyId: newId(at) }))), at]);
  }

  /** Exceptions that wait, or are approved and in force, locked. */
  lockExceptions(scope: TenantScope, workloadId: string, at: Date): Promise<(Source & Omit<MovedException, 'copyId'>)[]> {
    return this.rows(scope, `
      SELECT id, kind, requirement_key AS "requirementKey", status FROM coverage_exception
       WHERE tenant_id = $1 AND workload_id = $2 AND (status = 'requested' OR (status = 'approved' AND (expires_at IS NULL OR expires_at > $3))) ORDER BY id FOR UPDATE`,
    [scope.tenantId, workloadId, at]);
  }

  /** Repeats exceptions for the survivor, unless it has one that lasts as long. Call it before the originals are withdrawn. */
  copyExceptions(scope: TenantScope, intoId: string, ids: readonly string[], at: Date): Promise<{ id: string; copyId: string }[]> {
    return this.rows(scope, `
      WITH asked AS (SELECT * FROM jsonb_to_recordset($3::jsonb) AS x(id uuid, "copyId" uuid)),
      copied AS (
        INSERT INTO coverage_exception (tenant_id, id, kind, workload_id, edition, requirement_key, reason, compensating_control, expires_at, status, requested_at, requested_by, requester_member_id,
                                        decided_at, decided_by, decider_member_id, decision_comment, next_notice_at)
        SELECT e.tenant_id, x."copyId", e.kind, $2, e.edition, e.requirement_key, e.reason, e.compensating_control, e.expires_at, e.status, $4, e.requested_by, e.requester_member_id,
               CASE WHEN e.decided_at IS NOT NULL THEN $4::timestamptz END, e.decided_by, e.decider_member_id, e.decision_comment, e.next_notice_at
          FROM asked x JOIN coverage_exception e ON e.tenant_id = $1 AND e.id = x.id
         WHERE NOT EXISTS (SELECT FROM coverage_exception own WHERE own.tenant_id = $1 AND own.workload_id = $2 AND own.kind = e.kind AND own.requirement_key = e.requirement_key
                              AND own.status = e.status AND (own.expires_at IS NULL OR own.expires_at >= e.expires_at))
        ON CONFLICT (tenant_id, workload_id, requirement_key, kind) WHERE status = 'requested' DO NOTHING
        RETURNING id)
      SELECT x.id, x."copyId" FROM asked x JOIN copied ON copied.id = x."copyId"`,
    [scope.tenantId, intoId, JSON.stringify(ids.map((id) => ({ id, copyId: newId(at) }))), at]);
  }

  async withdrawExceptions(scope: TenantScope, ids: readonly string[], at: Date): Promise<void> {
    await this.execute(scope, `
      UPDATE coverage_exception SET status = 'withdrawn', withdrawn_at = $3, withdrawn_by = app_actor(), next_notice_at = NULL
       WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND status IN ('requested', 'approved')`, [scope.tenantId, [...ids], at]);
  }
}
