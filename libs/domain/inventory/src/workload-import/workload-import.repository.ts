import { Injectable } from '@nestjs/common';
import type { OperationStatus } from '@roster/contracts';
import type { Actor, TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { CustomFieldShape, MappedColumn } from './column-mapping.js';
import type { ColumnProfile } from './column-profile.js';
import type { EncodingGuess } from './file-inspection.js';
import type { FileWarning } from './import-issue.js';
import type { ImportOptions } from './import-options.js';
import type { RollbackResult } from './import-apply.repository.js';
import type { ImportResult } from './import-plan.repository.js';
import type { ImportOutcome, ImportReason, ImportState } from './import-state.js';

/** A mapped column as it is kept with the import. */
export type KeptColumn = Omit<MappedColumn, 'profile'> & { readonly profile: Omit<ColumnProfile, 'name' | 'distinctValues'> };

export interface WorkloadImportRow {
  readonly id: string;
  readonly fileName: string;
  readonly fileKey: string;
  readonly fileBytes: number;
  readonly fileSha256: string;
  readonly options: ImportOptions;
  readonly state: ImportState;
  readonly operationId: string;
  /** Newest run of the work; see {@link WorkloadImportRepository.beginRun}. */
  readonly run: number;
  readonly format: string | null;
  readonly encoding: string | null;
  readonly encodingSource: string | null;
  readonly encodingConfidence: number | null;
  readonly encodingGuesses: readonly EncodingGuess[];
  readonly delimiter: string | null;
  readonly sheet: string | null;
  readonly upsertBy: readonly string[];
  readonly identityStated: boolean;
  readonly columns: readonly KeptColumn[];
  readonly warnings: readonly FileWarning[];
  /** The earlier import whose mapping was taken over. */
  readonly rememberedFrom: { readonly id: string; readonly fileName: string; readonly committedAt: string } | null;
  readonly result: ImportResult | null;
  readonly rollbackResult: RollbackResult | null;
  readonly createdBy: Actor;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly committedAt: Date | null;
  readonly rolledBackAt: Date | null;
  readonly duplicatesUnchecked: number;
  /** What undoing it needs stays as long as it is there. */
  readonly undoStays: boolean;
  readonly removedAt: Date | null;
}

/** The import with the progress of its running or last work. */
export interface WatchedImportRow extends WorkloadImportRow {
  readonly status: OperationStatus;
  readonly done: number;
  readonly total: number | null;
  readonly unit: string;
  readonly problem: Readonly<Record<string, unknown>> | null;
}

export interface IssueGroupRow {
  readonly ordinal: number;
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly column: string | null;
  readonly field: string | null;
  readonly value: string | null;
  readonly message: string;
  readonly remedy: string;
  readonly didYouMean: string | null;
  readonly rows: number;
  readonly lines: readonly number[];
}

export interface IssueCauseRow {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly column: string | null;
  readonly field: string | null;
  readonly message: string;
  readonly remedy: string;
  readonly rows: number;
  /** How many different values have it. */
  readonly values: number;
  readonly examples: readonly { readonly value: string | null; readonly didYouMean: string | null; readonly rows: number; readonly lines: readonly number[] }[];
  /** How many values have a suggestion, in all. */
  readonly suggested: number;
  readonly suggestions: readonly { readonly from: string; readonly to: string }[];
}

export interface OutcomeRow {
  readonly line: number;
  readonly outcome: ImportOutcome;
  readonly reason: ImportReason;
  readonly name: string | null;
  readonly workloadId: string | null;
  readonly workloadKey: string | null;
  readonly sameAsLine: number | null;
  readonly digest: string;
  readonly rollback: string | null;
  readonly issues: readonly { readonly severity: string; readonly code: string; readonly column: string | null; readonly value: string | null; readonly message: string; readonly remedy: string; readonly didYouMean?: string }[];
}

export type RejectedRow = Pick<OutcomeRow, 'line' | 'reason' | 'issues'> & { readonly raw: readonly string[] };

const COLUMNS = `i.id, i.file_name AS "fileName", i.file_key AS "fileKey", i.file_bytes::float8 AS "fileBytes", i.file_sha256 AS "fileSha256", i.options, i.state, i.operation_id AS "operationId", i.run, i.format,
  i.encoding, i.encoding_source AS "encodingSource", i.delimiter, i.sheet, i.upsert_by AS "upsertBy", i.identity_stated AS "identityStated", i.columns, i.warnings, i.result,
  i.encoding_confidence AS "encodingConfidence", i.encoding_guesses AS "encodingGuesses",
  (SELECT jsonb_build_object('id', p.id, 'fileName', p.file_name, 'committedAt', p.committed_at) FROM workload_import p WHERE p.tenant_id = i.tenant_id AND p.id = i.remembered_from) AS "rememberedFrom",
  i.rollback_result AS "rollbackResult", i.created_by AS "createdBy", i.created_at AS "createdAt", i.updated_at AS "updatedAt", i.committed_at AS "committedAt", i.rolled_back_at AS "rolledBackAt",
  i.duplicates_unchecked AS "duplicatesUnchecked", i.undo_stays AS "undoStays", i.removed_at AS "removedAt"`;
const WATCHED = `${COLUMNS}, o.status, o.done::float8 AS done, o.total::float8 AS total, o.unit, o.problem`;
const FROM_WATCHED = `FROM workload_import i JOIN operation o ON o.tenant_id = i.tenant_id AND o.id = i.operation_id`;

/** SQL of imports, their rows and issues as people read them. */
@Injectable()
export class WorkloadImportRepository extends TenantRepository {
  async insert(scope: TenantScope, row: Pick<WorkloadImportRow, 'id' | 'fileName' | 'fileKey' | 'fileBytes' | 'fileSha256' | 'options' | 'undoStays'> & { at: Date }): Promise<void> {
    await this.execute(scope, `
      INSERT INTO workload_import (tenant_id, id, file_name, file_key, file_bytes, file_sha256, options, state, operation_id, created_by, created_at, updated_at, undo_stays)
      VALUES ($1, $2, $3, $4, $5, $6, $7::jsonb, 'pending', $2, $8::jsonb, $9, $9, $10)`,
    [scope.tenantId, row.id, row.fileName, row.fileKey, row.fileBytes, row.fileSha256, JSON.stringify(row.options), JSON.stringify(scope.actor), row.at, row.undoStays]);
  }

  find(scope: TenantScope, id: string): Promise<WatchedImportRow | null> {
    return this.row(scope, `SELECT ${WATCHED} ${FROM_WATCHED} WHERE i.tenant_id = $1 AND i.id = $2`, [scope.tenantId, id]);
  }

  /** Holds the import for the rest of the transaction. */
  lock(scope: TenantScope, id: string): Promise<WorkloadImportRow | null> {
    return this.row(scope, `SELECT ${COLUMNS} FROM workload_import i WHERE i.tenant_id = $1 AND i.id = $2 FOR UPDATE`, [scope.tenantId, id]);
  }

  /**
   * Numbers a run of the work that a job was enqueued for. Jobs do run twice; only the newest run speaks for the import.
   * @returns null when that work has ended or was asked for anew
   */
  async beginRun(scope: TenantScope, id: string, operationId: string, state: ImportState): Promise<number | null> {
    const row = await this.row<{ run: number }>(scope, 'UPDATE workload_import SET run = run + 1 WHERE tenant_id = $1 AND id = $2 AND operation_id = $3 AND state = $4 RETURNING run', [scope.tenantId, id, operationId, state]);
    return row?.run ?? null;
  }

  /** Newest first, or oldest first; one row more than the limit. */
  page(scope: TenantScope, query: { states: readonly string[] | null; after: readonly [string, string] | null; descending: boolean; limit: number }): Promise<WatchedImportRow[]> {
    const [comparison, order] = query.descending ? ['<', 'DESC'] : ['>', 'ASC'];
    return this.rows(scope, `
      SELECT ${WATCHED} ${FROM_WATCHED} WHERE i.tenant_id = $1 AND ($2::text[] IS NULL OR i.state = ANY ($2)) AND ($3::timestamptz IS NULL OR (i.created_at, i.id) ${comparison} ($3, $4::uuid))
       ORDER BY i.created_at ${order}, i.id ${order} LIMIT $5`, [scope.tenantId, query.states, query.after?.[0] ?? null, query.after?.[1] ?? null, query.limit + 1]);
  }

  async count(scope: TenantScope, states: readonly string[] | null): Promise<number> {
    return (await this.row<{ count: number }>(scope, `SELECT count(*)::int AS count FROM workload_import WHERE tenant_id = $1 AND ($2::text[] IS NULL OR state = ANY ($2))`, [scope.tenantId, states]))?.count ?? 0;
  }

  /** What reading the file found out. */
  async describe(scope: TenantScope, id: string, found: {
    format: string; encoding: string | null; encodingSource: string | null; encodingConfidence: number | null; encodingGuesses: readonly EncodingGuess[]; columnsDigest: Buffer; rememberedFrom: string | null; delimiter: string | null; sheet: string | null; upsertBy: readonly string[]; identityStated: boolean;
    columns: readonly KeptColumn[]; warnings: readonly FileWarning[]; at: Date;
  }): Promise<void> {
    await this.execute(scope, `
      UPDATE workload_import SET format = $3, encoding = $4, encoding_source = $5, delimiter = $6, sheet = $7, upsert_by = $8::text[], identity_stated = $9, columns = $10::jsonb, warnings = $11::jsonb, updated_at = $12,
             encoding_confidence = $13, encoding_guesses = $14::jsonb, columns_digest = $15, remembered_from = $16
       WHERE tenant_id = $1 AND id = $2`,
    [scope.tenantId, id, found.format, found.encoding, found.encodingSource, found.delimiter, found.sheet, [...found.upsertBy], found.identityStated, JSON.stringify(found.columns), JSON.stringify(found.warnings), found.at,
      found.encodingConfidence, JSON.stringify(found.encodingGuesses), found.columnsDigest, found.rememberedFrom]);
  }

  /** @returns false when the import was not in one of the states any more */
  async move(scope: TenantScope, id: string, from: readonly ImportState[], to: ImportState, at: Date, more: { operationId?: string; result?: ImportResult; rollbackResult?: RollbackResult } = {}): Promise<boolean> {
    return (await this.execute(scope, `
      UPDATE workload_import SET state = $4, updated_at = $5, operation_id = coalesce($6, operation_id), result = coalesce($7::jsonb, result), rollback_result = coalesce($8::jsonb, rollback_result),
             committed_at = CASE WHEN $4 = 'committed' AND state <> 'rolling_back' THEN $5 ELSE committed_at END, rolled_back_at = CASE WHEN $4 = 'rolled_back' THEN $5 ELSE rolled_back_at END
       WHERE tenant_id = $1 AND id = $2 AND state = ANY ($3::text[])`,
    [scope.tenantId, id, [...from], to, at, more.operationId ?? null, more.result ? JSON.stringify(more.result) : null, more.rollbackResult ? JSON.stringify(more.rollbackResult) : null])) === 1;
  }

  /** Begins again with other options, from the file that was uploaded. @returns false when the import was not in one of the states any more */
  async restart(scope: TenantScope, id: string, from: readonly ImportState[], options: ImportOptions, operationId: string, at: Date): Promise<boolean> {
    return (await this.execute(scope, `
      UPDATE workload_import SET state = 'pending', options = $4::jsonb, operation_id = $5, result = NULL, duplicates_unchecked = 0, updated_at = $6 WHERE tenant_id = $1 AND id = $2 AND state = ANY ($3::text[])`,
    [scope.tenantId, id, [...from], JSON.stringify(options), operationId, at])) === 1;
  }

  /** Says that the file and the rows are gone. */
  async removed(scope: TenantScope, id: string, at: Date): Promise<void> {
    await this.execute(scope, 'UPDATE workload_import SET removed_at = $3 WHERE tenant_id = $1 AND id = $2 AND removed_at IS NULL', [scope.tenantId, id, at]);
  }

  /** The last import that was written and had the same columns. */
  lastWithColumns(scope: TenantScope, digest: Buffer): Promise<Pick<WorkloadImportRow, 'id' | 'columns' | 'upsertBy' | 'identityStated' | 'options'> | null> {
    return this.row(scope, `
      SELECT id, columns, upsert_by AS "upsertBy", identity_stated AS "identityStated", options FROM workload_import
       WHERE tenant_id = $1 AND columns_digest = $2 AND state = 'committed' ORDER BY committed_at DESC LIMIT 1`, [scope.tenantId, digest]);
  }

  /** What an import created and is still listed, by key; `changed` when its fields are not as the import left them. */
  createdWorkloads(scope: TenantScope, id: string): Promise<{ id: string; key: string; name: string; changed: boolean }[]> {
    return this.rows(scope, `
      SELECT w.id, w.key, w.name, w.version <> o.version_after AS changed FROM workload_import_outcome o JOIN workload w ON w.tenant_id = o.tenant_id AND w.id = o.workload_id
       WHERE o.tenant_id = $1 AND o.import_id = $2 AND o.outcome = 'created' AND w.listed ORDER BY w.key`, [scope.tenantId, id]);
  }

  /** Issues by cause: the same thing wrong in the same column, whatever the value. */
  causes(scope: TenantScope, id: string, examples: number, suggestions: number): Promise<IssueCauseRow[]> {
    return this.rows(scope, `
      SELECT severity, code, column_name AS "column", field, message, remedy, sum(row_count)::int AS rows, count(*)::int AS values,
             (jsonb_agg(jsonb_build_object('value', value, 'didYouMean', did_you_mean, 'rows', row_count, 'lines', lines) ORDER BY row_count DESC, ordinal) FILTER (WHERE place <= $3)) AS examples, count(did_you_mean)::int AS suggested,
             coalesce(jsonb_agg(jsonb_build_object('from', value, 'to', did_you_mean) ORDER BY ordinal) FILTER (WHERE did_you_mean IS NOT NULL AND hinted <= $4), '[]') AS suggestions
        FROM (SELECT i.*, row_number() OVER (PARTITION BY severity, code, column_name, field, message, remedy ORDER BY row_count DESC, ordinal) AS place,
                     count(did_you_mean) OVER (PARTITION BY severity, code, column_name, field, message, remedy ORDER BY ordinal) AS hinted
                FROM workload_import_issue i WHERE tenant_id = $1 AND import_id = $2) i
       GROUP BY severity, code, column_name, field, message, remedy ORDER BY severity, rows DESC, min(ordinal)`, [scope.tenantId, id, examples, suggestions]);
  }

  issues(scope: TenantScope, id: string, query: { severities: readonly string[] | null; codes: readonly string[] | null; after: number | null; limit: number }): Promise<IssueGroupRow[]> {
    return this.rows(scope, `
      SELECT ordinal, severity, code, column_name AS "column", field, value, message, remedy, did_you_mean AS "didYouMean", row_count AS rows, lines FROM workload_import_issue
       WHERE tenant_id = $1 AND import_id = $2 AND ($3::text[] IS NULL OR severity = ANY ($3)) AND ($4::text[] IS NULL OR code = ANY ($4)) AND ordinal > coalesce($5, 0)
       ORDER BY ordinal LIMIT $6`, [scope.tenantId, id, query.severities, query.codes, query.after, query.limit + 1]);
  }

  outcomes(scope: TenantScope, id: string, query: { outcomes: readonly string[] | null; reasons: readonly string[] | null; rollbacks: readonly string[] | null; after: number | null; limit: number }): Promise<OutcomeRow[]> {
    return this.rows(scope, `
      SELECT o.line, o.outcome, o.reason, r.data -> 'fields' ->> 'name' AS name, o.workload_id AS "workloadId", o.workload_key AS "workloadKey", r.merged_into_line AS "sameAsLine", encode(r.digest, 'hex') AS digest,
             o.rollback, r.issues
        FROM workload_import_outcome o JOIN workload_import_row r USING (tenant_id, import_id, line)
       WHERE o.tenant_id = $1 AND o.import_id = $2 AND ($3::text[] IS NULL OR o.outcome = ANY ($3)) AND ($4::text[] IS NULL OR o.reason = ANY ($4)) AND ($7::text[] IS NULL OR o.rollback = ANY ($7))
         AND o.line > coalesce($5, 0)
       ORDER BY o.line LIMIT $6`, [scope.tenantId, id, query.outcomes, query.reasons, query.after, query.limit + 1, query.rollbacks]);
  }

  /** Rejected rows in the order of the file, a page at a time. */
  rejected(scope: TenantScope, id: string, afterLine: number, limit: number): Promise<RejectedRow[]> {
    return this.rows(scope, `
      SELECT o.line, o.reason, r.raw, r.issues FROM workload_import_outcome o JOIN workload_import_row r USING (tenant_id, import_id, line)
       WHERE o.tenant_id = $1 AND o.import_id = $2 AND o.outcome = 'rejected' AND o.line > $3 ORDER BY o.line LIMIT $4`, [scope.tenantId, id, afterLine, limit]);
  }

  customFields(scope: TenantScope): Promise<(CustomFieldShape & { archived: boolean })[]> {
    return this.rows(scope, `SELECT key, label, type, choices, archived_at IS NOT NULL AS archived FROM custom_field WHERE tenant_id = $1 ORDER BY key`, [scope.tenantId]);
  }
}
