import { problem } from '@roster/platform-errors';
import type { ImportLimits } from './import-limit.js';

/** Where a cell was computed rather than typed. `formula` is its text, `result` what the program last computed, if it stored that. */
export interface CellFormula {
  readonly formula: string;
  readonly result: string | null;
}

/** One data row. Cells stand in the order of the table's columns and are text exactly as found; a missing tail means blank. */
export interface TableRow {
  /** CSV and NDJSON: line of the file where the record begins. XLSX: row number. JSON array: line where the element begins. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Only XLSX tells formulas apart from text. Key: index of the cell. */
  readonly formulas?: ReadonlyMap<number, CellFormula>;
}

/** A table in a file. `columns` is complete once `rows` has been read to its end (JSON names columns as it goes). */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<TableRow>;
}

/** Opens the file from its start; called once per pass. */
export type OpenFile = () => AsyncIterable<Uint8Array>;

/**
 * Headings made usable as names: white space folded, a missing one becomes `Column 7`, a repeated one gets ` (2)`.
 * The names are stable, because a mapping refers to them.
 */
export const nameColumns = (header: readonly string[]): string[] => {
  const taken = new Set<string>();
  return header.map((raw, index) => {
    const base = raw.normalize('NFC').replace(/[\s\u00a0]+/g, ' ').trim() || `Column ${index + 1}`;
    let name = base;
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${base} (${number})`;
    taken.add(name.toLowerCase());
    return name;
  });
};

export const refuseTooManyColumns = (count: number, line: number, limits: ImportLimits): void => {
  if (count > limits.columns) {
    throw problem('INVENTORY_IMPORT_TOO_MANY_COLUMNS', `Line ${line} has ${count} columns; at most ${limits.columns} can be imported. Leave out columns that are not needed, or check the delimiter.`,
      { errors: [{ path: 'file', code: 'too_many_columns', message: `Line ${line}: ${count} columns, the limit is ${limits.columns}.` }] });
  }
};

export const refuseTooManyRows = (count: number, limits: ImportLimits): void => {
  if (count > limits.rows) {
    throw problem('INVENTORY_IMPORT_TOO_MANY_ROWS', `The file has more than ${limits.rows} rows. Split it and import the parts one after the other.`,
      { errors: [{ path: 'file', code: 'too_many_rows', message: `The limit is ${limits.rows} rows.` }] });
  }
};

export const recordTooLong = (line: number, limits: ImportLimits) =>
  problem('INVENTORY_IMPORT_LINE_TOO_LONG', `The record at line ${line} is longer than ${limits.recordChars} characters. A quote may be missing its closing quote, or this is not a table.`,
    { errors: [{ path: 'file', code: 'line_too_long', message: `Line ${line}: a record has at most ${limits.recordChars} characters.` }] });

export const fileTruncated = (line: number | null, what: string) =>
  problem('INVENTORY_IMPORT_FILE_TRUNCATED', `The file ends too early${line === null ? '' : ` (line ${line})`}: ${what}. It was probably cut off while it was saved or sent; export it again.`,
    { errors: [{ path: 'file', code: 'truncated', message: what }] });

export const fileMalformed = (line: number | null, what: string, remedy: string) =>
  problem('INVENTORY_IMPORT_FILE_MALFORMED', `${line === null ? 'The file' : `Line ${line}`} cannot be read: ${what}. ${remedy}`,
    { errors: [{ path: 'file', code: 'malformed', message: line === null ? what : `Line ${line}: ${what}.` }] });

export const noHeader = (what: string) =>
  problem('INVENTORY_IMPORT_FILE_EMPTY', `${what} The first row must hold the column names, and every row after it one workload.`,
    { errors: [{ path: 'file', code: 'required', message: what }] });
