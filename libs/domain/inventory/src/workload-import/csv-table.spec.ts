import { describe, expect, it } from '@jest/globals';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { csvTable, delimiterOf } from './csv-table.js';
import { sniffDelimiter } from './delimiter-sniffing.js';
import { IMPORT_LIMITS, type ImportLimits } from './import-limit.js';
import type { TableRow } from './table-row.js';

const opener = (text: string | Buffer, size = 5) => async function* (): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};
const read = async (text: string | Buffer, delimiter = ',', limits: ImportLimits = IMPORT_LIMITS, size = 5): Promise<{ columns: readonly string[]; rows: TableRow[] }> => {
  const table = csvTable(opener(text, size), 'utf-8', delimiter, limits);
  const rows: TableRow[] = [];
  for await (const row of table.rows) rows.push(row);
  return { columns: table.columns, rows };
};

describe('CSV as a table', () => {
  it('gives the line where each record begins, across quoted line breaks and blank lines', async () => {
    const { columns, rows } = await read('Name,Note\r\n\r\nA,"one\r\ntwo"\r\nB,x\r\n\r\n"C\r\n",y\r\n');
    expect(columns).toEqual(['Name', 'Note']);
    expect(rows).toEqual([{ line: 3, cells: ['A', 'one\ntwo'] }, { line: 5, cells: ['B', 'x'] }, { line: 7, cells: ['C\n', 'y'] }]);
  });
  it('reads files with mixed and old line breaks', async () => {
    expect((await read('a,b\r\n1,2\n3,4\r5,6')).rows.map((row) => row.cells)).toEqual([['1', '2'], ['3', '4'], ['5', '6']]);
  });
  it('keeps rows that are too short or too long as they are, for the rules to judge', async () => {
    expect((await read('a,b\n1\n1,2,3\n')).rows.map((row) => row.cells)).toEqual([['1'], ['1', '2', '3']]);
  });
  it('drops rows without any content, and only those', async () => {
    expect((await read('a,b\n,\n , \n1,\n')).rows).toEqual([{ line: 4, cells: ['1', ''] }]);
  });
  it('names columns: blank ones by place, repeated ones by number', async () => {
    expect((await read('Name,,Other,other,Two\nx,1,2,3,4\n')).columns).toEqual(['Name', 'Column 2', 'Other', 'other (2)', 'Two']);
    expect((await read('"Line\nbreak",  B \nx,1\n')).columns).toEqual(['Line break', 'B']);
  });
  it('removes the byte order mark from the first heading', async () => {
    expect((await read('\uFEFFName\nx\n')).columns).toEqual(['Name']);
  });
  it.each([
    ['a quote that is never closed', 'a,b\n1,"x\n3,4\n', 'INVENTORY_IMPORT_FILE_TRUNCATED', 'line 2'],
    ['a quote inside an unquoted cell', 'a,b\n1,2\nx"y,2\n', 'INVENTORY_IMPORT_FILE_MALFORMED', 'Line 3'],
    ['text after a closing quote', 'a,b\n"x"y,2\n', 'INVENTORY_IMPORT_FILE_MALFORMED', 'Line 2'],
    ['only a header', 'a,b\n', 'INVENTORY_IMPORT_FILE_EMPTY', 'no data row'],
    ['only white space', '\n\n', 'INVENTORY_IMPORT_FILE_EMPTY', 'no header'],
  ])('refuses %s', async (_what, text, code, detail) => {
    await expect(read(text)).rejects.toMatchObject({ code, detail: expect.stringContaining(detail) });
  });
  it('refuses too many columns and rows', async () => {
    const wide = Array.from({ length: 5_000 }, (_, index) => `c${index}`).join(',');
    await expect(read(`${wide}\n1\n`, ',', IMPORT_LIMITS, 65_536)).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_TOO_MANY_COLUMNS', detail: expect.stringContaining('5000') });
    await expect(read('a\n1\n2\n3\n', ',', { ...IMPORT_LIMITS, rows: 2 })).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_TOO_MANY_ROWS' });
  });
  it('stops at a 300 MB line without reading it', async () => {
    let sent = 0;
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('Name\n');
      const block = Buffer.alloc(1024 * 1024, 120);
      for (; sent < 300; sent++) yield block;
    };
    const consume = async (): Promise<void> => {
      for await (const row of csvTable(endless, 'utf-8', ',', IMPORT_LIMITS).rows) void row;
    };
    await expect(consume()).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_LINE_TOO_LONG', detail: expect.stringContaining('line 2') });
    expect(sent).toBeLessThan(40);
  });
  it('passes on an error of the source', async () => {
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('Name\nA\n');
      throw new Error('disk gone');
    };
    const consume = async (): Promise<void> => {
      for await (const row of csvTable(broken, 'utf-8', ',', IMPORT_LIMITS).rows) void row;
    };
    await expect(consume()).rejects.toThrow('disk gone');
  });
  it('reads back whatever a CSV writer wrote (property)', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'é', '"', ',', ';', '\n', ' ', '-', '漢') });
    const rows = fc.array(fc.tuple(fc.constantFrom('k', 'x'), cell, cell), { minLength: 1, maxLength: 8 });
    await fc.assert(fc.asyncProperty(rows, fc.constantFrom(',', ';', '\t', '|'), async (table, delimiter) => {
      const text = stringify([['A', 'B', 'C'], ...table], { delimiter, record_delimiter: 'windows', quoted_string: true });
      expect((await read(text, delimiter)).rows.map((row) => row.cells)).toEqual(table);
    }), { numRuns: 60 });
  });
});

describe('delimiter', () => {
  it.each([
    ['a,b,c\n1,2,3\n', ','], ['a;b;c\n1;2,5;3\n', ';'], ['a\tb\n1,5\t2,5\n', '\t'], ['a|b|c\n1|2|3\n', '|'],
    ['name\nAcme, Inc\n', ','], ['"a;b",c\n"x;y",z\n', ','], ['Name;Purpose\nBot;"sells, buys\nand, more"\nOther;x\n', ';'], ['', ','],
  ])('of %j is %j', (sample, expected) => {
    expect(sniffDelimiter(sample)).toBe(expected);
  });
  it('stated by the caller wins', async () => {
    expect(await delimiterOf(opener('a,b\n1,2\n'), 'utf-8', ';')).toBe(';');
    expect(await delimiterOf(opener('a;b\n1;2\n'), 'utf-8')).toBe(';');
  });
});
