import { createHash } from 'node:crypto';
import type { TriState } from '@roster/contracts';
import {
  cleanCell, foldText, isBlankCell, isEmailAddress, isSpreadsheetError, isWebAddress, looksLikeFormula, readTriState, splitList, stripFormulaGuard,
} from './cell-value.js';
import type { CustomFieldShape, MappedColumn } from './column-mapping.js';
import { readDate } from './date-reading.js';
import { IMPORT_FIELD_BY_NAME, type ImportField, readChoice } from './import-field.js';
import { type RowIssue, shownValue } from './import-issue.js';
import { nearestWord } from './nearest-word.js';
import type { TableRow } from './table-row.js';

/** What to do with cells a spreadsheet would compute. */
export const FORMULA_POLICIES = ['reject', 'text', 'result'] as const;
export type FormulaPolicy = (typeof FORMULA_POLICIES)[number];

export interface RowReading {
  readonly columns: readonly MappedColumn[];
  readonly defaults: Readonly<Record<string, string>>;
  readonly formulas: FormulaPolicy;
  /** Fields whose values together say which workload a row is: names of fields, or `custom.<key>`. */
  readonly upsertBy: readonly string[];
  /** Column -> folded value -> what it means. */
  readonly replacements?: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Columns whose cells are left blank, with a warning, when they cannot be read. */
  readonly leaveBlank?: ReadonlySet<string>;
}

type CustomValue = string | number | boolean | readonly string[];

/** What a row says about a workload. Only what it does say: a blank cell has no entry and changes nothing. */
export interface RowData {
  /** Column of `workload` -> value. */
  readonly fields: Record<string, string | readonly string[]>;
  /** Fact -> yes or no. */
  readonly facts: Record<string, Exclude<TriState, 'unknown'>>;
  /** The question "does it process real data" was answered, be it with unknown. */
  readonly realDataAnswered?: true;
  readonly custom: Record<string, CustomValue>;
  /** Owner role -> e-mail address in lower case. */
  readonly owners: Record<string, string>;
}

export interface ReadRow {
  readonly line: number;
  readonly data: RowData;
  /** Folded values of the upsert fields, hashed; null when the row has errors. */
  readonly identity: Buffer | null;
  /** Hash of everything the row says; equal rows say the same. */
  readonly digest: Buffer;
  readonly issues: readonly RowIssue[];
}

const CUSTOM_TEXT_CHARS = 20_000;
const KEY = /^[A-Z0-9]+(-[A-Z0-9]+)*$/;
const ID_LIKE = /^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/;

/** A key as the inventory writes it; null when nothing usable is left. */
export const keyOf = (text: string): string | null => {
  const key = text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().replace(/[^A-Z0-9]+/g, '-').replace(/^-+|-+$/g, '');
  return key !== '' && key.length <= 60 && KEY.test(key) && !ID_LIKE.test(key) ? key : null;
};

interface Place {
  readonly column: string | null;
  readonly field: string;
  readonly value: string;
}
type Found = { issues: RowIssue[] } & Place;

const error = (at: Found, code: string, message: string, remedy: string, didYouMean?: string | null): undefined => {
  at.issues.push({ severity: 'error', code, column: at.column, field: at.field, value: shownValue(at.value), message, remedy, ...(didYouMean ? { didYouMean } : {}) });
  return undefined;
};
const warning = (at: Found, code: string, message: string, remedy: string): undefined => {
  at.issues.push({ severity: 'warning', code, column: at.column, field: at.field, value: shownValue(at.value), message, remedy });
  return undefined;
};

const tooLong = (at: Found, max: number): undefined =>
  error(at, 'too_long', `The value is longer than ${max} characters.`, `Shorten it to ${max} characters; nothing is cut off by the import.`);

const readEntries = (at: Found, entries: readonly string[], maxEntries: number, maxLength: number): readonly string[] | undefined => {
  if (entries.length > maxEntries) return error(at, 'too_many_entries', `The cell lists more than ${maxEntries} entries.`, `List at most ${maxEntries}.`);
  if (entries.some((entry) => entry.length > maxLength)) return error(at, 'too_long', `An entry of the list is longer than ${maxLength} characters.`, 'Separate entries with ; or line breaks, and shorten the long one.');
  return entries.length === 0 ? undefined : entries;
};

