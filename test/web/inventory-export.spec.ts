import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { text as textOf } from 'node:stream/consumers';
import { promisify } from 'node:util';
import type { Download, Page } from 'playwright-core';
import { open, type Entry, type Options, type ZipFile } from 'yauzl';
import { rows, usingInventory, visit } from './inventory-page.js';

const openArchive = promisify<string, Options, ZipFile>(open);

/** The text of the entries of a ZIP archive whose names fit. */
async function entryOf(path: string, wanted: RegExp): Promise<string> {
  const archive = await openArchive(path, { autoClose: false, lazyEntries: false });
  const texts: Promise<string>[] = [];
  archive.on('entry', (entry: Entry) => {
    if (wanted.test(entry.fileName)) texts.push(promisify(archive.openReadStream.bind(archive) as (of: Entry, done: (error: Error | null, stream: NodeJS.ReadableStream) => void) => void)(entry).then((stream) => textOf(stream)));
  });
  await once(archive, 'end');
  const found = await Promise.all(texts);
  archive.close();
  return found.join('\n');
}

describe('the export of the inventory', () => {
  const here = usingInventory();

  /** Looks at two of the six workloads by three columns, and exports them. */
  const exported = async (as: string): Promise<{ page: Page; file: Download }> => {
    const page = await visit(here.ada, '/inventory?filter[team]=Fraud&filter[team]=Finance&sort=-key&columns=key*,name,riskTier');
    await rows(page).nth(1).waitFor();
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: as }).click();
    return { page, file: await waiting };
  };

  it('exports what is shown: its rows, order and columns', async () => {
    const { page, file } = await exported('CSV for scripts and other systems');
    const stream = await file.createReadStream();
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    expect(Buffer.concat(parts).toString('utf8').replace('\uFEFF', '').trim().split(/\r?\n/)).toEqual(['key,name,riskTier', 'INVOICE-READER,Invoice reader,low', 'FRAUD-SCORING,Fraud scoring,critical']);
    await page.getByText('2 rows are in the file').waitFor();
  });

  it('exports for Excel: a workbook of the same rows', async () => {
    const { file } = await exported('XLSX for Excel');
    expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
    const text = await entryOf(await file.path(), /^xl\/(worksheets\/sheet1|sharedStrings)\.xml$/);
    expect(text).toContain('INVOICE-READER');
    expect(text.indexOf('INVOICE-READER')).toBeLessThan(text.indexOf('FRAUD-SCORING'));
    expect(text).not.toContain('CLAIMS-TRIAGE');
  });
});
