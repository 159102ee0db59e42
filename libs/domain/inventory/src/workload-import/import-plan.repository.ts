import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { DuplicateDecision, IdentityRule } from './import-options.js';
import { FACT_COLUMNS, IDENTITY_COLUMNS, IMPORT_COLUMNS } from './import-column.js';

export interface ImportResult {
  readonly total: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly merged: number;
  readonly rejected: number;
}

const RECORD = IMPORT_COLUMNS.map(({ column, sqlType }) => `${column} ${sqlType}`).join(', ');
/** What a row says, as columns `d.*`; a field it does not mention is NULL. */
export const SAID = `jsonb_to_record(r.data -> 'fields') AS d(${RECORD})`;
export const RECORD_COLUMNS = RECORD;
const FIELDS_DIFFER = IMPORT_COLUMNS.map(({ column }) => `(d.${column} IS NOT NULL AND d.${column} IS DISTINCT FROM w.${column})`).join(' OR ');
const BULK_STATEMENT_TIMEOUT = '15min';
const SUFFIX = '-[0-9]{1,6}$';

/** How a workload is found by the values of its fields when no earlier import linked it. */
const sameValue = (field: string): string => {
  const custom = /^custom\.([a-z][a-zA-Z0-9_]{0,59})$/.exec(field)?.[1];
  if (custom !== undefined) return `lower(coalesce(w.custom ->> '${custom}', '')) = lower(coalesce(r.data -> 'custom' ->> '${custom}', ''))`;
  const column = IDENTITY_COLUMNS.get(field);
  if (column === undefined) throw new TypeError(`"${field}" cannot identify a workload`);
  const said = `lower(coalesce(r.data -> 'fields' ->> '${column}', ''))`;
  if (column === 'name') return `w.name_sort = ${said}`;
  if (column === 'team' || column === 'business_unit') return `w.${column}_sort = ${said}`;
  return `lower(coalesce(w.${column}, '')) = ${said}`;
};

/**
 * Decides what becomes of every row, by set operations: which workload it means, whether that says something else, which key a new one gets.
 * Runs in the transaction that writes, and in the same form for a dry run.
 */
@Injectable()
export class ImportPlanRepository extends TenantRepository {
  /**
   * For the rest of the transaction: the database joins by hash, because it has no statistics yet of rows that this transaction staged and would
   * loop over them row by row; and a statement may take as long as a large file needs, not as long as a request.
   */
  async prepareBulk(scope: TenantScope): Promise<void> {
    await this.execute(scope, `SELECT set_config('enable_nestloop', 'off', true), set_config('statement_timeout', $1, true)`, [BULK_STATEMENT_TIMEOUT]);
  }

  /** One import of an organization plans and writes at a time: keys and links are decided once. */
  async lockOrganization(scope: TenantScope): Promise<void> {
    await this.execute(scope, `SELECT pg_advisory_xact_lock(hashtextextended('workload-import:' || $1::text, 0))`, [scope.tenantId]);
  }