const notOneOf = (at: Found, accepted: readonly string[], known: readonly string[]): undefined =>
  error(at, 'not_one_of', `The value is not one of: ${accepted.join(', ')}.`, 'Use one of the listed values, or map the column to a custom field.', nearestWord(at.value, known));

/** Reads one cell for a field of the workload into `data`. */
const readField = (field: ImportField, at: Found, data: RowData): void => {
  const { type } = field;
  switch (type.kind) {
    case 'text':
      if (at.value.length > type.maxLength) tooLong(at, type.maxLength);
      else data.fields[field.column] = at.value;
      return;
    case 'key': {
      const key = keyOf(at.value);
      if (key === null) error(at, 'not_a_key', 'A key has 1 to 60 letters and digits, in groups joined by hyphens, and does not look like an id.', 'Use a key such as SUPPORT-BOT.');
      else {
        if (key !== at.value.toUpperCase()) warning(at, 'key_rewritten', 'The key was written in the form of the inventory: capital letters, digits and hyphens.', 'Use that form in the file to avoid surprises.');
        data.fields.key = key;
      }
      return;
    }
    case 'fact': {
      const reading = readTriState(at.value);
      if (reading.said === 'yes' || reading.said === 'no') data.facts[field.name] = reading.said;
      if (reading.said === 'unclear') warning(at, 'fact_unclear', 'Only an explicit yes or no counts for a fact; the fact stays unknown.', 'Write yes or no if that is what is meant.');
      else if (field.name === 'processesRealData') Object.assign(data, { realDataAnswered: true });
      return;
    }
    case 'choice': {
      if (field.name === 'lifecycle' && foldText(at.value) === 'retired') {
        error(at, 'retire_needs_record', 'A workload is retired with a reason and a decommission record, which an import does not have.', 'Leave the cell blank, import, and retire the workload with its record.');
        return;
      }
      const value = readChoice(type, at.value);
      if (value === null) notOneOf(at, type.values, [...type.values, ...Object.keys(type.synonyms)]);
      else data.fields[field.column] = value;
      return;
    }
    case 'choices': {
      const entries = splitList(at.value.includes(';') ? at.value : at.value.replace(/,/g, ';'));
      const values = entries.map((entry) => readChoice(type, entry));
      const bad = values.indexOf(null);
      if (bad >= 0) notOneOf({ ...at, value: entries[bad] as string }, type.values, [...type.values, ...Object.keys(type.synonyms)]);
      else if (values.length > 0) data.fields[field.column] = [...new Set(values as string[])];
      return;
    }
    case 'list': {
      const entries = readEntries(at, splitList(at.value), type.maxEntries, type.maxLength);
      if (entries) data.fields[field.column] = entries;
      return;
    }
    case 'web_address':
      if (at.value.length > type.maxLength) tooLong(at, type.maxLength);
      else if (!isWebAddress(at.value)) error(at, 'not_a_web_address', 'The value is not a web address.', 'Begin with https:// and leave out spaces, or map the column to a custom field.');
      else data.fields[field.column] = at.value;
      return;
    case 'owner': {
      if (readTriState(at.value).said === 'unknown') return;
      const address = at.value.replace(/^mailto:/i, '').replace(/^.*<([^<>]+)>$/s, '$1').toLowerCase();
      if (!isEmailAddress(address)) error(at, 'not_an_email', 'An owner is named by one e-mail address.', 'Write one address, or leave the cell blank: the workload is then unowned. Names can be kept by mapping the column to a custom field.');
      else data.owners[type.role] = address;
    }
  }
};

