import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

/** A row that would become a new workload. */
export interface FreshRow {
  readonly line: number;
  readonly name: string;
  /** Folded; '' when the row names none. */
  readonly team: string;
}

export interface KnownWorkload {
  readonly id: string;
  readonly name: string;
  readonly team: string;
}

/** Two that refer to the same repository or interface: a fresh row and a workload, or an earlier fresh row. */
export interface SharedReference {
  readonly line: number;
  readonly workloadId: string | null;
  readonly otherLine: number | null;
  readonly name: string;
  readonly team: string;
  /** As `normal_reference` spells them. */
  readonly repositories: readonly string[];
  readonly interfaces: readonly string[];
}

export interface FoundDuplicate {
  readonly line: number;
  readonly workloadId: string | null;
  readonly otherLine: number | null;
  readonly otherName: string;
  readonly score: number;
  readonly reasons: readonly string[];
  readonly others: number;
}

export interface DuplicateRow extends FoundDuplicate {
  /** Name in the file. */
  readonly name: string;
  /** Key of the workload it may be the same as. */
  readonly workload: string | null;
  /** The score as it is stored, by which the list is ordered; `score` is rounded for people. */
  readonly rank: number;
}

/** What one row is compared with at most, per reference. */
const PER_REFERENCE = 20;

/** SQL of the likely duplicates of an import: what to compare, and what was found. */
@Injectable()
export class ImportDuplicateRepository extends TenantRepository {
  /** The new rows in the order of the file. Call it after the import was planned. */
  fresh(scope: TenantScope, importId: string): Promise<FreshRow[]> {
    return this.rows<FreshRow & Record<string, unknown>>(scope, `
      SELECT r.line, r.data -> 'fields' ->> 'name' AS name, lower(coalesce(r.data -> 'fields' ->> 'team', '')) AS team
        FROM workload_import_row r JOIN workload_import_outcome o USING (tenant_id, import_id, line)
       WHERE r.tenant_id = $1 AND r.import_id = $2 AND o.reason = 'new' ORDER BY r.line`, [scope.tenantId, importId]);
  }

  /** What teams have already. */
  inTeams(scope: TenantScope, teams: readonly string[]): Promise<KnownWorkload[]> {
    return this.rows<KnownWorkload & Record<string, unknown>>(scope, `
      SELECT id, name, team_sort AS team FROM workload WHERE tenant_id = $1 AND listed AND lifecycle <> 'retired' AND team_sort = ANY ($2::text[]) ORDER BY id`, [scope.tenantId, [...teams]]);
  }

  /** New rows with the workloads, and the earlier new rows, that refer to the same repository or interface. */
  sharedReferences(scope: TenantScope, importId: string): Promise<SharedReference[]> {
    return this.rows<SharedReference & Record<string, unknown>>(scope, `
      WITH referring AS MATERIALIZED (
        SELECT r.line, f.field, normal_reference(v.value) AS value, r.data -> 'fields' ->> 'name' AS name, lower(coalesce(r.data -> 'fields' ->> 'team', '')) AS team
          FROM workload_import_row r JOIN workload_import_outcome o USING (tenant_id, import_id, line)
         CROSS JOIN (VALUES ('repositories'), ('interfaces')) f(field) CROSS JOIN LATERAL jsonb_array_elements_text(coalesce(r.data -> 'fields' -> f.field, '[]')) v(value)
         WHERE r.tenant_id = $1 AND r.import_id = $2 AND o.reason = 'new' AND (r.data -> 'fields' ? 'repositories' OR r.data -> 'fields' ? 'interfaces')),
      placed AS (SELECT *, row_number() OVER (PARTITION BY field, value ORDER BY line) AS place FROM referring WHERE value <> ''),
      known AS (
        SELECT f.workload_id, f.field, f.value, row_number() OVER (PARTITION BY f.field, f.value ORDER BY f.workload_id) AS place
          FROM workload_facet f WHERE f.tenant_id = $1 AND f.field IN ('repositories', 'interfaces') AND f.value IN (SELECT value FROM placed)),
      pairs AS (
        SELECT p.line, w.id AS workload_id, NULL::int AS other_line, w.name, w.team_sort AS team, p.field, p.value
          FROM placed p JOIN known k ON k.field = p.field AND k.value = p.value AND k.place <= ${PER_REFERENCE} JOIN workload w ON w.tenant_id = $1 AND w.id = k.workload_id AND w.listed AND w.lifecycle <> 'retired'
        UNION ALL SELECT p.line, NULL, q.line, q.name, q.team, p.field, p.value FROM placed p JOIN placed q ON q.field = p.field AND q.value = p.value AND q.line < p.line AND q.place <= ${PER_REFERENCE})
      SELECT line, workload_id AS "workloadId", other_line AS "otherLine", name, team,
             coalesce(array_agg(value) FILTER (WHERE field = 'repositories'), '{}') AS repositories, coalesce(array_agg(value) FILTER (WHERE field = 'interfaces'), '{}') AS interfaces
        FROM pairs GROUP BY 1, 2, 3, 4, 5`, [scope.tenantId, importId]);
  }

  /** Keeps what was found in the place of what was found before. @param unchecked new rows whose names were not compared */
  async replace(scope: TenantScope, importId: string, found: readonly FoundDuplicate[], unchecked: number): Promise<void> {
    await this.clear(scope, importId);
    if (found.length > 0) {
      await this.execute(scope, `
        INSERT INTO workload_import_duplicate (tenant_id, import_id, line, workload_id, other_line, other_name, score, reasons, others)
        SELECT $1, $2, d.line, d."workloadId", d."otherLine", d."otherName", d.score, d.reasons, d.others
          FROM jsonb_to_recordset($3::jsonb) AS d(line integer, "workloadId" uuid, "otherLine" integer, "otherName" text, score real, reasons text[], others integer)`, [scope.tenantId, importId, JSON.stringify(found)]);
    }
    await this.execute(scope, 'UPDATE workload_import SET duplicates_unchecked = $3 WHERE tenant_id = $1 AND id = $2', [scope.tenantId, importId, unchecked]);
  }

  async clear(scope: TenantScope, importId: string): Promise<void> {
    await this.execute(scope, 'DELETE FROM workload_import_duplicate WHERE tenant_id = $1 AND import_id = $2', [scope.tenantId, importId]);
  }

  /** Most likely first. @param after score and line after which the page starts */
  page(scope: TenantScope, importId: string, page: { after: readonly [number, number] | null; limit: number }): Promise<DuplicateRow[]> {
    return this.rows<DuplicateRow & Record<string, unknown>>(scope, `
      SELECT d.line, r.data -> 'fields' ->> 'name' AS name, d.workload_id AS "workloadId", w.key AS workload, d.other_line AS "otherLine", d.other_name AS "otherName", d.score::float8 AS rank, round(d.score::numeric, 2)::float8 AS score, d.reasons, d.others
        FROM workload_import_duplicate d JOIN workload_import_row r USING (tenant_id, import_id, line) LEFT JOIN workload w ON w.tenant_id = d.tenant_id AND w.id = d.workload_id
       WHERE d.tenant_id = $1 AND d.import_id = $2 AND ($3::real IS NULL OR d.score < $3::real OR (d.score = $3::real AND d.line > $4)) ORDER BY d.score DESC, d.line LIMIT $5`,
    [scope.tenantId, importId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit + 1]);
  }
}
