import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { ImportLimits } from './import-limit.js';
import { sniffDelimiter } from './delimiter-sniffing.js';
import { fileMalformed, fileTruncated, nameColumns, noHeader, type OpenFile, recordTooLong, refuseTooManyColumns, refuseTooManyRows, type Table, type TableRow } from './table-row.js';
import { decodeText } from './text-decoding.js';

const SAMPLE_CHARS = 64 * 1024;

/** Reads as much text as a sample needs and closes the file again. */
export const readSample = async (open: OpenFile, encoding: string): Promise<string> => {
  let sample = '';
  for await (const text of decodeText(open(), encoding)) {
    sample += text;
    if (sample.length >= SAMPLE_CHARS) break;
  }
  return sample.slice(0, SAMPLE_CHARS);
};

const lineBreaks = (cells: readonly string[]): number => {
  let count = 0;
  for (const cell of cells) for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) count++;
  return count;
};

const lineOf = (error: CsvError): number | null => ('lines' in error && typeof error.lines === 'number' ? error.lines : null);

/**
 * A CSV file as a table (RFC 4180, any of the usual delimiters), streamed.
 * @throws INVENTORY_IMPORT_LINE_TOO_LONG, _TOO_MANY_COLUMNS, _TOO_MANY_ROWS, _FILE_TRUNCATED (quote not closed), _FILE_MALFORMED, _FILE_EMPTY
 */
export const csvTable = (open: OpenFile, encoding: string, delimiter: string, limits: ImportLimits): Table => {
  const columns: string[] = [];
  async function* rows(): AsyncGenerator<TableRow> {
    let nextLine = 1;
    let emptyBefore = 0;
    const lineOfRecord = new WeakMap<string[], number>();
    const parser = parse({
      delimiter, record_delimiter: '\n', relax_column_count: true, skip_empty_lines: true, max_record_size: limits.recordChars,
      // Called while parsing, so that an error further on can still say where its record begins.
      on_record: (cells: string[], info) => {
        const line = nextLine + info.empty_lines - emptyBefore;
        emptyBefore = info.empty_lines;
        nextLine = line + 1 + lineBreaks(cells);
        lineOfRecord.set(cells, line);
        return cells;
      },
    });
    const source = Readable.from(decodeText(open(), encoding), { objectMode: true });
    // A source that fails must end the parser too, or the loop below would wait for ever.
    source.once('error', (error) => parser.destroy(error));
    source.pipe(parser);
    let count = 0;
    let headerSeen = false;
    try {
      for await (const cells of parser as AsyncIterable<string[]>) {
        const line = lineOfRecord.get(cells) ?? nextLine;
        refuseTooManyColumns(cells.length, line, limits);
        if (!headerSeen) {
          headerSeen = true;
          columns.splice(0, columns.length, ...nameColumns(cells));
          continue;
        }
        if (cells.every((cell) => cell.trim() === '')) continue;
        refuseTooManyRows(++count, limits);
        yield { line, cells };
      }
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      if (error.code === 'CSV_MAX_RECORD_SIZE') throw recordTooLong(nextLine, limits);
      if (error.code === 'CSV_QUOTE_NOT_CLOSED') throw fileTruncated(nextLine, `the quote opened in the record that begins at line ${nextLine} is never closed`);
      throw fileMalformed(lineOf(error) ?? nextLine, error.message.replace(/, value is .*$/s, '').slice(0, 300), 'A quote inside a cell is written twice ("") and the whole cell is put in quotes.');
    } finally {
      source.destroy();
      parser.destroy();
    }
    if (!headerSeen) throw noHeader('The file has no header row.');
    if (count === 0) throw noHeader('The file has a header row but no data row.');
  }
  return { columns, rows: rows() };
};

/** The delimiter to use: the stated one, or the one the beginning of the file shows. */
export const delimiterOf = async (open: OpenFile, encoding: string, stated?: string): Promise<string> => stated ?? sniffDelimiter(await readSample(open, encoding));
