import { ApiProperty } from '@nestjs/swagger';
import { OPERATION_STATUSES } from '@roster/contracts';
import { BooleanField, ChoiceField, IdField, InstantField, IntegerField, JsonField, NumberField, ObjectField, ObjectsField, TextField, TextsField } from '@roster/platform-http';
import { IMPORT_FORMATS } from './file-inspection.js';
import { IMPORT_FIX_KINDS } from './import-fix.js';
import { MAX_REPLACEMENTS } from './import-options.js';
import { IMPORT_OUTCOMES, IMPORT_REASONS, IMPORT_STATES } from './import-state.js';
import { FORMULA_POLICIES } from './row-reading.js';

const COUNT = { min: 0, max: 1_000_000_000 } as const;

/** One value of a column that means another one. */
export class ValueReplacementDto {
  @TextField({ description: 'Column of the file.', max: 2_000 }) column!: string;
  @TextField({ description: 'The value as it stands in the file; upper and lower case and spaces do not count.', max: 20_000 }) from!: string;
  @TextField({ description: 'What it means. Empty: nothing.', min: 0, max: 20_000 }) to!: string;
}

/** What to do with a row that is likely a duplicate. */
export class DuplicateDecisionDto {
  @IntegerField({ description: 'Line of the row.', min: 1, max: 1_000_000_000 }) line!: number;
  @ChoiceField(['same', 'left_out'], { description: 'same: the row means the workload and changes it; left_out: the row is not imported.' }) as!: 'same' | 'left_out';
  @TextField({ description: 'Key of the workload it is the same as; needed for same.', max: 60, optional: true, nullable: true }) workload?: string | null;
}

/** Options of an import: the form field `options`, as JSON text. */
export class ImportOptionsDto {
  @BooleanField({ description: 'true shows what the import would do and changes nothing; false (the default) writes.', optional: true })
  dryRun?: boolean;

  @JsonField({ description: 'Column name -> field of the workload, `custom.<key>`, or null to leave the column out. What is not named is guessed, with confidence.', optional: true, example: { 'Use case': 'name', Owner: 'riskOwner', Notes: null } })
  mapping?: Record<string, string | null>;

  @JsonField({ description: 'Field -> value for every row that has none. It never answers a fact for which the file has a column.', optional: true, example: { kind: 'model', team: 'Data Science' } })
  defaults?: Record<string, string>;

  @ChoiceField(['custom', 'ignore'], { description: 'What becomes of columns that no field fits: custom fields (default), or left out and named as not imported.', optional: true })
  unmapped?: 'custom' | 'ignore';

  @ChoiceField(FORMULA_POLICIES, { description: 'Cells with formulas: reject the row (default), keep the formula as text, or take the value the program last computed (XLSX).', optional: true })
  formulas?: (typeof FORMULA_POLICIES)[number];

  @TextsField({ description: 'Fields that say which workload a row is: ["key"], ["name"], ["custom.assetId"], ... A single one may be sent as text. Default: the key when the file has one, otherwise name, team and business unit.', optional: true, min: 1, max: 5, maxLength: 100 })
  upsertBy?: string[];

  @TextField({ description: 'Encoding of a text file, such as windows-1252. Default: found out.', optional: true, max: 60 })
  encoding?: string;

