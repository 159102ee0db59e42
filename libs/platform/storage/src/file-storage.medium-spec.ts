import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import S3rver from 's3rver';
import { FileStorage } from './file-storage.js';

const CHUNK = Buffer.alloc(65_536, 'x');
async function* chunks(count: number, failure?: Error): AsyncGenerator<Buffer> {
  for (let n = 0; n < count; n += 1) yield CHUNK;
  if (failure) throw failure;
}

describe.each(['a folder', 'S3'])('storage on %s', (kind) => {
  let folder: string;
  let storage: FileStorage;
  let stop: (() => Promise<void>) | null = null;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'roster-storage-'));
    if (kind === 'a folder') {
      storage = FileStorage.fromUrl(pathToFileURL(join(folder, 'files')).href);
      return;
    }
    const s3 = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: join(folder, 's3'), resetOnClose: true, configureBuckets: [{ name: 'packs', configs: [] }] });
    const { port } = await s3.run();
    storage = FileStorage.fromUrl(`s3://S3RVER:S3RVER@127.0.0.1:${port}/packs?tls=false`);
    stop = () => s3.close();
  });
  afterAll(async () => {
    await stop?.();
    await rm(folder, { recursive: true });
  });

  it('takes a stream of known size without keeping it locally first', async () => {
    await storage.putStream('t/packs/a.zip', Readable.from(chunks(300), { objectMode: false }), 300 * CHUNK.length, 'application/zip');
    expect(await storage.size('t/packs/a.zip')).toBe(300 * CHUNK.length);
    expect((await buffer(await storage.open('t/packs/a.zip'))).equals(Buffer.concat(Array.from({ length: 300 }, () => CHUNK)))).toBe(true);
    expect((await readdir(folder, { recursive: true })).filter((name) => name.includes('.spool'))).toEqual([]);
  });

  it('keeps nothing of a stream that fails, and reports its error', async () => {
    const source = Readable.from(chunks(200, new Error('the source broke')), { objectMode: false });
    await expect(storage.putStream('t/packs/b.zip', source, 300 * CHUNK.length, 'application/zip')).rejects.toThrow('the source broke');
    expect(source.destroyed).toBe(true);
    expect(await storage.exists('t/packs/b.zip')).toBe(false);
  });
});
