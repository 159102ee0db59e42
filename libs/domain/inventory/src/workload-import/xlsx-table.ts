import { createReadStream } from 'node:fs';
import type { Cell } from '@cj-tech-master/excelts';
import { problem } from '@roster/platform-errors';
import type { FileWarning } from './import-issue.js';
import type { ImportLimits } from './import-limit.js';
import { SheetReader } from './sheet-reader.js';
import { type CellFormula, fileMalformed, nameColumns, noHeader, recordTooLong, refuseTooManyColumns, refuseTooManyRows, type Table, type TableRow } from './table-row.js';

const READ_NOTHING = { worksheets: 'ignore', sharedStrings: 'ignore', hyperlinks: 'ignore', styles: 'ignore', entries: 'ignore' } as const;
const READ_ROWS = { worksheets: 'emit', sharedStrings: 'cache', hyperlinks: 'ignore', styles: 'cache', entries: 'ignore' } as const;

export interface SheetChoice {
  readonly name: string;
  readonly warnings: readonly FileWarning[];
}

/**
 * The sheet to read: the named one, or the first that is not hidden. The others are named in a warning, none is left out silently.
 * @throws INVENTORY_IMPORT_SHEET_NOT_FOUND
 */
export const chooseSheet = async (path: string, wanted?: string): Promise<SheetChoice> => {
  const source = createReadStream(path);
  const workbook = new SheetReader(path, source, READ_NOTHING);
  try {
    await workbook.read();
  } catch (error) {
    throw fileMalformed(null, `the workbook cannot be read (${(error as Error).message.slice(0, 120)})`, 'Save it again from a spreadsheet program, or export the sheet as CSV.');
  } finally {
    source.destroy();
    await workbook.dispose();
  }
  const sheets = workbook.model?.sheets ?? [];
  const visible = sheets.filter((sheet) => sheet.state !== 'hidden' && sheet.state !== 'veryHidden');
  const chosen = wanted === undefined ? visible[0] : sheets.find((sheet) => sheet.name === wanted);
  if (!chosen) {
    const names = sheets.map((sheet) => `"${sheet.name}"`).join(', ') || 'none';
    throw problem('INVENTORY_IMPORT_SHEET_NOT_FOUND', wanted === undefined ? 'The workbook has no visible sheet.' : `The workbook has no sheet "${wanted}". Its sheets: ${names}.`,
      { errors: [{ path: 'options.sheet', code: 'not_found', message: `Name one of: ${names}.` }] });
  }
  const others = visible.filter((sheet) => sheet !== chosen).map((sheet) => `"${sheet.name}"`);
  return {
    name: chosen.name,
    warnings: others.length === 0 ? [] : [{
      code: 'other_sheets_not_read', message: `Only the sheet "${chosen.name}" was read; not read: ${others.slice(0, 20).join(', ')}${others.length > 20 ? ` and ${others.length - 20} more` : ''}.`,
      remedy: 'Import another sheet by naming it in options.sheet.',
    }],
  };
};

/** A date of a spreadsheet has no time zone: midnight is a date, anything else a local date and time. */
const dateText = (date: Date): string => {
  const iso = date.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19);
};

const plainText = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (value instanceof Date) return dateText(value);
  if (typeof value === 'object') {
    if ('richText' in value && Array.isArray(value.richText)) return value.richText.map((part: { text?: string | null }) => part.text ?? '').join('');
    if ('text' in value) return plainText(value.text);
    if ('error' in value) return String(value.error);
    if ('result' in value) return plainText(value.result);
  }
  return '';
};

const formulaOf = (value: unknown): CellFormula | null => {
  if (typeof value !== 'object' || value === null || value instanceof Date || !('formula' in value || 'sharedFormula' in value)) return null;
  const { formula, sharedFormula, result } = value as { formula?: string; sharedFormula?: string; result?: unknown };
  return { formula: `=${formula ?? sharedFormula ?? ''}`, result: result === undefined || result === null ? null : plainText(result) };
};

const LINE_BREAKS = /\r\n?/g;

/**
 * One sheet of an XLSX file as a table, streamed. Call `inspectArchive` first: the reader trusts the archive.
 * @throws INVENTORY_IMPORT_TOO_MANY_COLUMNS, _TOO_MANY_ROWS, _LINE_TOO_LONG, _FILE_MALFORMED, _FILE_EMPTY, _NUL_BYTE
 */
export const xlsxTable = (path: string, sheetName: string, limits: ImportLimits): Table => {
  const columns: string[] = [];
  async function* rows(): AsyncGenerator<TableRow> {
    const source = createReadStream(path);
    const workbook = new SheetReader(path, source, READ_ROWS);
    let headerSeen = false;
    let count = 0;
    try {
      for await (const sheet of workbook) {
        if (sheet.name !== sheetName) {
          // The reader cannot skip: a sheet that is not wanted is read to its end and forgotten.
          for await (const row of sheet) void row;
          continue;
        }
        for await (const row of sheet) {
          const cells: string[] = [];
          const formulas = new Map<number, CellFormula>();
          let chars = 0;
          refuseTooManyColumns(row.cellCount, row.number, limits);
          row.eachCell({ includeEmpty: false }, (cell: Cell, column: number) => {
            const formula = formulaOf(cell.value);
            const text = (formula ? formula.formula : plainText(cell.value)).replace(LINE_BREAKS, '\n');
            while (cells.length < column - 1) cells.push('');
            cells[column - 1] = text;
            chars += text.length;
            if (formula) formulas.set(column - 1, formula);
          });
          if (chars > limits.recordChars) throw recordTooLong(row.number, limits);
          if (cells.some((cell) => cell.includes('\0'))) {
            throw problem('INVENTORY_IMPORT_NUL_BYTE', `Row ${row.number} contains the character NUL: the workbook is damaged. Export it again.`);
          }
          if (cells.every((cell) => cell.trim() === '')) continue;
          if (!headerSeen) {
            headerSeen = true;
            columns.splice(0, columns.length, ...nameColumns(cells));
            continue;
          }
          refuseTooManyRows(++count, limits);
          yield { line: row.number, cells, ...(formulas.size > 0 ? { formulas } : {}) };
        }
        break;
      }
    } catch (error) {
      if ((error as Error).name === 'ProblemError') throw error;
      throw fileMalformed(null, `the sheet "${sheetName}" cannot be read (${(error as Error).message.slice(0, 120)})`, 'Save the workbook again from a spreadsheet program, or export the sheet as CSV.');
    } finally {
      source.destroy();
      await workbook.dispose();
    }
    if (!headerSeen) throw noHeader(`The sheet "${sheetName}" is empty.`);
    if (count === 0) throw noHeader(`The sheet "${sheetName}" has a header row but no data row.`);
  }
  return { columns, rows: rows() };
};