/** Reads one cell for a custom field. */
const readCustom = (shape: CustomFieldShape, column: MappedColumn, at: Found): CustomValue | undefined => {
  switch (shape.type) {
    case 'text': {
      if (at.value.length > CUSTOM_TEXT_CHARS) return tooLong(at, CUSTOM_TEXT_CHARS);
      // A column that is mostly dates: those that are certain are written as ISO dates, the others stay as they are.
      if (column.profile.dates * 2 < column.profile.filled || at.value.length > 40) return at.value;
      const date = readDate(at.value, column.profile.dateOrder);
      if (date === null) warning(at, 'date_unclear', 'The value is not a complete, unambiguous date; it was kept as text.', 'Write dates as 2024-03-31 to make them sortable.');
      return date ?? at.value;
    }
    case 'tri_state': {
      const reading = readTriState(at.value);
      if (reading.said === 'unclear') return warning(at, 'fact_unclear', 'Only an explicit yes or no counts; the value stays unknown.', 'Write yes or no if that is what is meant.');
      return reading.value === 'unknown' ? undefined : reading.value;
    }
    case 'boolean': {
      const { said } = readTriState(at.value);
      if (said === 'yes' || said === 'no') return said === 'yes';
      return said === 'unknown' ? undefined : error(at, 'not_yes_or_no', 'The value is neither yes nor no.', 'Write yes or no, or leave the cell blank.');
    }
    case 'date':
      return readDate(at.value, column.profile.dateOrder) ?? error(at, 'not_a_date', 'The value is not a complete, unambiguous date.', 'Write dates as 2024-03-31.');
    case 'number': {
      const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(at.value) ? Number(at.value) : Number.NaN;
      return Number.isFinite(number) ? number : error(at, 'not_a_number', 'The value is not a number.', 'Write digits with a point before decimals, without a unit or thousands separators.');
    }
    case 'url':
      return isWebAddress(at.value) && at.value.length <= 2000 ? at.value : error(at, 'not_a_web_address', 'The value is not a web address.', 'Begin with https:// and leave out spaces.');
    case 'choice':
    case 'choices': {
      const entries = shape.type === 'choice' ? [at.value] : splitList(at.value);
      const values = entries.map((entry) => shape.choices.find((choice) => foldText(choice) === foldText(entry)));
      const bad = values.indexOf(undefined);
      if (bad >= 0) return notOneOf({ ...at, value: entries[bad] as string }, shape.choices, shape.choices);
      return shape.type === 'choice' ? values[0] : (values as string[]);
    }
  }
};

const identityValue = (data: RowData, field: string): string => {
  const custom = /^custom\.(.+)$/.exec(field)?.[1];
  if (custom !== undefined) return foldText(String(data.custom[custom] ?? ''));
  const known = IMPORT_FIELD_BY_NAME.get(field);
  if (!known) return '';
  if (known.type.kind === 'owner') return data.owners[known.type.role] ?? '';
  const value = data.fields[known.column];
  return value === undefined ? '' : foldText(typeof value === 'string' ? value : value.join('; '));
};

/** The value as it is meant: what was replaced for all rows, and for lists each entry of it. */
const meant = (value: string, column: MappedColumn, reading: RowReading): string => {
  const known = reading.replacements?.get(column.column);
  if (!known) return value;
  const whole = known.get(foldText(value));
  if (whole !== undefined) return whole;
  const { target } = column;
  const isList = target.kind === 'field' ? IMPORT_FIELD_BY_NAME.get(target.field)?.type.kind === 'choices' : target.kind === 'custom' && target.custom.type === 'choices';
  if (!isList || !value.split(/[;,|\n]/).some((entry) => known.has(foldText(entry)))) return value;
  return value.split(/[;,|\n]/).map((entry) => known.get(foldText(entry)) ?? entry).filter((entry) => entry.trim() !== '').join('; ');
};

/** Turns the errors of a cell that nobody insists on into one warning: the cell says nothing then. @returns whether there were any */
const forgive = (issues: RowIssue[], from: number): boolean => {
  const error = issues.slice(from).find(({ severity }) => severity === 'error');
  if (!error) return false;
  const kept = issues.splice(from).filter(({ severity }) => severity === 'warning');
  issues.push(...kept, { severity: 'warning', code: 'left_blank', column: error.column, field: error.field, value: error.value, message: 'The cell could not be read and was left blank, as was asked for this column.', remedy: 'Complete the workload in the inventory.' });
  return true;
};

