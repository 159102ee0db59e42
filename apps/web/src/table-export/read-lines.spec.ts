import { describe, expect, it } from '@jest/globals';
import type { PageOf } from '../api/paged-list.js';
import { linesOf, spread } from './exported-list.js';
import { exportFileName } from './file-name.js';
import { readLines, type ExportedLine, type LineSource } from './read-lines.js';

const line = (id: string): ExportedLine => ({ id, cells: [id, 'unknown'] });
const steady = new AbortController().signal;

/** A list of pages, with what was asked of it. */
function list(pages: readonly (readonly string[])[], total?: number): { source: LineSource; asked: (string | undefined)[] } {
  const asked: (string | undefined)[] = [];
  const read: LineSource['read'] = async (cursor) => {
    asked.push(cursor);
    const at = Number(cursor ?? 0);
    return { items: (pages[at] ?? []).map(line), nextCursor: at + 1 < pages.length ? String(at + 1) : null, ...(total === undefined ? {} : { total }) };
  };
  return { source: { header: ['Key', 'Tier'], read }, asked };
}

describe('reading a list into a file', () => {
  it('takes every page, in its order, and tells how far it is', async () => {
    const { source, asked } = list([['a', 'b'], ['c'], ['d']], 4);
    const told: unknown[] = [];
    const file = await readLines(source, steady, (...how) => told.push(how));
    expect(await file.content.text()).toBe('Key,Tier\r\na,unknown\r\nb,unknown\r\nc,unknown\r\nd,unknown\r\n');
    expect([...new Uint8Array(await file.content.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect([file.rows, file.said, file.more, asked]).toEqual([4, 4, false, [undefined, '1', '2']]);
    expect(told).toEqual([[2, 4], [3, 4], [4, 4]]);
  });

  it('writes a row once that moved to a later page meanwhile', async () => {
    const file = await readLines(list([['a', 'b'], ['b', 'c']]).source, steady, () => undefined);
    expect([file.rows, file.said, (await file.content.text()).split('\r\n').length]).toEqual([3, null, 5]);
  });

  it.each([
    [2, [['a', 'b'], ['c']], 2, true], [3, [['a', 'b'], ['c']], 3, false], [1, [['a', 'b']], 1, true], [2, [['a', 'b']], 2, false],
  ] as const)('stops at what a file takes: %i rows', async (most, pages, rows, more) => {
    const { source, asked } = list(pages);
    expect(await readLines(source, steady, () => undefined, most)).toMatchObject({ rows, more });
    expect(asked.length).toBeLessThanOrEqual(Math.ceil(most / 2));
  });

  it('gives no file when a page fails, or when it is given up', async () => {
    const stop = new AbortController();
    const broken = list([['a'], ['b']]).source;
    await expect(readLines({ ...broken, read: async (cursor, ...rest) => { if (cursor === '1') throw new Error('gone'); return broken.read(cursor, ...rest); } }, steady, () => undefined)).rejects.toThrow('gone');
    await expect(readLines(list([['a'], ['b']]).source, stop.signal, () => stop.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });

  it('writes the columns that are shown, and several rows of one item', async () => {
    interface Item { readonly key: string; readonly gaps: readonly string[] }
    const fetchPage = async (): Promise<PageOf<Item>> => ({ items: [{ key: 'A', gaps: ['one', 'two'] }, { key: 'B', gaps: [] }], nextCursor: null, total: 2 });
    const source = linesOf<{ readonly key: string; readonly gap: string }>({
      columns: [{ id: 'gap', header: 'Gap', exported: ({ gap }) => gap }, { id: 'key', header: 'Key', exported: ({ key }) => key }], rowId: ({ key, gap }) => `${key} ${gap}`,
      fetchPage: spread(fetchPage, ({ key, gaps }) => gaps.map((gap) => ({ key, gap }))),
    });
    const file = await readLines(source, steady, () => undefined);
    expect([await file.content.text(), file.said]).toEqual(['Gap,Key\r\none,A\r\ntwo,A\r\n', null]);
  });
});

describe('the name of an exported file', () => {
  it('says the day, the instant looked at, and that it does not hold all', () => {
    expect(exportFileName('reviews', null, null)).toMatch(/^reviews-\d{4}-\d{2}-\d{2}\.csv$/);
    expect(exportFileName('reviews', '2026-06-30T09:00:00+02:00', null)).toBe('reviews-as-known-on-2026-06-30T07-00-00Z.csv');
    expect(exportFileName('trail', '2026-06-30T07:00:00.123Z', 50_000)).toBe('trail-as-known-on-2026-06-30T07-00-00Z-first-50000.csv');
  });
});
