import { Injectable } from '@nestjs/common';
import type { DrillKind, DrillResult } from '@roster/contracts';
import type { Actor, TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

export interface DrillRow {
  readonly id: string;
  readonly workloadId: string;
  readonly kind: DrillKind;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly durationSeconds: number;
  readonly result: DrillResult;
  readonly method: string;
  readonly participants: string[];
  readonly notes: string | null;
  readonly evidenceItemId: string;
  readonly evidenceVersion: number;
  readonly attachedEvidenceItemId: string | null;
  readonly recordedAt: Date;
  readonly recordedBy: Actor;
}
export type NewDrill = Omit<DrillRow, 'durationSeconds' | 'recordedBy'>;
export interface DrillFilter {
  readonly workloadId: string;
  readonly kinds: readonly string[] | null;
  readonly results: readonly string[] | null;
  readonly asOf: Date | null;
  /** [ended_at, id] of the row before the page. */
  readonly after: readonly [string, string] | null;
  readonly descending: boolean;
  readonly limit: number;
}

const COLUMNS = `d.id, d.workload_id AS "workloadId", d.kind, d.started_at AS "startedAt", d.ended_at AS "endedAt", d.duration_seconds AS "durationSeconds",
  d.result, d.method, d.participants, d.notes, d.evidence_item_id AS "evidenceItemId", d.evidence_version AS "evidenceVersion",
  d.attached_evidence_item_id AS "attachedEvidenceItemId", d.recorded_at AS "recordedAt", d.recorded_by AS "recordedBy"`;

/** SQL of `drill`. */
@Injectable()
export class DrillRepository extends TenantRepository {
  async insert(scope: TenantScope, drill: NewDrill): Promise<DrillRow> {
    const row = await this.row<DrillRow>(scope,
      `INSERT INTO drill AS d (tenant_id, id, workload_id, kind, started_at, ended_at, result, method, participants, notes, evidence_item_id, evidence_version,
                               attached_evidence_item_id, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text[], $10, $11, $12, $13, $14) RETURNING ${COLUMNS}`,
      [scope.tenantId, drill.id, drill.workloadId, drill.kind, drill.startedAt, drill.endedAt, drill.result, drill.method, drill.participants, drill.notes,
        drill.evidenceItemId, drill.evidenceVersion, drill.attachedEvidenceItemId, drill.recordedAt]);
    if (!row) throw new Error('The drill was not stored');
    return row;
  }

  async idsOf(scope: TenantScope, workloadId: string): Promise<string[]> {
    return (await this.rows<{ id: string }>(scope, `SELECT id FROM drill WHERE tenant_id = $1 AND workload_id = $2 ORDER BY ended_at, id`, [scope.tenantId, workloadId])).map(({ id }) => id);
  }

  /**
   * Repeats drills for another workload, as recorded at an instant; one that is there already is left out.
   * @param copies original and id of its copy
   * @returns those that were made
   */
  copyTo(scope: TenantScope, intoId: string, copies: readonly { id: string; copyId: string }[], at: Date): Promise<(Pick<DrillRow, 'id' | 'kind' | 'result' | 'startedAt' | 'endedAt'> & { copyId: string })[]> {
    return this.rows(scope, `
      WITH asked AS (SELECT * FROM jsonb_to_recordset($3::jsonb) AS x(id uuid, "copyId" uuid)),
      copied AS (
        INSERT INTO drill (tenant_id, id, workload_id, kind, started_at, ended_at, result, method, participants, notes, evidence_item_id, evidence_version, attached_evidence_item_id, recorded_at, recorded_by)
        SELECT d.tenant_id, x."copyId", $2, d.kind, d.started_at, d.ended_at, d.result, d.method, d.participants, d.notes, d.evidence_item_id, d.evidence_version, d.attached_evidence_item_id, $4, d.recorded_by
          FROM asked x JOIN drill d ON d.tenant_id = $1 AND d.id = x.id
         WHERE NOT EXISTS (SELECT FROM drill own WHERE own.tenant_id = $1 AND own.workload_id = $2 AND own.kind = d.kind AND own.started_at = d.started_at AND own.ended_at = d.ended_at)
        RETURNING id, kind, result, started_at, ended_at)
      SELECT x.id, c.id AS "copyId", c.kind, c.result, c.started_at AS "startedAt", c.ended_at AS "endedAt" FROM copied c JOIN asked x ON x."copyId" = c.id ORDER BY c.ended_at, c.id`,
    [scope.tenantId, intoId, JSON.stringify(copies), at]);
  }

  find(scope: TenantScope, id: string): Promise<DrillRow | null> {
    return this.row<DrillRow>(scope, `SELECT ${COLUMNS} FROM drill d WHERE d.tenant_id = $1 AND d.id = $2`, [scope.tenantId, id]);
  }

  /** One row more than the limit, so that the caller knows whether there is a next page. */
  page(scope: TenantScope, filter: DrillFilter): Promise<DrillRow[]> {
    const [comparison, order] = filter.descending ? ['<', 'DESC'] : ['>', 'ASC'];
    return this.rows<DrillRow>(scope,
      `SELECT ${COLUMNS} FROM drill d
        WHERE d.tenant_id = $1 AND d.workload_id = $2
          AND ($3::text[] IS NULL OR d.kind = ANY ($3)) AND ($4::text[] IS NULL OR d.result = ANY ($4))
          AND ($5::timestamptz IS NULL OR d.recorded_at <= $5)
          AND ($6::timestamptz IS NULL OR (d.ended_at, d.id) ${comparison} ($6, $7::uuid))
        ORDER BY d.ended_at ${order}, d.id ${order} LIMIT $8`,
      [scope.tenantId, filter.workloadId, filter.kinds, filter.results, filter.asOf, filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit + 1]);
  }

  /** The newest passed drill of one kind for each of these workloads. Set-based: one statement for thousands. */
  latestPassed(scope: TenantScope, workloadIds: readonly string[], kind: DrillKind): Promise<DrillRow[]> {
    return this.rows<DrillRow>(scope,
      `SELECT DISTINCT ON (d.workload_id) ${COLUMNS} FROM drill d
        WHERE d.tenant_id = $1 AND d.workload_id = ANY ($2::uuid[]) AND d.kind = $3 AND d.result = 'passed'
        ORDER BY d.workload_id, d.ended_at DESC, d.recorded_at DESC, d.id DESC`,
      [scope.tenantId, workloadIds, kind]);
  }

  /** Drills of one workload that were recorded in a period, oldest first, for reviews and packs. */
  between(scope: TenantScope, workloadId: string, from: Date, to: Date): Promise<DrillRow[]> {
    return this.rows<DrillRow>(scope,
      `SELECT ${COLUMNS} FROM drill d WHERE d.tenant_id = $1 AND d.workload_id = $2 AND d.recorded_at > $3 AND d.recorded_at <= $4 ORDER BY d.ended_at, d.id`,
      [scope.tenantId, workloadId, from, to]);
  }
}
