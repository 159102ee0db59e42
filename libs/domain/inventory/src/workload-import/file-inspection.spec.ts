import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '@roster/platform-errors';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { inspectFile } from './file-inspection.js';
import { IMPORT_LIMITS, type ImportLimits } from './import-limit.js';

async function* chunksOf(bytes: Buffer, size = 7): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
const inspect = (bytes: Buffer | string, name = 'inventory.csv', encoding?: string, limits: ImportLimits = IMPORT_LIMITS) =>
  inspectFile(chunksOf(Buffer.from(bytes as string)), name, limits, encoding);
const refusal = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (error instanceof ProblemError) return error.code;
    throw error;
  }
  return 'accepted';
};

describe('encoding of an import', () => {
  it('takes valid UTF-8 as it is, whatever the cut between chunks', async () => {
    expect(await inspect('Name\nCafé – “x”\n')).toMatchObject({ format: 'csv', encoding: 'utf-8', encodingSource: 'valid', warnings: [] });
  });
  it('takes the byte order mark at its word', async () => {
    expect(await inspect(Buffer.from('\uFEFFName\nCafé\n'))).toMatchObject({ encoding: 'utf-8', encodingSource: 'byte_order_mark' });
    expect(await inspect(iconv.encode('Name\nCafé\n', 'utf-16le', { addBOM: true }))).toMatchObject({ encoding: 'utf-16le', encodingSource: 'byte_order_mark' });
    expect(await inspect(iconv.encode('Name\nCafé\n', 'utf-16be', { addBOM: true }))).toMatchObject({ encoding: 'utf-16be', encodingSource: 'byte_order_mark' });
  });
  it('recognises UTF-16 without a mark by its NUL bytes', async () => {
    expect(await inspect(iconv.encode('Name,Team\nBot,Ops\n', 'utf-16le', { addBOM: false }))).toMatchObject({ encoding: 'utf-16le' });
    expect(await inspect(iconv.encode('Name,Team\nBot,Ops\n', 'utf-16be', { addBOM: false }))).toMatchObject({ encoding: 'utf-16be' });
  });
  it('falls back to windows-1252 and says so', async () => {
    const found = await inspect(iconv.encode('Name\nCafé – “x”\n', 'windows-1252'));
    expect(found).toMatchObject({ encoding: 'windows-1252', encodingSource: 'assumed' });
    expect(found.warnings.map((warning) => warning.code)).toEqual(['encoding_assumed']);
    expect(found.warnings[0]?.message).toContain('line 2');
  });
  it('asks instead of guessing when windows-1252 is impossible or unlikely', async () => {
    expect(await refusal(inspect(Buffer.from([0x4e, 0x0a, 0xc3, 0x28, 0x81, 0x0a])))).toBe('INVENTORY_IMPORT_ENCODING_UNKNOWN');
    const russian = 'Название,Команда\n'.concat('Чат-бот поддержки клиентов банка отвечает на вопросы,Поддержка пользователей\n'.repeat(20));
    expect(await refusal(inspect(iconv.encode(russian, 'windows-1251')))).toBe('INVENTORY_IMPORT_ENCODING_UNKNOWN');
    expect(await inspect(iconv.encode(russian, 'windows-1251'), 'a.csv', 'windows-1251')).toMatchObject({ encoding: 'windows-1251', encodingSource: 'stated' });
  });
  it('refuses an encoding nobody knows, and a stated UTF-8 that is not', async () => {
    expect(await refusal(inspect('Name\nx\n', 'a.csv', 'klingon-8'))).toBe('INVENTORY_IMPORT_ENCODING_UNKNOWN');
    expect(await refusal(inspect(Buffer.from([0x41, 0x0a, 0xe9, 0x0a]), 'a.csv', 'utf-8'))).toBe('INVENTORY_IMPORT_ENCODING_UNKNOWN');
  });
  it('refuses NUL bytes with their place', async () => {
    await expect(inspect(Buffer.from('Name\nA\0B\n'))).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_NUL_BYTE', detail: expect.stringContaining('offset 6 (line 2)') });
  });
  it('calls every UTF-8 text UTF-8 (property)', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (text) => {
      const clean = `n${text.replaceAll('\0', '')}`;
      expect((await inspect(clean)).encoding).toBe('utf-8');
    }), { numRuns: 100 });
  });
});

describe('format of an import', () => {
  it.each([
    ['[{"name":"x"}]', 'a.json', 'json'], ['{"name":"x"}\n{"name":"y"}\n', 'a.json', 'ndjson'], ['{"name":"x"}\n', 'a.ndjson', 'ndjson'], ['  [ {"name":"x"}]', 'upload', 'json'],
    ['Name;Team\na;b\n', 'a.csv', 'csv'], ['[Name],Team\na,b\n', 'a.csv', 'csv'], ['Name\tTeam\n', 'a.tsv', 'csv'], ['Name,Team\n', 'upload', 'csv'],
  ])('%j named %s is %s', async (text, name, format) => {
    expect((await inspect(text, name)).format).toBe(format);
  });
  it('refuses what is not what its name says', async () => {
    const zip = Buffer.concat([Buffer.from([0x50, 0x4b, 0x03, 0x04]), Buffer.alloc(40, 1)]);
    await expect(inspect(zip, 'inventory.csv')).rejects.toMatchObject({ code: 'INVENTORY_IMPORT_FORMAT_MISMATCH', detail: expect.stringContaining('ZIP') });
    expect(await inspect(zip, 'inventory.xlsx')).toMatchObject({ format: 'xlsx', encoding: null });
    expect(await refusal(inspect('Name\nx\n', 'inventory.xlsx'))).toBe('INVENTORY_IMPORT_FORMAT_MISMATCH');
    expect(await refusal(inspect(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'old.xls'))).toBe('INVENTORY_IMPORT_FORMAT_MISMATCH');
    expect(await refusal(inspect('%PDF-1.7\n', 'inventory.csv'))).toBe('INVENTORY_IMPORT_FORMAT_MISMATCH');
  });
  it('refuses an empty and an oversized file', async () => {
    expect(await refusal(inspect(''))).toBe('INVENTORY_IMPORT_FILE_EMPTY');
    expect(await refusal(inspect('Name\nx\n', 'a.csv', undefined, { ...IMPORT_LIMITS, fileBytes: 5 }))).toBe('INVENTORY_IMPORT_FILE_TOO_LARGE');
  });
});
