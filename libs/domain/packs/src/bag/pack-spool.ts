import { createHash } from 'node:crypto';
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

  /** Begins a file. Files of one spool are written one after the other; `close` gives the member. */
  begin(path: string): SpoolFile {
    if (this.writing) throw new Error('The files of a spool are written one after the other');
    this.writing = true;
    const start = this.position;
    return new SpoolFile(this.file, (written, sha256) => {
      this.position += written;
      this.writing = false;
      return { path, size: written, sha256, open: () => (written === 0 ? Readable.from([]) : createReadStream(this.path, { start, end: start + written - 1 })) };
    });
  }

  /** Writes one file in pieces of any size. */
  async add(path: string, produce: (writer: SpoolWriter) => Promise<void> | void): Promise<PackMember> {
    const file = this.begin(path);
    await produce(file);
    return file.close();
  }

  addText(path: string, text: string): Promise<PackMember> {
    return this.add(path, (writer) => writer.write(text));
  }

  async discard(): Promise<void> {
    await this.file.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A file being written to a spool. */
export class SpoolFile implements SpoolWriter {
  private pieces: string[] = [];
  private length = 0;
  private size = 0;
  private readonly hash = createHash('sha256');

  constructor(private readonly file: FileHandle, private readonly done: (size: number, sha256: string) => PackMember) {}

  async write(text: string): Promise<void> {
    this.pieces.push(text);
    this.length += text.length;
    if (this.length >= FLUSH_BYTES) await this.flush();
  }

  async close(): Promise<PackMember> {
    await this.flush();
    return this.done(this.size, this.hash.digest('hex'));
  }

  private async flush(): Promise<void> {
    const bytes = Buffer.from(this.pieces.join(''), 'utf8');
    this.pieces = [];
    this.length = 0;
    this.hash.update(bytes);
    // The handle appends; a short write would silently corrupt the spool, so it is completed.
    for (let offset = 0; offset < bytes.length;) offset += (await this.file.write(bytes, offset)).bytesWritten;
    this.size += bytes.length;
  }
}