/** Reads one cell into `data`. @returns whether it says anything */
const readCell = (row: TableRow, column: MappedColumn, fieldName: string, reading: RowReading, data: RowData, issues: RowIssue[]): boolean => {
  const { target } = column;
  const raw = row.cells[column.index];
  if (raw === undefined || raw === '') return false;
  const computed = row.formulas?.get(column.index);
  const { text: unguarded, guarded } = stripFormulaGuard(cleanCell(raw));
  let value = meant(unguarded, column, reading);
  const at: Found = { issues, column: column.column, field: fieldName, value };
  if (computed || (!guarded && looksLikeFormula(value))) {
    if (reading.formulas === 'reject') {
      error(at, 'formula', 'The cell is a formula, not a value.', 'Paste the values over the formulas, put an apostrophe in front to mean text, or import with options.formulas "text" or "result".');
      return false;
    }
    if (reading.formulas === 'result' && computed?.result != null) value = cleanCell(computed.result);
    warning(at, 'formula_kept', reading.formulas === 'result' && computed?.result != null ? 'The cell is a formula; the value it last had was taken.' : 'The cell is a formula; it was kept as text.', 'Check that this is what is meant.');
  }
  if (isSpreadsheetError(value)) {
    error({ ...at, value }, 'spreadsheet_error', 'The cell holds the error of a formula.', 'Repair the formula, or leave the cell blank.');
    return false;
  }
  if (isBlankCell(value)) return false;
  const found: Found = { issues, column: column.column, field: fieldName, value };
  if (target.kind === 'field') {
    readField(IMPORT_FIELD_BY_NAME.get(target.field) as ImportField, found, data);
  } else if (target.kind === 'custom') {
    const read = readCustom(target.custom, column, found);
    if (read !== undefined) data.custom[target.custom.key] = read;
  }
  return true;
};

/**
 * Reads a row: every cell by the rules of its field, everything wrong with it at once. Pure; the same for a dry run and for the write.
 * A row with an error is rejected as a whole. Nothing is cut, completed or guessed.
 */
export const readRow = (row: TableRow, reading: RowReading): ReadRow => {
  const data: RowData = { fields: {}, facts: {}, custom: {}, owners: {} };
  const issues: RowIssue[] = [];
  const seen = new Set<string>();

  for (const column of reading.columns) {
    const { target } = column;
    if (target.kind === 'not_imported') continue;
    const found = issues.length;
    const fieldName = target.kind === 'field' ? target.field : `custom.${target.custom.key}`;
    const said = readCell(row, column, fieldName, reading, data, issues);
    const leftBlank = reading.leaveBlank?.has(column.column) === true && forgive(issues, found);
    if (said && !leftBlank) seen.add(fieldName);
  }

  const factColumns = new Set(reading.columns.flatMap(({ target }) => (target.kind === 'field' && IMPORT_FIELD_BY_NAME.get(target.field)?.type.kind === 'fact' ? [target.field] : [])));
  for (const [name, value] of Object.entries(reading.defaults)) {
    // A value for all rows never turns the blank cell of a fact into an answer: where the file has a column for it, blank stays unknown.
    if (seen.has(name) || factColumns.has(name)) continue;
    readField(IMPORT_FIELD_BY_NAME.get(name) as ImportField, { issues, column: null, field: name, value }, data);
  }

  for (let index = reading.columns.length; index < row.cells.length; index++) {
    const extra = cleanCell(row.cells[index] as string);
    if (extra === '') continue;
    issues.push({ severity: 'error', code: 'too_many_cells', column: null, field: null, value: shownValue(extra), message: 'The row has more cells than the header has names.', remedy: 'Put cells that contain the delimiter in quotes, or name the extra column.' });
    break;
  }
  if (data.fields.name === undefined && !issues.some((issue) => issue.field === 'name' && issue.severity === 'error')) {
    const column = reading.columns.find(({ target }) => target.kind === 'field' && target.field === 'name')?.column ?? null;
    issues.push({ severity: 'error', code: 'required', column, field: 'name', value: null, message: 'The row has no name.', remedy: 'Every workload needs a name; everything else may be completed later.' });
  }
  const rejected = issues.some((issue) => issue.severity === 'error');
  if (!rejected && reading.upsertBy.length === 1 && identityValue(data, reading.upsertBy[0] as string) === '') {
    issues.push({ severity: 'error', code: 'upsert_value_missing', column: null, field: reading.upsertBy[0] as string, value: null, message: 'The row has no value in the field that says which workload it is.', remedy: 'Fill the cell, or import with another options.upsertBy.' });
    return { line: row.line, data, identity: null, digest: digestOf(data), issues };
  }
  return { line: row.line, data, identity: rejected ? null : identityOf(data, reading.upsertBy), digest: digestOf(data), issues };
};

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
const digestOf = (data: RowData): Buffer => sha256(JSON.stringify(data));
const identityOf = (data: RowData, upsertBy: readonly string[]): Buffer => sha256(JSON.stringify(upsertBy.map((field) => [field, identityValue(data, field)])));
