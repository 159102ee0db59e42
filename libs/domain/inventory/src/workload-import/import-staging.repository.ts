import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import { ISSUE_VALUE_CHARS, type RowIssue } from './import-issue.js';
import { PLANNED_REJECTIONS, PLANNED_WARNINGS } from './outcome-message.js';
import type { RowData } from './row-reading.js';

export interface StagedRow {
  readonly line: number;
  readonly status: 'valid' | 'merged' | 'rejected';
  readonly mergedIntoLine: number | null;
  readonly raw: readonly string[];
  readonly data: RowData;
  readonly identity: Buffer | null;
  readonly digest: Buffer;
  readonly candidateId: string;
  readonly keyBase: string;
  readonly owners: readonly { readonly id: string; readonly role: string; readonly email: string }[];
  readonly issues: readonly RowIssue[];
}

/** Lines that a group of issues names; the others are found in the rows. */
const GROUP_LINES = 20;
const BATCH_CHARS = 64 * 1024;

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
/** Text format of COPY. */
const field = (value: string | number | Buffer | null): string =>
  value === null ? '\\N' : typeof value === 'number' ? String(value) : Buffer.isBuffer(value) ? `\\\\x${value.toString('hex')}` : value.replace(/[\\\t\n\r]/g, (char) => ESCAPES[char] as string);

/** SQL of the rows of an import: written once by COPY, grouped into issues. */
@Injectable()
export class ImportStagingRepository extends TenantRepository {
  /** Removes what an earlier, interrupted run left. */
  async clear(scope: TenantScope, importId: string): Promise<void> {
    for (const table of ['workload_import_issue', 'workload_import_duplicate', 'workload_import_outcome', 'workload_import_row']) {
      await this.execute(scope, `DELETE FROM ${table} WHERE tenant_id = $1 AND import_id = $2`, [scope.tenantId, importId]);
    }
  }

  /** Streams rows into staging with bounded memory. @returns how many */
  async copy(scope: TenantScope, importId: string, rows: AsyncIterable<StagedRow>): Promise<number> {
    const lines = async function* (): AsyncGenerator<string> {
      let batch = '';
      for await (const row of rows) {
        batch += [
          row.line, row.status, row.mergedIntoLine, JSON.stringify(row.raw), JSON.stringify(row.data), row.identity, row.digest, row.candidateId, row.keyBase, JSON.stringify(row.owners), JSON.stringify(row.issues),
        ].map(field).join('\t') + '\n';
        if (batch.length >= BATCH_CHARS) {
          yield batch;
          batch = '';
        }
      }
      if (batch) yield batch;
    };
    // COPY cannot write to a table with row security, so it fills a table of this transaction only, and one statement moves the rows.
    await this.execute(scope, `
      CREATE TEMPORARY TABLE import_upload (line integer, status text, merged_into_line integer, raw json, data jsonb, identity bytea, digest bytea, candidate_id uuid, key_base text, owners jsonb, issues jsonb) ON COMMIT DROP`);
    await this.copyIn(scope, 'COPY import_upload FROM STDIN', lines());
    return this.execute(scope, `
      INSERT INTO workload_import_row (tenant_id, import_id, line, status, merged_into_line, raw, data, identity, digest, candidate_id, key_base, owners, issues)
      SELECT $1, $2, line, status, merged_into_line, raw, data, identity, digest, candidate_id, key_base, owners, issues FROM import_upload ORDER BY line`, [scope.tenantId, importId]);
  }

