import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IMPORT_LIMITS, type ImportLimits } from './import-limit.js';
import { jsonTable, sliceJsonArray } from './json-table.js';
import type { TableRow } from './table-row.js';

const opener = (text: string, size = 3) => async function* (): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
};
const read = async (text: string, format: 'json' | 'ndjson', limits: ImportLimits = IMPORT_LIMITS): Promise<{ columns: readonly string[]; rows: TableRow[] }> => {
  const table = jsonTable(opener(text), 'utf-8', format, limits);
  const rows: TableRow[] = [];
  for await (const row of table.rows) rows.push(row);
  return { columns: table.columns, rows };
};

describe('JSON as a table', () => {
  it('collects columns as they appear and aligns the cells', async () => {
    const { columns, rows } = await read('[\n {"name":"A","pii":true},\n {"team":"Ops","name":"B","owner":{"email":"o@example.org"},"n":1.5,"tags":["x","y"],"none":null}\n]', 'json');
    expect(columns).toEqual(['name', 'pii', 'team', 'owner.email', 'n', 'tags', 'none']);
    expect(rows).toEqual([{ line: 2, cells: ['A', 'true'] }, { line: 3, cells: ['B', '', 'Ops', 'o@example.org', '1.5', '["x","y"]', ''] }]);
  });
  it('reads one object per line', async () => {
    expect((await read('{"name":"A"}\r\n\r\n{"name":"B"}', 'ndjson')).rows).toEqual([{ line: 1, cells: ['A'] }, { line: 3, cells: ['B'] }]);
  });
  it.each([
    ['an array that is not closed', '[{"name":"A"},', 'json', 'INVENTORY_IMPORT_FILE_TRUNCATED'],
    ['an object that is not closed', '[{"name":"A"}, {"name":"B', 'json', 'INVENTORY_IMPORT_FILE_TRUNCATED'],
    ['a last line that is cut', '{"name":"A"}\n{"name":"B', 'ndjson', 'INVENTORY_IMPORT_FILE_TRUNCATED'],
    ['broken JSON in an element', '[{"name":"A"},{name:1}]', 'json', 'INVENTORY_IMPORT_FILE_MALFORMED'],
    ['a broken line in the middle', '{"name":"A"}\n{oops}\n{"name":"B"}\n', 'ndjson', 'INVENTORY_IMPORT_FILE_MALFORMED'],
    ['scalars instead of objects', '["A","B"]', 'json', 'INVENTORY_IMPORT_FILE_MALFORMED'],
    ['one object', '{"items":[]}', 'json', 'INVENTORY_IMPORT_FILE_MALFORMED'],
    ['text after the array', '[{"name":"A"}] x', 'json', 'INVENTORY_IMPORT_FILE_MALFORMED'],
    ['an extra comma', '[{"name":"A"},]', 'json', 'INVENTORY_IMPORT_FILE_MALFORMED'],
    ['an empty array', '[]', 'json', 'INVENTORY_IMPORT_FILE_EMPTY'],
    ['an escaped NUL', '[{"name":"A\\u0000"}]', 'json', 'INVENTORY_IMPORT_FILE_MALFORMED'],
  ] as const)('refuses %s', async (_what, text, format, code) => {
    await expect(read(text, format)).rejects.toMatchObject({ code });
  });
  it('says on which line it is wrong', async () => {
    await expect(read('[\n{"name":"A"},\n{"name":}\n]', 'json')).rejects.toMatchObject({ detail: expect.stringContaining('Line 3') });
  });
  it('keeps to the limits', async () => {
    await expect(read(`[{"name":"${'x'.repeat(100)}"}]`, 'json', { ...IMPORT_LIMITS, recordChars: 50 })).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_LINE_TOO_LONG' });
    await expect(read(`{"name":"${'x'.repeat(100)}"}`, 'ndjson', { ...IMPORT_LIMITS, recordChars: 50 })).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_LINE_TOO_LONG' });
    await expect(read('[{"a":1,"b":2,"c":3}]', 'json', { ...IMPORT_LIMITS, columns: 2 })).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_TOO_MANY_COLUMNS' });
    await expect(read('[{"a":1},{"a":2}]', 'json', { ...IMPORT_LIMITS, rows: 1 })).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_TOO_MANY_ROWS' });
  });
  it('cuts any array into exactly its elements, wherever the chunks end (property)', async () => {
    const element = fc.oneof(fc.object({ maxDepth: 3 }), fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
    await fc.assert(fc.asyncProperty(fc.array(element, { minLength: 1 }), fc.integer({ min: 1, max: 9 }), fc.boolean(), async (values, size, pretty) => {
      const text = JSON.stringify(values, null, pretty ? 2 : 0);
      const chunks = async function* (): AsyncGenerator<string> {
        for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
      };
      const found: unknown[] = [];
      for await (const slice of sliceJsonArray(chunks(), IMPORT_LIMITS)) found.push(JSON.parse(slice.text));
      expect(found).toEqual(JSON.parse(text));
    }), { numRuns: 100 });
  });
});
