import { Injectable } from '@nestjs/common';
import type { EvidenceKind, RiskTier, TriState } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { ExceptionKind, ExceptionStatus, LinkStatus, VersionStatus } from './coverage-inputs.js';

/** Compact rows: what is recorded about one workload. */
export interface CoverageRow {
  readonly workloadId: string;
  /** [item id, requirement key ('' = names the workload), status]. */
  readonly links: [string, string, LinkStatus][] | null;
  /** [id, kind, requirement key, status, expires at]. */
  readonly exceptions: [string, ExceptionKind, string, ExceptionStatus, string | null][] | null;
}

export interface CoverageItemRow {
  readonly itemId: string;
  readonly kind: EvidenceKind;
  readonly title: string;
  /** [version, status, effective from, expires at]. */
  readonly versions: [number, VersionStatus, string | null, string | null][];
}

export interface CoverageFacts {
  readonly riskTier: RiskTier | null;
  readonly executesTools: TriState;
}

/**
 * Reads everything that coverage needs, set-based. Nothing here is ever overwritten, so `asOf` is answered from the same rows: what was
 * recorded later is left out, and what was decided later is still waiting. `$4` NULL = now.
 */
@Injectable()
export class CoverageRepository extends TenantRepository {
  links(scope: TenantScope, workloadIds: readonly string[], edition: string, asOf: Date | null): Promise<CoverageRow[]> {
    return this.rows<CoverageRow>(scope, `
      WITH asked AS (SELECT unnest($2::uuid[]) AS id),
      linked AS (
        SELECT l.workload_id AS id, json_agg(json_build_array(l.item_id, l.requirement_key,
                 CASE WHEN l.decided_at IS NULL OR l.decided_at > $4::timestamptz THEN 'proposed' ELSE l.status END) ORDER BY l.id) AS rows
          FROM evidence_link l
         WHERE l.tenant_id = $1 AND l.workload_id = ANY ($2::uuid[]) AND l.edition IN ($3, '')
           AND (CASE WHEN $4::timestamptz IS NULL THEN l.removed_at IS NULL ELSE l.proposed_at <= $4 AND (l.removed_at IS NULL OR l.removed_at > $4) END)
         GROUP BY l.workload_id),
      excepted AS (
        SELECT e.workload_id AS id, json_agg(json_build_array(e.id, e.kind, e.requirement_key,
                 CASE WHEN $4::timestamptz IS NULL OR e.withdrawn_at <= $4 THEN e.status
                      WHEN e.decided_at <= $4 THEN CASE WHEN e.status = 'declined' THEN 'declined' ELSE 'approved' END
                      ELSE 'requested' END, e.expires_at) ORDER BY e.id) AS rows
          FROM coverage_exception e
         WHERE e.tenant_id = $1 AND e.workload_id = ANY ($2::uuid[]) AND e.edition = $3 AND ($4::timestamptz IS NULL OR e.requested_at <= $4)
         GROUP BY e.workload_id)
      SELECT asked.id AS "workloadId", linked.rows AS links, excepted.rows AS exceptions
        FROM asked LEFT JOIN linked USING (id) LEFT JOIN excepted USING (id)
       WHERE linked.rows IS NOT NULL OR excepted.rows IS NOT NULL`, [scope.tenantId, [...workloadIds], edition, asOf]);
  }

  items(scope: TenantScope, itemIds: readonly string[], asOf: Date | null): Promise<CoverageItemRow[]> {
    return this.rows<CoverageItemRow>(scope, `
      SELECT i.id AS "itemId", i.kind, i.title, v.rows AS versions
        FROM unnest($2::uuid[]) AS asked(id)
        JOIN evidence_item i ON i.tenant_id = $1 AND i.id = asked.id
        JOIN LATERAL (
          SELECT json_agg(json_build_array(v.version,
                   CASE WHEN $3::timestamptz IS NULL OR v.decided_at <= $3 THEN v.status
                        WHEN v.checked_at IS NULL OR v.checked_at > $3 THEN 'quarantined'
                        WHEN v.status = 'refused' THEN 'refused' ELSE 'submitted' END, v.effective_from, v.expires_at) ORDER BY v.version) AS rows
            FROM evidence_version v WHERE v.tenant_id = $1 AND v.item_id = i.id AND ($3::timestamptz IS NULL OR v.submitted_at <= $3)) v ON v.rows IS NOT NULL`,
    [scope.tenantId, [...itemIds], asOf]);
  }

  /**
   * Risk tier and tool use of a workload, now or as they were known at an instant (the history that the inventory keeps).
   * @returns null when the workload was not on the inventory at that instant
   */
  facts(scope: TenantScope, workloadId: string, asOf: Date | null): Promise<CoverageFacts | null> {
    return asOf === null
      ? this.row(scope, `SELECT risk_tier AS "riskTier", executes_tools AS "executesTools" FROM workload WHERE tenant_id = $1 AND id = $2`, [scope.tenantId, workloadId])
      : this.row(scope, `SELECT risk_tier AS "riskTier", executes_tools AS "executesTools" FROM workload_history WHERE tenant_id = $1 AND id = $2 AND valid @> $3::timestamptz`, [scope.tenantId, workloadId, asOf]);
  }
}