  /** Plans anew; an earlier plan is forgotten. @param decisions what somebody said about likely duplicates */
  async plan(scope: TenantScope, importId: string, rule: IdentityRule, decisions: readonly DuplicateDecision[] = []): Promise<void> {
    const ids = [scope.tenantId, importId];
    await this.execute(scope, `DELETE FROM workload_import_duplicate WHERE tenant_id = $1 AND import_id = $2`, ids);
    await this.execute(scope, `DELETE FROM workload_import_outcome WHERE tenant_id = $1 AND import_id = $2`, ids);
    await this.execute(scope, `
      INSERT INTO workload_import_outcome (tenant_id, import_id, line, outcome, reason)
      SELECT tenant_id, import_id, line, status, CASE status WHEN 'merged' THEN 'same_as_other_row' ELSE 'errors' END
        FROM workload_import_row WHERE tenant_id = $1 AND import_id = $2 AND status <> 'valid'`, ids);
    const leftOut = decisions.filter(({ as }) => as === 'left_out').map(({ line }) => line);
    if (leftOut.length > 0) {
      await this.execute(scope, `
        INSERT INTO workload_import_outcome (tenant_id, import_id, line, outcome, reason)
        SELECT tenant_id, import_id, line, 'merged', 'left_out_as_duplicate' FROM workload_import_row WHERE tenant_id = $1 AND import_id = $2 AND status = 'valid' AND line = ANY ($3::int[])`, [...ids, leftOut]);
    }
    const same = decisions.filter(({ as }) => as === 'same').map(({ line, workload }) => ({ line, workload }));
    const byKey = rule.upsertBy.length === 1 && rule.upsertBy[0] === 'key';
    await this.execute(scope, this.outcomeSql(byKey ? null : rule), [...ids, rule.stated, JSON.stringify(same)]);
    await this.execute(scope, `
      WITH fresh AS (
        SELECT o.line, r.key_base, regexp_replace(r.key_base, '${SUFFIX}', '') AS stem, substring(r.key_base FROM '-([0-9]{1,6})$')::int AS suffix, r.data -> 'fields' ->> 'key' AS said,
               row_number() OVER (PARTITION BY r.key_base ORDER BY o.line) AS nth, EXISTS (SELECT 1 FROM workload w WHERE w.tenant_id = $1 AND w.key = r.key_base) AS taken
          FROM workload_import_outcome o JOIN workload_import_row r USING (tenant_id, import_id, line)
         WHERE o.tenant_id = $1 AND o.import_id = $2 AND o.reason = 'new'),
      tops AS (
        SELECT stem, max(top) AS top FROM (
          SELECT regexp_replace(key, '${SUFFIX}', '') AS stem, coalesce(substring(key FROM '-([0-9]{1,6})$')::int, 1) AS top FROM workload WHERE tenant_id = $1
          UNION ALL SELECT stem, coalesce(suffix, 1) FROM fresh) s GROUP BY stem),
      numbered AS (
        SELECT f.line, f.said, f.key_base, f.stem, t.top, (f.nth = 1 AND NOT f.taken) AS free,
               row_number() OVER (PARTITION BY f.stem, (f.said IS NOT NULL), (f.nth = 1 AND NOT f.taken) ORDER BY f.line) AS place
          FROM fresh f JOIN tops t USING (stem))
      UPDATE workload_import_outcome o SET workload_key = coalesce(n.said, CASE WHEN n.free THEN n.key_base ELSE n.stem || '-' || (n.top + n.place) END)
        FROM numbered n WHERE o.tenant_id = $1 AND o.import_id = $2 AND o.line = n.line`, ids);
    // A row that says the same as another one means the same workload.
    await this.execute(scope, `
      UPDATE workload_import_outcome o SET workload_id = t.workload_id, workload_key = t.workload_key
        FROM workload_import_row r, workload_import_outcome t
       WHERE o.tenant_id = $1 AND o.import_id = $2 AND o.reason = 'same_as_other_row' AND r.tenant_id = $1 AND r.import_id = $2 AND r.line = o.line
         AND t.tenant_id = $1 AND t.import_id = $2 AND t.line = r.merged_into_line`, ids);
  }

  /** Counts of the plan; the five outcomes add up to `total`. */
  async result(scope: TenantScope, importId: string): Promise<ImportResult> {
    const row = await this.row<{ -readonly [Count in keyof ImportResult]: number }>(scope, `
      SELECT count(*)::int AS total, ${['created', 'updated', 'unchanged', 'merged', 'rejected'].map((outcome) => `(count(*) FILTER (WHERE outcome = '${outcome}'))::int AS ${outcome}`).join(', ')}
        FROM workload_import_outcome WHERE tenant_id = $1 AND import_id = $2`, [scope.tenantId, importId]);
    return row ?? { total: 0, created: 0, updated: 0, unchanged: 0, merged: 0, rejected: 0 };
  }

