import { S3Client } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { Disk } from 'flydrive';
import { FSDriver } from 'flydrive/drivers/fs';
import { S3Driver } from 'flydrive/drivers/s3';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { SpooledFile, SpooledPiece, type Spooled } from './spooled-file.js';

const MIN_PART_BYTES = 8_388_608;
/** Limit of S3 for one object. */
const MAX_PARTS = 10_000;

/**
 * Object storage on a folder (`file:/path`) or S3 (`s3://key:secret@host:port/bucket?region=eu-west-1&tls=false`).
 * Keys are made by the server, `<tenant>/<area>/<name>`; content is always streamed.
 */
export class FileStorage {
  private constructor(private readonly disk: Disk, private readonly spoolFolder: string, private readonly s3: { readonly client: S3Client; readonly bucket: string } | null) {}

  static fromUrl(url: string): FileStorage {
    const parsed = new URL(url);
    if (parsed.protocol === 'file:') {
      const location = fileURLToPath(parsed);
      return new FileStorage(new Disk(new FSDriver({ location, visibility: 'private' })), join(location, '.spool'), null);
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
    return new FileStorage(new Disk(new S3Driver({ client, bucket, visibility: 'private', supportsACL: false })), join(tmpdir(), 'roster-spool'), { client, bucket });
  }

  /** Receives a stream on local disk first: the hash names the object, and archives are inspected before anything is stored. */
  spool(source: Readable, maxBytes: number): Promise<SpooledFile> {
    return SpooledFile.receive(source, this.spoolFolder, maxBytes);
  }

  /** Receives one piece of a larger file on local disk, as far as it comes. */
  spoolPiece(source: Readable, maxBytes: number): Promise<SpooledPiece> {
    return SpooledPiece.receive(source, this.spoolFolder, maxBytes);
  }

  /** Stores a received file under a key. Storing the same bytes under the same key again is harmless. */
  async put(key: string, file: Spooled, mediaType: string): Promise<void> {
    await this.disk.putStream(key, file.stream(), { contentType: mediaType, contentLength: file.size });
  }

  /**
   * Stores what is made on the way, without keeping it on local disk first.
   * @param size number of bytes
   * @throws the error of the source; an object that was begun is removed
   */
  async putStream(key: string, source: Readable, size: number, mediaType: string): Promise<void> {
    try {
      if (this.s3 === null) await this.disk.putStream(key, source, { contentType: mediaType, contentLength: size });
      else await this.upload(this.s3, key, source, size, mediaType);
    } catch (error) {
      const cause = source.errored ?? error;
      source.destroy();
      // The first error is the one to report; an object that cannot be removed either is never referred to.
      await this.disk.delete(key).catch(() => undefined);
      throw cause;
    }
  }

  /** In parts: one request could neither be larger than 5 GiB nor be given up when the source fails. Holds at most two parts in memory. */
  private async upload({ client, bucket }: { client: S3Client; bucket: string }, key: string, source: Readable, size: number, mediaType: string): Promise<void> {
    const partSize = Math.max(MIN_PART_BYTES, Math.ceil(size / MAX_PARTS));
    await new Upload({ client, params: { Bucket: bucket, Key: key, Body: source, ContentType: mediaType }, partSize, queueSize: 1 }).done();
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

  /** Removes everything in one folder of an organization; a folder that is not there is as good as removed. @param prefix `<tenant>/<area>/<name>/` */
  async deleteFolder(prefix: string): Promise<void> {
    if (!/^[^/]+\/[^/]+\/[^/]+\/$/.test(prefix)) throw new TypeError('a folder is the id of the organization, an area and a name, each with a slash');
    await this.disk.deleteAll(prefix);
  }

  /** Removes everything under a prefix. Only for the removal of a whole organization. @param prefix ends with a slash */
  async deleteAll(prefix: string): Promise<void> {
    if (!/^[^/]+\/$/.test(prefix)) throw new TypeError('the prefix of an organization is its id and a slash');
    await this.disk.deleteAll(prefix);
  }
}
