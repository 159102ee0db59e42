import { acceptedValues, type ImportField } from './import-field.js';
import type { DuplicateRow } from './import-duplicate.repository.js';
import { duplicateFixes, fixesOf } from './import-fix.js';
import { keptUntil } from './import-retention.js';
import type { ImportCauseDto, ImportColumnDto, ImportDuplicateDto, ImportIssueDto, ImportTargetDto, ImportIssuePageDto, ImportRowDto, WorkloadImportDto, WorkloadImportSummaryDto } from './workload-import.dto.js';
import type { IssueCauseRow, IssueGroupRow, KeptColumn, OutcomeRow, WatchedImportRow } from './workload-import.repository.js';

export const toImportSummary = (row: WatchedImportRow): WorkloadImportSummaryDto => ({
  id: row.id, status: row.status, progress: { done: row.done, total: row.total, unit: row.unit }, state: row.state, dryRun: row.options.dryRun, ...(row.result ? { result: row.result } : {}),
  fileName: row.fileName, bytes: row.fileBytes, createdBy: row.createdBy, createdAt: row.createdAt, keptUntil: keptUntil(row), removedAt: row.removedAt,
});

const toColumn = ({ index, column, target, source, confidence, alternatives, profile }: KeptColumn): ImportColumnDto => ({
  position: index + 1, column, field: target.kind === 'field' ? target.field : target.kind === 'custom' ? `custom.${target.custom.key}` : null, createsCustomField: target.kind === 'custom' && target.isNew,
  source, confidence, alternatives: [...alternatives], filled: profile.filled, blank: profile.blank, blankSpellings: { ...profile.blankSpellings }, samples: [...profile.samples],
});

export const toIssue = ({ ordinal: _ordinal, lines, ...group }: IssueGroupRow): ImportIssueDto => ({ ...group, lines: [...lines] });

/** @param duplicates of the cause that names them */
export const toCause = ({ suggestions, suggested, examples, ...cause }: IssueCauseRow, format: string | null, duplicates: readonly DuplicateRow[] = []): ImportCauseDto => ({
  ...cause, examples: examples.map((example) => ({ ...example, lines: [...example.lines] })), fixes: [...fixesOf({ ...cause, suggestions, suggested }, format), ...duplicateFixes(duplicates, cause.rows)],
});

export const toDuplicate = ({ line, name, workload, otherLine, otherName, score, reasons, others }: DuplicateRow): ImportDuplicateDto => ({ line, name, workload, otherLine, otherName, score, reasons: [...reasons], others });

export const toTarget = ({ name, label, type }: ImportField): ImportTargetDto => ({ name, label, kind: type.kind, values: [...acceptedValues(type)] });

export const toImport = (row: WatchedImportRow, issues: ImportIssuePageDto): WorkloadImportDto => ({
  ...toImportSummary(row), ...(row.rollbackResult ? { rollback: row.rollbackResult } : {}), ...(row.problem ? { problem: row.problem } : {}),
  sha256: row.fileSha256, format: row.format, encoding: row.encoding, encodingSource: row.encodingSource, encodingConfidence: row.encodingConfidence, encodingGuesses: row.encodingGuesses.map((guess) => ({ ...guess })), delimiter: row.delimiter, sheet: row.sheet, upsertBy: [...row.upsertBy],
  columns: row.columns.map(toColumn), options: row.options, rememberedFrom: row.rememberedFrom, warnings: row.warnings.map((warning) => ({ ...warning })), issues, committedAt: row.committedAt, rolledBackAt: row.rolledBackAt, duplicatesUnchecked: row.duplicatesUnchecked,
});

export const toImportRow = (row: OutcomeRow): ImportRowDto => ({
  line: row.line, outcome: row.outcome, reason: row.reason, name: row.name, workload: row.workloadKey, sameAsLine: row.sameAsLine, digest: `sha256:${row.digest}`, rollback: row.rollback, issues: row.issues,
});
