import { S3Client } from '@aws-sdk/client-s3';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import { S3Driver } from 'flydrive/drivers/s3';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { SpooledFile } from './spooled-file.js';

/**
 * Object storage on a folder (`file:/path`) or S3 (`s3://key:secret@host:port/bucket?region=eu-west-1&tls=false`).
 * Keys are made by the server, `<tenant>/<area>/<name>`; content is always streamed.
 */
export class FileStorage {
  private constructor(private readonly disk: Disk, private readonly spoolFolder: string) {}

  static fromUrl(url: string): FileStorage {
    const parsed = new URL(url);
    if (parsed.protocol === 'file:') {
      const location = fileURLToPath(parsed);
      return new FileStorage(new Disk(new FSDriver({ location, visibility: 'private' })), join(location, '.spool'));
    }
    if (parsed.protocol !== 's3:') throw new Error('STORAGE_URL must start with file: or s3:');
    const tls = parsed.searchParams.get('tls') !== 'false';
    const client = new S3Client({
      region: parsed.searchParams.get('region') ?? 'us-east-1',
      credentials: { accessKeyId: decodeURIComponent(parsed.username), secretAccessKey: decodeURIComponent(parsed.password) },
      ...(parsed.host ? { endpoint: `${tls ? 'https' : 'http'}://${parsed.host}`, forcePathStyle: true } : {}),
      // Servers that speak S3 but not its newer checksum trailers keep working.
      requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED',
    });
    const bucket = parsed.pathname.replace(/^\/+|\/+$/g, '');
    if (!bucket) throw new Error('STORAGE_URL needs a bucket: s3://key:secret@host/bucket');
    return new FileStorage(new Disk(new S3Driver({ client, bucket, visibility: 'private', supportsACL: false })), join(tmpdir(), 'roster-spool'));
  }

  /** Receives a stream on local disk first: the hash names the object, and archives are inspected before anything is stored. */
  spool(source: Readable, maxBytes: number): Promise<SpooledFile> {
    return SpooledFile.receive(source, this.spoolFolder, maxBytes);
  }

  /** Stores a received file under a key. Storing the same bytes under the same key again is harmless. */
  async put(key: string, file: SpooledFile, mediaType: string): Promise<void> {
    await this.disk.putStream(key, file.stream(), { contentType: mediaType, contentLength: file.size });
  }

  /**
   * Stores what is made on the way, without keeping it on local disk first.
   * @param size exact number of bytes; other storage than a folder needs it before the first byte
   * @throws the error of the source; an object that was begun is removed
   */
  async putStream(key: string, source: Readable, size: number, mediaType: string): Promise<void> {
    try {
      await this.disk.putStream(key, source, { contentType: mediaType, contentLength: size });
    } catch (error) {
      const cause = source.errored ?? error;
      source.destroy();
      // The first error is the one to report; an object that cannot be removed either is never referred to.
      await this.disk.delete(key).catch(() => undefined);
      throw cause;
    }
  }

  /** @throws when the object is missing */
  open(key: string): Promise<Readable> {
    return this.disk.getStream(key);
  }

  async size(key: string): Promise<number> {
    return (await this.disk.getMetaData(key)).contentLength;
  }

  exists(key: string): Promise<boolean> {
    return this.disk.exists(key);
  }

  delete(key: string): Promise<void> {
    return this.disk.delete(key);
  }
}