  /** Groups equal issues, those of the rows and those that only the plan could tell: errors first, then by how many rows they concern. */
  async groupIssues(scope: TenantScope, importId: string): Promise<void> {
    await this.execute(scope, `DELETE FROM workload_import_issue WHERE tenant_id = $1 AND import_id = $2`, [scope.tenantId, importId]);
    const planned = Object.entries({ ...PLANNED_REJECTIONS, ...PLANNED_WARNINGS }).map(([code, { message, remedy }]) => ({ code, message, remedy }));
    await this.execute(scope, `
      WITH planned AS (SELECT code, message, remedy FROM jsonb_to_recordset($3::jsonb) AS p(code text, message text, remedy text)),
      fresh AS (
        SELECT r.line, r.data -> 'fields' ->> 'name' AS name, lower(r.data -> 'fields' ->> 'name') AS name_sort FROM workload_import_row r JOIN workload_import_outcome o USING (tenant_id, import_id, line)
         WHERE r.tenant_id = $1 AND r.import_id = $2 AND o.reason = 'new'),
      known AS (
        SELECT name_sort FROM fresh GROUP BY name_sort HAVING count(*) > 1
        UNION SELECT w.name_sort FROM workload w WHERE w.tenant_id = $1 AND w.listed AND w.name_sort IN (SELECT name_sort FROM fresh))
      INSERT INTO workload_import_issue (tenant_id, import_id, ordinal, severity, code, column_name, field, value, message, remedy, did_you_mean, row_count, lines)
      SELECT $1, $2, row_number() OVER (ORDER BY severity, row_count DESC, lines[1], code), severity, code, column_name, field, value, message, remedy, did_you_mean, row_count, lines
        FROM (SELECT severity, code, column_name, field, value, message, remedy, did_you_mean, count(*)::int AS row_count, (array_agg(line ORDER BY line))[1:${GROUP_LINES}] AS lines
                FROM (SELECT r.line, i.severity, i.code, i."column" AS column_name, i.field, i.value, i.message, i.remedy, i."didYouMean" AS did_you_mean
                        FROM workload_import_row r,
                             jsonb_to_recordset(r.issues) AS i(severity text, code text, "column" text, field text, value text, message text, remedy text, "didYouMean" text)
                       WHERE r.tenant_id = $1 AND r.import_id = $2 AND r.issues <> '[]'
                      UNION ALL
                      SELECT o.line, 'error', p.code, NULL, NULL, NULL, p.message, p.remedy, NULL
                        FROM workload_import_outcome o JOIN planned p ON p.code = o.reason WHERE o.tenant_id = $1 AND o.import_id = $2
                      UNION ALL
                      SELECT f.line, 'warning', p.code, NULL, 'name', left(f.name, ${ISSUE_VALUE_CHARS}), p.message, p.remedy, NULL FROM fresh f JOIN known k USING (name_sort) JOIN planned p ON p.code = 'name_in_use'
                       WHERE NOT EXISTS (SELECT 1 FROM workload_import_duplicate d WHERE d.tenant_id = $1 AND d.import_id = $2 AND d.line = f.line)
                      UNION ALL
                      SELECT d.line, 'warning', p.code, NULL, 'name', left(f.name, ${ISSUE_VALUE_CHARS}), p.message, p.remedy, coalesce(w.key, 'line ' || d.other_line)
                        FROM workload_import_duplicate d JOIN fresh f USING (line) JOIN planned p ON p.code = 'likely_duplicate' LEFT JOIN workload w ON w.tenant_id = d.tenant_id AND w.id = d.workload_id
                       WHERE d.tenant_id = $1 AND d.import_id = $2
                      UNION ALL
                      SELECT r.line, 'warning', p.code, NULL, e.role, e.email, p.message, p.remedy, NULL
                        FROM workload_import_row r CROSS JOIN LATERAL jsonb_to_recordset(r.owners) AS e(role text, email text) JOIN planned p ON p.code = 'owner_not_member'
                       WHERE r.tenant_id = $1 AND r.import_id = $2 AND r.status = 'valid' AND r.owners <> '[]'
                         AND NOT EXISTS (SELECT 1 FROM member m WHERE m.tenant_id = $1 AND lower(m.email) = e.email AND m.status = 'active')) x
               GROUP BY 1, 2, 3, 4, 5, 6, 7, 8) g`, [scope.tenantId, importId, JSON.stringify(planned)]);
  }
}
