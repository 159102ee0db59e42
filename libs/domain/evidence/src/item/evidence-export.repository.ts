import { Injectable } from '@nestjs/common';
import type { EvidenceKind } from '@roster/contracts';
import type { Actor, TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { ExceptionKind, ExceptionStatus, LinkStatus, VersionStatus } from '../coverage/coverage-inputs.js';

export interface ExportedEvidence {
  readonly id: string;
  readonly kind: EvidenceKind;
  readonly title: string;
  readonly createdAt: Date;
  readonly versions: readonly {
    readonly version: number; readonly status: VersionStatus; readonly sha256: string | null; readonly size: number | null; readonly fileName: string | null; readonly mediaType: string | null;
    /** Null for an address, and for a file that has not passed its checks or was refused: such bytes are never exported. */
    readonly storageKey: string | null;
    readonly url: string | null; readonly urlSha256: string | null; readonly effectiveFrom: string | null; readonly effectiveTo: string | null; readonly expiresAt: string | null;
    readonly notes: string | null; readonly submittedAt: string; readonly submittedBy: Actor; readonly decidedAt: string | null; readonly decidedBy: Actor | null; readonly decisionComment: string | null;
  }[];
  readonly links: readonly { readonly workloadId: string; readonly edition: string; readonly requirementKey: string; readonly status: LinkStatus; readonly proposedAt: string; readonly decidedAt: string | null }[];
}

export interface ExportedException {
  readonly id: string;
  readonly kind: ExceptionKind;
  readonly workloadId: string;
  readonly edition: string;
  readonly requirementKey: string;
  readonly reason: string;
  readonly compensatingControl: string | null;
  readonly expiresAt: Date | null;
  readonly status: ExceptionStatus;
  readonly requestedAt: Date;
  readonly requestedBy: Actor;
  readonly decidedAt: Date | null;
  readonly decidedBy: Actor | null;
  readonly decisionComment: string | null;
}

/** One thing that happened to the evidence of a workload. */
export interface EvidenceChange {
  readonly at: Date;
  readonly what: 'submitted' | 'accepted' | 'rejected' | 'expired' | 'linked' | 'unlinked' | 'exception_approved' | 'exception_expired' | 'exception_withdrawn';
  readonly itemId: string | null;
  readonly exceptionId: string | null;
  readonly version: number | null;
  readonly title: string;
  readonly requirementKeys: readonly string[];
}

/** Evidence as it was known at an instant, and what happened to it in a period. Rows are never overwritten, so both come from them. */
@Injectable()
export class EvidenceExportRepository extends TenantRepository {
  items(scope: TenantScope, workloadIds: readonly string[], asOf: Date, after: string | null, limit: number): Promise<ExportedEvidence[]> {
    return this.rows<ExportedEvidence>(scope, `
      WITH linked AS (
        SELECT l.item_id, json_agg(json_build_object('workloadId', l.workload_id, 'edition', l.edition, 'requirementKey', l.requirement_key,
                 'status', CASE WHEN l.decided_at <= $3 THEN l.status ELSE 'proposed' END, 'proposedAt', l.proposed_at, 'decidedAt', CASE WHEN l.decided_at <= $3 THEN l.decided_at END) ORDER BY l.id) AS rows
          FROM evidence_link l
         WHERE l.tenant_id = $1 AND l.workload_id = ANY ($2::uuid[]) AND l.proposed_at <= $3 AND (l.removed_at IS NULL OR l.removed_at > $3) AND ($4::uuid IS NULL OR l.item_id > $4)
         GROUP BY l.item_id ORDER BY l.item_id LIMIT $5)
      SELECT i.id, i.kind, i.title, i.created_at AS "createdAt", linked.rows AS links, coalesce(v.rows, '[]') AS versions
        FROM linked JOIN evidence_item i ON i.tenant_id = $1 AND i.id = linked.item_id
        LEFT JOIN LATERAL (
          SELECT json_agg(json_build_object('version', v.version, 'status', CASE WHEN v.decided_at <= $3 THEN v.status WHEN v.checked_at IS NULL OR v.checked_at > $3 THEN 'quarantined'
                     WHEN v.status = 'refused' THEN 'refused' ELSE 'submitted' END,
                   'sha256', v.sha256, 'size', b.size, 'fileName', v.file_name, 'mediaType', v.media_type, 'storageKey', CASE WHEN b.scan_status IN ('clean', 'not_scanned') THEN b.storage_key END,
                   'url', v.url, 'urlSha256', v.url_sha256, 'effectiveFrom', v.effective_from, 'effectiveTo', v.effective_to, 'expiresAt', v.expires_at, 'notes', v.notes,
                   'submittedAt', v.submitted_at, 'submittedBy', v.submitted_by, 'decidedAt', CASE WHEN v.decided_at <= $3 THEN v.decided_at END,
                   'decidedBy', CASE WHEN v.decided_at <= $3 THEN v.decided_by END, 'decisionComment', CASE WHEN v.decided_at <= $3 THEN v.decision_comment END) ORDER BY v.version) AS rows
            FROM evidence_version v LEFT JOIN evidence_blob b ON b.tenant_id = v.tenant_id AND b.sha256 = v.sha256
           WHERE v.tenant_id = $1 AND v.item_id = i.id AND v.submitted_at <= $3) v ON true
       ORDER BY i.id`, [scope.tenantId, [...workloadIds], asOf, after, limit]);
  }

  exceptions(scope: TenantScope, workloadIds: readonly string[], asOf: Date): Promise<ExportedException[]> {
    return this.rows<ExportedException>(scope, `
      SELECT id, kind, workload_id AS "workloadId", edition, requirement_key AS "requirementKey", reason, compensating_control AS "compensatingControl", expires_at AS "expiresAt",
             CASE WHEN withdrawn_at <= $3 THEN status WHEN decided_at <= $3 THEN CASE WHEN status = 'declined' THEN 'declined' ELSE 'approved' END ELSE 'requested' END AS status,
             requested_at AS "requestedAt", requested_by AS "requestedBy", CASE WHEN decided_at <= $3 THEN decided_at END AS "decidedAt",
             CASE WHEN decided_at <= $3 THEN decided_by END AS "decidedBy", CASE WHEN decided_at <= $3 THEN decision_comment END AS "decisionComment"
        FROM coverage_exception WHERE tenant_id = $1 AND workload_id = ANY ($2::uuid[]) AND requested_at <= $3 ORDER BY id`, [scope.tenantId, [...workloadIds], asOf]);
  }

  changes(scope: TenantScope, workloadId: string, from: Date, to: Date, limit: number): Promise<EvidenceChange[]> {
    return this.rows<EvidenceChange>(scope, `
      WITH linked AS (
        SELECT l.item_id, i.title, array_agg(l.requirement_key ORDER BY l.requirement_key) FILTER (WHERE l.requirement_key <> '' AND l.removed_at IS NULL) AS keys
          FROM evidence_link l JOIN evidence_item i ON i.tenant_id = l.tenant_id AND i.id = l.item_id
         WHERE l.tenant_id = $1 AND l.workload_id = $2 GROUP BY l.item_id, i.title),
      happened AS (
        SELECT v.submitted_at AS at, 'submitted' AS what, v.item_id, v.version, linked.title, linked.keys FROM linked JOIN evidence_version v ON v.tenant_id = $1 AND v.item_id = linked.item_id
        UNION ALL SELECT v.decided_at, v.status, v.item_id, v.version, linked.title, linked.keys FROM linked JOIN evidence_version v ON v.tenant_id = $1 AND v.item_id = linked.item_id WHERE v.decided_at IS NOT NULL
        UNION ALL SELECT v.expires_at, 'expired', v.item_id, v.version, linked.title, linked.keys FROM linked JOIN evidence_version v ON v.tenant_id = $1 AND v.item_id = linked.item_id
                   WHERE v.status = 'accepted' AND v.expires_at IS NOT NULL
        UNION ALL SELECT l.proposed_at, 'linked', l.item_id, NULL, linked.title, ARRAY[l.requirement_key] FROM evidence_link l JOIN linked ON linked.item_id = l.item_id WHERE l.tenant_id = $1 AND l.workload_id = $2 AND l.requirement_key <> ''
        UNION ALL SELECT l.removed_at, 'unlinked', l.item_id, NULL, linked.title, ARRAY[l.requirement_key] FROM evidence_link l JOIN linked ON linked.item_id = l.item_id
                   WHERE l.tenant_id = $1 AND l.workload_id = $2 AND l.removed_at IS NOT NULL AND l.requirement_key <> ''),
      waived AS (
        SELECT e.decided_at AS at, 'exception_approved' AS what, e.id, e.reason, e.requirement_key FROM coverage_exception e WHERE e.tenant_id = $1 AND e.workload_id = $2 AND e.status IN ('approved', 'withdrawn') AND e.decided_at IS NOT NULL
        UNION ALL SELECT e.expires_at, 'exception_expired', e.id, e.reason, e.requirement_key FROM coverage_exception e WHERE e.tenant_id = $1 AND e.workload_id = $2 AND e.status = 'approved' AND e.expires_at IS NOT NULL
        UNION ALL SELECT e.withdrawn_at, 'exception_withdrawn', e.id, e.reason, e.requirement_key FROM coverage_exception e WHERE e.tenant_id = $1 AND e.workload_id = $2 AND e.withdrawn_at IS NOT NULL)
      SELECT at, what, item_id AS "itemId", NULL::uuid AS "exceptionId", version, title, coalesce(keys, '{}') AS "requirementKeys" FROM happened WHERE at >= $3 AND at < $4
      UNION ALL SELECT at, what, NULL, id, NULL, left(reason, 300), ARRAY[requirement_key] FROM waived WHERE at >= $3 AND at < $4
      ORDER BY 1, 3, 4 LIMIT $5`, [scope.tenantId, workloadId, from, to, limit]);
  }
}
