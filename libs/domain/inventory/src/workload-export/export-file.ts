import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { WorkbookWriter } from '@cj-tech-master/excelts';
import { CSV_DIALECT } from '@roster/contracts';
import { stringify } from 'csv-stringify';
import type { CellValue } from './export-column.js';

/** Longest text that a cell of a workbook holds. */
const MAX_CELL = 32_767;

/** Rows as a CSV of RFC 4180, UTF-8 with a mark for spreadsheets. What a spreadsheet would run as a formula gets an apostrophe in front. */
export function csvFile(columns: readonly string[], rows: AsyncIterable<readonly CellValue[]>): Readable {
  const content = stringify({ ...CSV_DIALECT, bom: true });
  const lines = async function* (): AsyncGenerator<readonly CellValue[]> {
    yield columns;
    yield* rows;
  };
  const source = Readable.from(lines());
  source.once('error', (error) => content.destroy(error));
  return source.pipe(content);
}

/** Rows as a workbook with one sheet, written as they come. Every text is a text cell: nothing is a formula. */
export function xlsxFile(columns: readonly string[], rows: AsyncIterable<readonly CellValue[]>): Readable {
  const content = new PassThrough();
  void writeWorkbook(content, columns, rows).catch((error: unknown) => content.destroy(error instanceof Error ? error : new Error(String(error))));
  return content;
}

async function writeWorkbook(target: PassThrough, columns: readonly string[], rows: AsyncIterable<readonly CellValue[]>): Promise<void> {
  const workbook = new WorkbookWriter({ stream: target, useSharedStrings: false, useStyles: false });
  const sheet = workbook.addWorksheet('Workloads', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.addRow([...columns]).commit();
  let count = 0;
  for await (const row of rows) {
    sheet.addRow(row.map((value) => (typeof value === 'string' && value.length > MAX_CELL ? `${value.slice(0, MAX_CELL - 40)} [cut: ${value.length} characters]` : value))).commit();
    count += 1;
    // The writer does not wait for its reader: memory stays bounded because this does.
    if (count % 200 === 0 && target.writableNeedDrain) await once(target, 'drain');
  }
  sheet.commit();
  await workbook.commit();
}
