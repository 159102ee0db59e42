import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { PackMember } from './pack-member.js';

const FLUSH_BYTES = 262_144;

/** Takes the text of one file piece by piece. */
export interface SpoolWriter {
  write(text: string): Promise<void>;
}

/**
 * Generated files wait here until their digests are known, all in one temporary file: a pack of 100,000 workloads needs no 100,000 files and no memory.
 * Always `discard()` it.
 */
export class PackSpool {
  private constructor(private readonly folder: string, private readonly path: string, private readonly file: FileHandle) {}
  private position = 0;
  private writing = false;

  static async create(parent = tmpdir()): Promise<PackSpool> {
    const folder = await mkdtemp(join(parent, 'roster-pack-'));
    const path = join(folder, 'spool');
    return new PackSpool(folder, path, await open(path, 'wx', 0o600));
  }

  /**
   * Writes one file. Files are written one after the other.
   * @param produce writes the content in pieces of any size
   */
  async add(path: string, produce: (writer: SpoolWriter) => Promise<void> | void): Promise<PackMember> {
    if (this.writing) throw new Error('The files of a spool are written one after the other');
    this.writing = true;
    const start = this.position;
    const hash = createHash('sha256');
    const buffer = new WriteBuffer(this.file, hash, (bytes) => { this.position += bytes; });
    try {
      await produce(buffer);
      await buffer.flush();
    } finally {
      this.writing = false;
    }
    const size = this.position - start;
    return {
      path, size, sha256: hash.digest('hex'),
      open: () => (size === 0 ? Readable.from([]) : createReadStream(this.path, { start, end: start + size - 1 })),
    };
  }

  addText(path: string, text: string): Promise<PackMember> {
    return this.add(path, (writer) => writer.write(text));
  }

  async discard(): Promise<void> {
    await this.file.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

class WriteBuffer implements SpoolWriter {
  private pieces: string[] = [];
  private length = 0;

  constructor(private readonly file: FileHandle, private readonly hash: Hash, private readonly written: (bytes: number) => void) {}

  async write(text: string): Promise<void> {
    this.pieces.push(text);
    this.length += text.length;
    if (this.length >= FLUSH_BYTES) await this.flush();
  }

  async flush(): Promise<void> {
    const bytes = Buffer.from(this.pieces.join(''), 'utf8');
    this.pieces = [];
    this.length = 0;
    this.hash.update(bytes);
    // The handle appends; a short write would silently corrupt the spool, so it is completed.
    for (let offset = 0; offset < bytes.length;) offset += (await this.file.write(bytes, offset)).bytesWritten;
    this.written(bytes.length);
  }
}
