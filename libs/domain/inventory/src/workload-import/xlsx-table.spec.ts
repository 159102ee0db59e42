import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Workbook } from '@cj-tech-master/excelts';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createWriteStream } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import { inspectArchive } from './archive-inspection.js';
import { IMPORT_LIMITS, type ImportLimits } from './import-limit.js';
import type { TableRow } from './table-row.js';
import { chooseSheet, xlsxTable } from './xlsx-table.js';

let folder: string;
let good: string;

const write = async (name: string, bytes: Uint8Array): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
};
const zip = async (name: string, entries: Record<string, Buffer>): Promise<string> => {
  const path = join(folder, name);
  const archive = new yazl.ZipFile();
  for (const [entry, bytes] of Object.entries(entries)) archive.addBuffer(bytes, entry);
  archive.end();
  await pipeline(archive.outputStream, createWriteStream(path));
  return path;
};
const read = async (path: string, sheet: string, limits: ImportLimits = IMPORT_LIMITS): Promise<{ columns: readonly string[]; rows: TableRow[] }> => {
  const table = xlsxTable(path, sheet, limits);
  const rows: TableRow[] = [];
  for await (const row of table.rows) rows.push(row);
  return { columns: table.columns, rows };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roster-xlsx-'));
  const workbook = new Workbook();
  const hidden = workbook.addWorksheet('Lists');
  hidden.state = 'hidden';
  hidden.addRow(['yes']);
  const sheet = workbook.addWorksheet('Inventory');
  sheet.addRow(['Name', 'Since', 'Count', 'Computed', 'Rich', 'Link', 'PII']);
  sheet.addRow(['Bot – “é”', new Date(Date.UTC(2024, 0, 15)), 1.5, { formula: 'A2&"x"', result: 'Botx' }, { richText: [{ text: 'bo' }, { text: 'ld' }] }, { text: 'site', hyperlink: 'https://example.org' }, true]);
  sheet.getCell('B2').numFmt = 'yyyy-mm-dd';
  sheet.addRow([]);
  sheet.addRow(['Other', null, null, { formula: '1+1' }, '', { error: '#N/A' }]);
  workbook.addWorksheet('Notes').addRow(['later']);
  good = await write('good.xlsx', new Uint8Array(await workbook.xlsx.writeBuffer()));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('XLSX as a table', () => {
  it('reads the first visible sheet and names the ones it did not read', async () => {
    await inspectArchive(good, IMPORT_LIMITS);
    expect(await chooseSheet(good)).toMatchObject({ name: 'Inventory', warnings: [{ code: 'other_sheets_not_read', message: expect.stringContaining('"Notes"') }] });
    expect(await chooseSheet(good, 'Notes')).toMatchObject({ name: 'Notes' });
    await expect(chooseSheet(good, 'Nope')).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_SHEET_NOT_FOUND', detail: expect.stringContaining('"Inventory"') });
  });
  it('gives text for every kind of cell, and formulas apart', async () => {
    const { columns, rows } = await read(good, 'Inventory');
    expect(columns).toEqual(['Name', 'Since', 'Count', 'Computed', 'Rich', 'Link', 'PII']);
    expect(rows[0]).toMatchObject({ line: 2, cells: ['Bot – “é”', '2024-01-15', '1.5', '=A2&"x"', 'bold', 'site', 'true'] });
    expect(rows[0]?.formulas?.get(3)).toEqual({ formula: '=A2&"x"', result: 'Botx' });
    expect(rows[1]).toMatchObject({ line: 4, cells: ['Other', '', '', '=1+1', '', '#N/A'] });
    expect(rows).toHaveLength(2);
  });
  it('refuses sheets without rows and tables beyond the limits', async () => {
    await expect(read(good, 'Notes')).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_FILE_EMPTY' });
    await expect(read(good, 'Inventory', { ...IMPORT_LIMITS, columns: 3 })).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_TOO_MANY_COLUMNS' });
    await expect(read(good, 'Inventory', { ...IMPORT_LIMITS, rows: 1 })).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_TOO_MANY_ROWS' });
  });
  describe('whose texts stand behind its sheets, as spreadsheet programs write it', () => {
    const sheetOf = (rows: readonly string[]): Buffer => Buffer.from(`<worksheet><sheetData>${rows.map((row, index) => `<row r="${index + 1}">${row}</row>`).join('')}</sheetData></worksheet>`);
    const text = (cell: string, index: number): string => `<c r="${cell}" t="s"><v>${index}</v></c>`;
    const texts = ['Name', 'Claims bot', 'Secret of another sheet', 'x'.repeat(300)];
    const workbookOf = (name: string): Promise<string> => zip(name, {
      '[Content_Types].xml': Buffer.from('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
      'xl/workbook.xml': Buffer.from(`<workbook xmlns:r="x"><sheets>${['One', 'Two', 'Three'].map((sheet, index) => `<sheet name="${sheet}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`),
      'xl/worksheets/sheet1.xml': sheetOf([text('A1', 0), text('A2', 1), text('A3', 3), text('A4', 1)]),
      'xl/worksheets/sheet2.xml': sheetOf([text('A1', 0), text('A2', 2)]),
      'xl/worksheets/sheet3.xml': sheetOf([text('A1', 0), text('A2', 2)]),
      'xl/_rels/workbook.xml.rels': Buffer.from(`<Relationships>${[1, 2, 3].map((id) => `<Relationship Id="rId${id}" Type="worksheet" Target="worksheets/sheet${id}.xml"/>`).join('')}</Relationships>`),
      'xl/sharedStrings.xml': Buffer.from(`<sst>${texts.map((one) => `<si><t>${one}</t></si>`).join('')}</sst>`),
    });
    /** What lies about: beside the file, and what the library leaves among the temporary files. */
    const lyingAbout = async (): Promise<string[]> =>
      [...(await readdir(folder, { recursive: true })).filter((name) => name.includes('sheets-')), ...(await readdir(tmpdir())).filter((name) => name.startsWith('excelts-'))].sort();

    it.each([
      ['the first sheet', 'One', IMPORT_LIMITS, null], ['a sheet between others', 'Two', IMPORT_LIMITS, null],
      ['a refused row', 'One', { ...IMPORT_LIMITS, recordChars: 100 }, 'INVENTORY_IMPORT_LINE_TOO_LONG'], ['too many rows', 'One', { ...IMPORT_LIMITS, rows: 1 }, 'INVENTORY_IMPORT_TOO_MANY_ROWS'],
    ] as const)('leaves none of the sheets on the disk: %s', async (_case, sheet, limits, code) => {
      const path = await workbookOf('behind.xlsx');
      const before = await lyingAbout();
      expect(await chooseSheet(path)).toMatchObject({ name: 'One' });
      if (code === null) expect((await read(path, sheet, limits)).columns).toEqual(['Name']);
      else await expect(read(path, sheet, limits)).rejects.toMatchObject({ code });
      expect(await lyingAbout()).toEqual(before);
    });

    it('leaves none when the reader turns away after a row', async () => {
      const path = await workbookOf('turned-away.xlsx');
      const before = await lyingAbout();
      for await (const row of xlsxTable(path, 'Two', IMPORT_LIMITS).rows) {
        expect(row.cells).toEqual(['Secret of another sheet']);
        break;
      }
      expect(await lyingAbout()).toEqual(before);
    });
  });
  it('refuses a workbook that was cut off, wherever', async () => {
    const bytes = await readFile(good);
    for (const share of [0.1, 0.5, 0.9, 0.999]) {
      const path = await write(`cut-${share}.xlsx`, bytes.subarray(0, Math.floor(bytes.length * share)));
      await expect(inspectArchive(path, IMPORT_LIMITS)).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_FILE_TRUNCATED' });
    }
  });
  it('refuses a flipped byte in the content', async () => {
    const bytes = Buffer.from(await readFile(good));
    const at = bytes.indexOf(Buffer.from('xl/worksheets/sheet2.xml')) + 80;
    bytes[at] = (bytes[at] as number) ^ 0xff;
    await expect(inspectArchive(await write('flipped.xlsx', bytes), IMPORT_LIMITS)).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_ARCHIVE_UNSAFE' });
  });
  it('refuses archives that unpack to too much, by ratio, by sum and by texts', async () => {
    const bomb = await zip('bomb.xlsx', { 'xl/workbook.xml': Buffer.from('<workbook/>'), 'xl/worksheets/sheet1.xml': Buffer.alloc(20 * 1024 * 1024, 32) });
    await expect(inspectArchive(bomb, IMPORT_LIMITS)).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_ARCHIVE_UNSAFE', detail: expect.stringContaining('400 times') });
    await expect(inspectArchive(bomb, { ...IMPORT_LIMITS, archiveBytes: 1024 })).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_ARCHIVE_UNSAFE' });
    await expect(inspectArchive(good, { ...IMPORT_LIMITS, sharedStringBytes: 10 })).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_ARCHIVE_UNSAFE' });
    await expect(inspectArchive(good, { ...IMPORT_LIMITS, archiveEntries: 2 })).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_ARCHIVE_UNSAFE' });
  });
  it('refuses content hidden before the first entry and an archive without a workbook', async () => {
    const hidden = Buffer.concat([Buffer.alloc(4096, 65), await readFile(good)]);
    await expect(inspectArchive(await write('hidden.xlsx', hidden), IMPORT_LIMITS)).rejects.toMatchObject({ status: 422 });
    await expect(inspectArchive(await zip('other.xlsx', { 'readme.txt': Buffer.from('x') }), IMPORT_LIMITS)).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_FORMAT_MISMATCH' });
  });
  it('refuses a sheet whose XML is broken', async () => {
    const broken = await zip('broken.xlsx', {
      '[Content_Types].xml': Buffer.from('<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
      'xl/workbook.xml': Buffer.from('<workbook xmlns:r="x"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'),
      'xl/_rels/workbook.xml.rels': Buffer.from('<Relationships><Relationship Id="rId1" Type="worksheet" Target="worksheets/sheet1.xml"/></Relationships>'),
      'xl/worksheets/sheet1.xml': Buffer.from('<worksheet><sheetData><row r="1"><c t="inlineStr"><is><t>Name</t></is></c></row><row r="2"'),
    });
    await inspectArchive(broken, IMPORT_LIMITS);
    await expect(read(broken, 'S')).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_FILE_MALFORMED' });
  });
});