  @TextField({ description: 'One character that separates the columns of a CSV file. Default: found out.', optional: true, max: 1, pattern: /^[^"\r\n]$/, patternHint: 'expected one character other than a quote or a line break' })
  delimiter?: string;

  @TextField({ description: 'Sheet of an XLSX file. Default: the first visible one.', optional: true, max: 200 })
  sheet?: string;

  @BooleanField({ description: 'true takes over, for columns that `mapping` does not name, where the last import with the same columns put them. Default: false.', optional: true })
  useRemembered?: boolean;

  @ObjectsField(() => ValueReplacementDto, { description: 'Values of a column to read as another one, such as what an issue suggests.', optional: true, max: MAX_REPLACEMENTS })
  replacements?: ValueReplacementDto[];

  @TextsField({ description: 'Columns whose cells are left blank, with a warning, when they cannot be read. Default: such a cell rejects its row.', optional: true, max: 500, maxLength: 2_000 })
  leaveBlank?: string[];

  @ObjectsField(() => DuplicateDecisionDto, { description: 'What to do with rows that are likely duplicates, see /duplicates. Default: each becomes a workload of its own.', optional: true, max: 10_000 })
  duplicates?: DuplicateDecisionDto[];
}

export class ImportAcceptedDto {
  @IdField({ description: 'Id of the import.' })
  id!: string;

  @TextField({ description: 'Where to watch it.' })
  href!: string;
}

export class ImportProgressDto {
  @IntegerField({ description: 'Rows done.', ...COUNT })
  done!: number;

  @IntegerField({ description: 'Rows in all; null while they are being counted.', nullable: true, ...COUNT })
  total!: number | null;

  @TextField({ description: 'What is counted.' })
  unit!: string;
}

/** What became of the rows, or would become in a dry run. The five outcomes add up to `total`. */
export class ImportResultDto {
  @IntegerField({ description: 'Rows of the file.', ...COUNT }) total!: number;
  @IntegerField({ description: 'Rows that became new workloads.', ...COUNT }) created!: number;
  @IntegerField({ description: 'Rows that changed a workload.', ...COUNT }) updated!: number;
  @IntegerField({ description: 'Rows that say what the inventory says already.', ...COUNT }) unchanged!: number;
  @IntegerField({ description: 'Rows that say the same as another row, mean a workload that was merged into another, or were left out as duplicates.', ...COUNT }) merged!: number;
  @IntegerField({ description: 'Rows with errors; see issues and rejected.csv.', ...COUNT }) rejected!: number;
}

export class ImportRollbackDto {
  @IntegerField({ description: 'Workloads the import created, withdrawn.', ...COUNT }) withdrawn!: number;
  @IntegerField({ description: 'Workloads the import changed, as they were before.', ...COUNT }) restored!: number;
  @IntegerField({ description: 'Workloads somebody changed since: left as they are; find them with rows?filter[rollback]=kept_changed_since.', ...COUNT }) keptChangedSince!: number;
}

export class MappingAlternativeDto {
  @TextField({ description: 'Field it might be.' }) field!: string;
  @NumberField({ description: 'Confidence.', min: 0, max: 1 }) confidence!: number;
}

export class ImportColumnDto {
  @IntegerField({ description: 'Place in the file, from 1.', min: 1, max: 10_000 }) position!: number;
  @TextField({ description: 'Heading; a repeated one carries a number.' }) column!: string;
  @TextField({ description: 'Field it fills: a field of the workload or `custom.<key>`; null: not imported.', nullable: true }) field!: string | null;
  @BooleanField({ description: 'A custom field that this import creates.' }) createsCustomField!: boolean;
  @ChoiceField(['stated', 'remembered', 'guessed', 'fallback'], { description: 'Who decided: the caller, the last import with these columns, the headings and values, or nobody (custom field or left out).' }) source!: string;
  @NumberField({ description: 'How sure a guess is.', min: 0, max: 1 }) confidence!: number;
  @ObjectsField(() => MappingAlternativeDto, { description: 'Other fields it might be, best first.' }) alternatives!: MappingAlternativeDto[];
  @IntegerField({ description: 'Rows with a value.', ...COUNT }) filled!: number;
  @IntegerField({ description: 'Rows that say nothing here.', ...COUNT }) blank!: number;
  @JsonField({ description: 'How blanks were written other than as nothing, with how often.' }) blankSpellings!: Record<string, number>;
  @TextsField({ description: 'The first different values, shortened.' }) samples!: string[];
}

export class ImportWarningDto {
  @TextField({ description: 'What kind of warning.' }) code!: string;
  @TextField({ description: 'What was noticed about the file.' }) message!: string;
  @TextField({ description: 'What to do about it.' }) remedy!: string;
}

export class ImportIssueDto {
  @ChoiceField(['error', 'warning'], { description: 'An error rejects its rows, a warning does not.' }) severity!: string;
  @TextField({ description: 'What kind of issue.' }) code!: string;
  @TextField({ description: 'Column of the file.', nullable: true }) column!: string | null;
  @TextField({ description: 'Field it goes to.', nullable: true }) field!: string | null;
  @TextField({ description: 'The value, shortened.', nullable: true }) value!: string | null;
  @TextField({ description: 'What is wrong.' }) message!: string;
  @TextField({ description: 'How to repair it.' }) remedy!: string;
  @TextField({ description: 'What was probably meant.', nullable: true }) didYouMean!: string | null;
  @IntegerField({ description: 'How many rows have this issue.', ...COUNT }) rows!: number;
  @ApiProperty({ type: 'integer', isArray: true, description: 'Lines of the first of them (row numbers in XLSX).' }) lines!: number[];
}

export class ImportIssuePageDto {
  @ObjectsField(() => ImportIssueDto, { description: 'Groups of equal issues, errors first.' }) items!: ImportIssueDto[];
  @TextField({ description: 'For the next page.', nullable: true }) nextCursor!: string | null;
}

export class EncodingGuessDto {
  @TextField({ description: 'Name of the encoding.' }) name!: string;
  @NumberField({ description: 'How likely it is; null when nothing speaks for or against it.', nullable: true, min: 0, max: 1 }) confidence!: number | null;
  @TextField({ description: 'The first line with special characters, read in this encoding.' }) sample!: string;
}

export class RememberedImportDto {
  @IdField({ description: 'Id of the import.' }) id!: string;
  @TextField({ description: 'Name of its file.' }) fileName!: string;
  @InstantField({ description: 'When it was written.' }) committedAt!: string;
}

export class WorkloadImportDto {
  @IdField({ description: 'Id of the import.' }) id!: string;
  @ChoiceField(OPERATION_STATUSES, { description: 'Of the work that runs or ran last: reading, committing or rolling back.' }) status!: string;
  @ObjectField(() => ImportProgressDto, { description: 'How far it is.' }) progress!: ImportProgressDto;
  @ChoiceField(IMPORT_STATES, { description: 'Where the import stands.' }) state!: string;
  @BooleanField({ description: 'It was started as a dry run.' }) dryRun!: boolean;
  @ObjectField(() => ImportResultDto, { description: 'Counts, once the rows have been read.', optional: true }) result?: ImportResultDto;
  @ObjectField(() => ImportRollbackDto, { description: 'What a rollback did.', optional: true }) rollback?: ImportRollbackDto;
  @JsonField({ description: 'Why the work failed, as a problem document.', optional: true }) problem?: Record<string, unknown>;
  @TextField({ description: 'Name of the file.' }) fileName!: string;
  @IntegerField({ description: 'Size in bytes.', ...COUNT }) bytes!: number;
  @TextField({ description: 'SHA-256 of the file, hexadecimal.' }) sha256!: string;
  @ChoiceField(IMPORT_FORMATS, { description: 'Format by content.', nullable: true }) format!: string | null;
  @TextField({ description: 'Encoding that was used; null for XLSX.', nullable: true }) encoding!: string | null;
  @ChoiceField(['stated', 'byte_order_mark', 'valid', 'assumed'], { description: 'How the encoding is known.', nullable: true }) encodingSource!: string | null;
  @NumberField({ description: 'How sure the encoding is; null for XLSX.', nullable: true, min: 0, max: 1 }) encodingConfidence!: number | null;
  @ObjectsField(() => EncodingGuessDto, { description: 'The encoding and what else it might be, each with how it reads. Empty when the file has no special characters, or says itself what it is.' }) encodingGuesses!: EncodingGuessDto[];
  @TextField({ description: 'Delimiter of a CSV file.', nullable: true }) delimiter!: string | null;
  @TextField({ description: 'Sheet of an XLSX file.', nullable: true }) sheet!: string | null;
  @TextsField({ description: 'Fields that say which workload a row is.' }) upsertBy!: string[];
  @ObjectsField(() => ImportColumnDto, { description: 'Where each column goes, and why.' }) columns!: ImportColumnDto[];
  @JsonField({ description: 'The options it was read with, see ImportOptionsDto.' }) options!: object;
  @ObjectField(() => RememberedImportDto, { description: 'The earlier import whose mapping was taken over.', nullable: true }) rememberedFrom!: RememberedImportDto | null;
  @ObjectsField(() => ImportWarningDto, { description: 'What the file as a whole gives reason to say.' }) warnings!: ImportWarningDto[];
  @ObjectField(() => ImportIssuePageDto, { description: 'The first groups of issues; more at /issues.' }) issues!: ImportIssuePageDto;
  @JsonField({ description: 'Who started it.' }) createdBy!: object;
  @InstantField({ description: 'When it was started.' }) createdAt!: Date;
  @InstantField({ description: 'When it was written.', nullable: true }) committedAt!: Date | null;
  @InstantField({ description: 'When it was taken back.', nullable: true }) rolledBackAt!: Date | null;
  @IntegerField({ description: 'New rows whose names were not compared with others, because too many are alike.', ...COUNT }) duplicatesUnchecked!: number;
  @InstantField({ description: 'Until when its file and rows are kept, and a written one can be undone; null while work runs, and for what is kept as long as it is needed.', nullable: true }) keptUntil!: Date | null;
  @InstantField({ description: 'When its file and rows were removed; counts, columns and the trail stay.', nullable: true }) removedAt!: Date | null;
}

/** An import in the list: without columns, warnings and issues. */
export class WorkloadImportSummaryDto {
  @IdField({ description: 'Id of the import.' }) id!: string;
  @ChoiceField(OPERATION_STATUSES, { description: 'Of the work that runs or ran last.' }) status!: string;
  @ObjectField(() => ImportProgressDto, { description: 'How far it is.' }) progress!: ImportProgressDto;
  @ChoiceField(IMPORT_STATES, { description: 'Where the import stands.' }) state!: string;
  @BooleanField({ description: 'It was started as a dry run.' }) dryRun!: boolean;
  @ObjectField(() => ImportResultDto, { description: 'Counts, once the rows have been read.', optional: true }) result?: ImportResultDto;
  @TextField({ description: 'Name of the file.' }) fileName!: string;
  @IntegerField({ description: 'Size in bytes.', ...COUNT }) bytes!: number;
  @JsonField({ description: 'Who started it.' }) createdBy!: object;
  @InstantField({ description: 'When it was started.' }) createdAt!: Date;
  @InstantField({ description: 'Until when its file and rows are kept, and a written one can be undone; null while work runs, and for what is kept as long as it is needed.', nullable: true }) keptUntil!: Date | null;
  @InstantField({ description: 'When its file and rows were removed.', nullable: true }) removedAt!: Date | null;
}

export class WorkloadImportPageDto {
  @ObjectsField(() => WorkloadImportSummaryDto, { description: 'Imports.' }) items!: WorkloadImportSummaryDto[];
  @TextField({ description: 'For the next page.', nullable: true }) nextCursor!: string | null;
  @IntegerField({ description: 'All of them, when asked for.', optional: true, ...COUNT }) total?: number;
}

export class ImportRowDto {
  @IntegerField({ description: 'Line of the file where the row begins (row number in XLSX).', min: 1, max: 1_000_000_000 }) line!: number;
  @ChoiceField(IMPORT_OUTCOMES, { description: 'What became of it.' }) outcome!: string;
  @ChoiceField(IMPORT_REASONS, { description: 'Why.' }) reason!: string;
  @TextField({ description: 'Name in the row.', nullable: true }) name!: string | null;
  @TextField({ description: 'Key of the workload it means.', nullable: true }) workload!: string | null;
  @IntegerField({ description: 'Line of the row that says the same.', nullable: true, min: 1, max: 1_000_000_000 }) sameAsLine!: number | null;
  @TextField({ description: 'SHA-256 of what the row says, as in the trail entry of the import.' }) digest!: string;
  @ChoiceField(['withdrawn', 'restored', 'kept_changed_since'], { description: 'What a rollback did.', nullable: true }) rollback!: string | null;
  @JsonField({ description: 'Its issues.' }) issues!: readonly object[];
}

export class ImportRowPageDto {
  @ObjectsField(() => ImportRowDto, { description: 'Rows in the order of the file.' }) items!: ImportRowDto[];
  @TextField({ description: 'For the next page.', nullable: true }) nextCursor!: string | null;
}

/** A new row, and what it is most likely the same as. */
export class ImportDuplicateDto {
  @IntegerField({ description: 'Line of the row.', min: 1, max: 1_000_000_000 }) line!: number;
  @TextField({ description: 'Name in the row.' }) name!: string;
  @TextField({ description: 'Key of the workload it may be the same as; null when that is another row.', nullable: true }) workload!: string | null;
  @IntegerField({ description: 'Line of the earlier row it may be the same as; null when that is a workload.', nullable: true, min: 1, max: 1_000_000_000 }) otherLine!: number | null;
  @TextField({ description: 'Name of the workload or of the other row.' }) otherName!: string;
  @NumberField({ description: 'How likely both mean the same.', min: 0, max: 1 }) score!: number;
  @TextsField({ description: 'Why: similar_name_in_team, similar_name, same_repository, same_interface.' }) reasons!: string[];
  @IntegerField({ description: 'How many more it may be the same as.', ...COUNT }) others!: number;
}

export class ImportDuplicatePageDto {
  @ObjectsField(() => ImportDuplicateDto, { description: 'Most likely first.' }) items!: ImportDuplicateDto[];
  @TextField({ description: 'For the next page.', nullable: true }) nextCursor!: string | null;
}

export class IssueExampleDto {
  @TextField({ description: 'The value, shortened.', nullable: true }) value!: string | null;
  @TextField({ description: 'What was probably meant.', nullable: true }) didYouMean!: string | null;
  @IntegerField({ description: 'How many rows have it.', ...COUNT }) rows!: number;
  @ApiProperty({ type: 'integer', isArray: true, description: 'Lines of the first of them.' }) lines!: number[];
}

export class ImportFixDto {
  @ChoiceField(IMPORT_FIX_KINDS, { description: 'What it does.' }) kind!: string;
  @JsonField({ description: 'What to change in the options before reading the file again, see ImportOptionsDto: `mapping` by column, `replacements` and `leaveBlank` added, others replaced.' }) options!: object;
  @IntegerField({ description: 'How many values (of likely duplicates: rows) it leaves as they are, because the options take no more; the rest is mended after reading the file again. Of `use_suggestions`, `take_as_same` and `leave_out` only.', optional: true, ...COUNT }) left?: number;
}

/** One cause of issues: the same thing in the same column, whatever the value. */
export class ImportCauseDto {
  @ChoiceField(['error', 'warning'], { description: 'An error rejects its rows, a warning does not.' }) severity!: string;
  @TextField({ description: 'What kind of issue.' }) code!: string;
  @TextField({ description: 'Column of the file.', nullable: true }) column!: string | null;
  @TextField({ description: 'Field it goes to.', nullable: true }) field!: string | null;
  @TextField({ description: 'What is wrong.' }) message!: string;
  @TextField({ description: 'How to repair it.' }) remedy!: string;
  @IntegerField({ description: 'How many rows have it.', ...COUNT }) rows!: number;
  @IntegerField({ description: 'How many different values have it.', ...COUNT }) values!: number;
  @ObjectsField(() => IssueExampleDto, { description: 'The most frequent values, at most 20.' }) examples!: IssueExampleDto[];
  @ObjectsField(() => ImportFixDto, { description: 'Remedies for all of its rows at once, the least lossy first. Empty when only the file can be repaired.' }) fixes!: ImportFixDto[];
}

export class ImportCausesDto {
  @ObjectsField(() => ImportCauseDto, { description: 'Every cause, errors first, those of most rows first.' }) items!: ImportCauseDto[];
}

/** A field that a column can fill. */
export class ImportTargetDto {
  @TextField({ description: 'Name to use in a mapping: a field of the workload or `custom.<key>`.' }) name!: string;
  @TextField({ description: 'What people call it.' }) label!: string;
  @ChoiceField(['text', 'key', 'fact', 'choice', 'choices', 'list', 'web_address', 'owner', 'custom'], { description: 'How its cells are read.' }) kind!: string;
  @TextsField({ description: 'What a cell may say, for facts and choices.' }) values!: string[];
}

export class ImportTargetsDto {
  @ObjectsField(() => ImportTargetDto, { description: 'Every field, those of workloads first.' }) items!: ImportTargetDto[];
}
