import { createReadStream } from 'node:fs';
import { inspectArchive } from './archive-inspection.js';
import { type ColumnProfile, ColumnProfiler } from './column-profile.js';
import { csvTable, delimiterOf } from './csv-table.js';
import { type FileInspection, inspectFile } from './file-inspection.js';
import type { FileWarning } from './import-issue.js';
import type { ImportLimits } from './import-limit.js';
import { jsonTable } from './json-table.js';
import type { Table } from './table-row.js';
import { chooseSheet, xlsxTable } from './xlsx-table.js';

/** What the caller knows about the file and the import need not find out. */
export interface FileLayoutRequest {
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheet?: string;
}

/** A file that has been read once from end to end: it is complete, within the limits, and its columns are known. Nothing was written. */
export interface PreparedFile {
  readonly inspection: FileInspection;
  readonly delimiter: string | null;
  readonly sheet: string | null;
  readonly columns: readonly ColumnProfile[];
  readonly rowCount: number;
  readonly warnings: readonly FileWarning[];
  /** Reads it again, row by row. */
  open(): Table;
}

const CHUNK_BYTES = 256 * 1024;
/** UTF-8 that was once read as windows-1252 and saved again. */
const MOJIBAKE = /Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u009c\u009d™œ˜“”¦]|Â[\u00a0-\u00bf]/;

/**
 * Finds out what a file is and reads it once: everything that makes a file unusable is found here, before anything is stored.
 * @param path local file; read up to three times (bytes, structure, rows)
 * @param fileName as uploaded
 * @param progress called with the rows read so far, about every 5,000 rows; may throw to stop
 * @throws one of INVENTORY_IMPORT_* saying what is wrong and what to do
 */
export const prepareFile = async (
  path: string, fileName: string, request: FileLayoutRequest, limits: ImportLimits, progress: (rows: number) => Promise<void> = async () => undefined,
): Promise<PreparedFile> => {
  const openFile = () => createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const inspection = await inspectFile(openFile(), fileName, limits, request.encoding);
  const warnings: FileWarning[] = [...inspection.warnings];
  const encoding = inspection.encoding ?? 'utf-8';
  let delimiter: string | null = null;
  let sheet: string | null = null;
  let open: () => Table;
  if (inspection.format === 'xlsx') {
    await inspectArchive(path, limits);
    const chosen = await chooseSheet(path, request.sheet);
    warnings.push(...chosen.warnings);
    sheet = chosen.name;
    open = () => xlsxTable(path, chosen.name, limits);
  } else if (inspection.format === 'csv') {
    const separator = await delimiterOf(openFile, encoding, request.delimiter);
    delimiter = separator;
    open = () => csvTable(openFile, encoding, separator, limits);
  } else {
    const { format } = inspection;
    open = () => jsonTable(openFile, encoding, format, limits);
  }

  const profilers: ColumnProfiler[] = [];
  const table = open();
  let rowCount = 0;
  let garbled = 0;
  let lost = 0;
  for await (const row of table.rows) {
    rowCount++;
    for (let index = 0; index < row.cells.length; index++) {
      const cell = row.cells[index] as string;
      (profilers[index] ??= new ColumnProfiler()).add(cell);
      if (cell.includes('\uFFFD')) lost++;
      if (MOJIBAKE.test(cell)) garbled++;
    }
    if (rowCount % 5_000 === 0) await progress(rowCount);
  }
  if (lost > 0) {
    warnings.push({ code: 'characters_lost', message: `${lost} cells contain the replacement character "\uFFFD": those characters were lost before this file was made.`, remedy: 'Export the file again from its source, as UTF-8.' });
  }
  if (garbled > 0) {
    warnings.push({ code: 'mojibake_suspected', message: `${garbled} cells look like UTF-8 that was once read in another encoding ("Ã©" for "é").`, remedy: 'Export the file again from its source as UTF-8, or name its encoding in options.encoding.' });
  }
  return {
    inspection, delimiter, sheet, rowCount, warnings, open,
    columns: table.columns.map((name, index) => (profilers[index] ?? new ColumnProfiler()).finish(name, rowCount)),
  };
};
