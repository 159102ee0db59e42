import { acceptedValues, type ImportField } from './import-field.js';
import { fixesOf } from './import-fix.js';
import type { ImportCauseDto, ImportColumnDto, ImportIssueDto, ImportTargetDto, ImportIssuePageDto, ImportRowDto, WorkloadImportDto, WorkloadImportSummaryDto } from './workload-import.dto.js';
import type { IssueCauseRow, IssueGroupRow, KeptColumn, OutcomeRow, WatchedImportRow } from './workload-import.repository.js';

export const toImportSummary = (row: WatchedImportRow): WorkloadImportSummaryDto => ({
  id: row.id, status: row.status, progress: { done: row.done, total: row.total, unit: row.unit }, state: row.state, dryRun: row.options.dryRun, ...(row.result ? { result: row.result } : {}),
  fileName: row.fileName, bytes: row.fileBytes, createdBy: row.createdBy, createdAt: row.createdAt,
});

const toColumn = ({ index, column, target, source, confidence, alternatives, profile }: KeptColumn): ImportColumnDto => ({
  position: index + 1, column, field: target.kind === 'field' ? target.field : target.kind === 'custom' ? `custom.${target.custom.key}` : null, createsCustomField: target.kind === 'custom' && target.isNew,
  source, confidence, alternatives: [...alternatives], filled: profile.filled, blank: profile.blank, blankSpellings: { ...profile.blankSpellings }, samples: [...profile.samples],
});

export const toIssue = ({ ordinal: _ordinal, lines, ...group }: IssueGroupRow): ImportIssueDto => ({ ...group, lines: [...lines] });

export const toCause = ({ suggestions, examples, ...cause }: IssueCauseRow, format: string | null): ImportCauseDto => ({
  ...cause, examples: examples.map((example) => ({ ...example, lines: [...example.lines] })), fixes: fixesOf({ ...cause, suggestions }, format),
});

export const toTarget = ({ name, label, type }: ImportField): ImportTargetDto => ({ name, label, kind: type.kind, values: [...acceptedValues(type)] });

export const toImport = (row: WatchedImportRow, issues: ImportIssuePageDto): WorkloadImportDto => ({
  ...toImportSummary(row), ...(row.rollbackResult ? { rollback: row.rollbackResult } : {}), ...(row.problem ? { problem: row.problem } : {}),
  sha256: row.fileSha256, format: row.format, encoding: row.encoding, encodingSource: row.encodingSource, encodingConfidence: row.encodingConfidence, encodingGuesses: row.encodingGuesses.map((guess) => ({ ...guess })), delimiter: row.delimiter, sheet: row.sheet, upsertBy: [...row.upsertBy],
  columns: row.columns.map(toColumn), options: row.options, rememberedFrom: row.rememberedFrom, warnings: row.warnings.map((warning) => ({ ...warning })), issues, committedAt: row.committedAt, rolledBackAt: row.rolledBackAt,
});

export const toImportRow = (row: OutcomeRow): ImportRowDto => ({
  line: row.line, outcome: row.outcome, reason: row.reason, name: row.name, workload: row.workloadKey, sameAsLine: row.sameAsLine, digest: `sha256:${row.digest}`, rollback: row.rollback, issues: row.issues,
});