  private outcomeSql(rule: IdentityRule | null): string {
    const matched = rule === null ? `
      target AS (SELECT r.line, w.id AS workload_id, false AS ambiguous FROM valid r JOIN workload w ON w.tenant_id = $1 AND w.key = r.data -> 'fields' ->> 'key')` : `
      -- A row that says exactly what a row of the same identity said before is that workload, wherever it stands in the file.
      exact AS (
        SELECT DISTINCT ON (r.line) r.line, l.workload_id FROM valid r
          JOIN workload_import_link l ON l.tenant_id = $1 AND l.identity = r.identity AND l.digest = r.digest ORDER BY r.line, l.workload_id),
      rest_rows AS (
        SELECT r.line, r.identity, row_number() OVER (PARTITION BY r.identity ORDER BY r.line) AS n FROM valid r WHERE NOT EXISTS (SELECT 1 FROM exact e WHERE e.line = r.line)),
      rest_links AS (
        SELECT l.identity, l.workload_id, row_number() OVER (PARTITION BY l.identity ORDER BY l.workload_id) AS n FROM workload_import_link l
         WHERE l.tenant_id = $1 AND l.identity IN (SELECT identity FROM rest_rows) AND NOT EXISTS (SELECT 1 FROM exact e WHERE e.workload_id = l.workload_id)),
      linked AS (SELECT line, workload_id FROM exact UNION ALL SELECT r.line, l.workload_id FROM rest_rows r JOIN rest_links l USING (identity, n)),
      -- A workload that no import linked but that has the identifying values, such as one registered by hand.
      found AS (
        SELECT r.line, (array_agg(w.id ORDER BY w.id))[1] AS workload_id, count(*) > 1 AS ambiguous
          FROM valid r JOIN workload w ON w.tenant_id = $1 AND w.listed AND ${rule.upsertBy.map(sameValue).join(' AND ')}
         WHERE r.same_identity = 1 AND NOT EXISTS (SELECT 1 FROM linked l WHERE l.line = r.line) AND NOT EXISTS (SELECT 1 FROM linked l WHERE l.workload_id = w.id)
         GROUP BY r.line),
      target AS (
        SELECT line, workload_id, false AS ambiguous FROM linked
        UNION ALL SELECT line, CASE WHEN NOT ambiguous THEN workload_id END, ambiguous AND $3::boolean FROM found)`;
    return `
      WITH valid AS (
        SELECT line, identity, digest, candidate_id, data, owners, count(*) OVER (PARTITION BY identity) AS same_identity
          FROM workload_import_row WHERE tenant_id = $1 AND import_id = $2 AND status = 'valid' AND $3::boolean IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM workload_import_outcome o WHERE o.tenant_id = $1 AND o.import_id = $2 AND o.line = workload_import_row.line)),
      ${matched},
      -- Somebody said that the row is this workload. One row each: the first, and only where no row means it anyway.
      decided AS (
        SELECT DISTINCT ON (w.id) d.line, w.id AS workload_id FROM jsonb_to_recordset($4::jsonb) AS d(line integer, workload text)
          JOIN valid r ON r.line = d.line JOIN workload w ON w.tenant_id = $1 AND w.key = d.workload AND w.listed AND w.lifecycle <> 'retired'
         WHERE NOT EXISTS (SELECT 1 FROM target t WHERE t.workload_id = w.id AND t.line <> d.line) ORDER BY w.id, d.line)
      INSERT INTO workload_import_outcome (tenant_id, import_id, line, outcome, reason, workload_id, workload_key, version_after)
      SELECT $1, $2, x.line,
             CASE x.reason WHEN 'new' THEN 'created' WHEN 'reinstated' THEN 'created' WHEN 'says_something_else' THEN 'updated' WHEN 'says_the_same' THEN 'unchanged' WHEN 'workload_was_merged' THEN 'merged' ELSE 'rejected' END,
             x.reason, CASE WHEN x.reason = 'match_ambiguous' THEN NULL ELSE coalesce(x.merged_into_id, x.workload_id, x.candidate_id) END, x.key, CASE WHEN x.reason = 'new' THEN 1 END
        FROM (
          SELECT r.line, r.candidate_id, w.id AS workload_id, w.merged_into_id, w.key,
                 CASE WHEN t.ambiguous THEN 'match_ambiguous' WHEN w.id IS NULL THEN 'new' WHEN w.merged_into_id IS NOT NULL THEN 'workload_was_merged' WHEN w.withdrawn_at IS NOT NULL THEN 'reinstated'
                      WHEN NOT (${FIELDS_DIFFER} OR NOT (w.custom @> (r.data -> 'custom')) OR (r.data ? 'realDataAnswered' AND NOT w.processes_real_data_answered) OR facts.differ OR named.differ) THEN 'says_the_same'
                      WHEN w.lifecycle = 'retired' THEN 'workload_retired' ELSE 'says_something_else' END AS reason
            FROM valid r
            LEFT JOIN decided c ON c.line = r.line
            LEFT JOIN target t ON t.line = r.line AND c.line IS NULL
            LEFT JOIN workload w ON w.tenant_id = $1 AND w.id = coalesce(c.workload_id, t.workload_id)
            CROSS JOIN LATERAL ${SAID}
            CROSS JOIN LATERAL (
              SELECT w.id IS NOT NULL AND r.data -> 'facts' <> '{}' AND EXISTS (
                SELECT 1 FROM jsonb_each_text(r.data -> 'facts') f
                  LEFT JOIN workload_fact s ON s.tenant_id = $1 AND s.workload_id = w.id AND s.fact = f.key AND s.provenance = 'declared'
                 WHERE s.value IS DISTINCT FROM f.value) AS differ) facts
            CROSS JOIN LATERAL (
              SELECT w.id IS NOT NULL AND r.owners <> '[]' AND EXISTS (
                SELECT 1 FROM jsonb_to_recordset(r.owners) AS o(role text, email text)
                 WHERE NOT EXISTS (SELECT 1 FROM owner_assignment a LEFT JOIN member m ON m.tenant_id = $1 AND m.id = a.member_id
                                    WHERE a.tenant_id = $1 AND a.workload_id = w.id AND a.role = o.role AND a.position = 'owner' AND a.status <> 'ended' AND lower(coalesce(m.email, a.invited_email)) = o.email)) AS differ) named
        ) x`;
  }
}

export const FACT_NAMES_SQL = FACT_COLUMNS.map(([fact]) => `'${fact}'`).join(', ');
