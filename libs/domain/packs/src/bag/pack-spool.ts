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
 * Generated files wait here until their digests are known, all in few temporary files: a pack of 100,000 workloads needs no 100,000 files and no memory.
 * Files that are written at the same time go to lanes of their own. Always `discard()` it.
 */
export class PackSpool {
  private readonly lanes = new Map<string, Lane>();

  private constructor(private readonly folder: string) {}

  static async create(parent = tmpdir()): Promise<PackSpool> {
    return new PackSpool(await mkdtemp(join(parent, `roster-pack-${process.pid}-`)));
  }

  /** Begins a file; `close` gives the member. Files of one lane are written one after the other. */
  async begin(path: string, laneName = 'main'): Promise<SpoolFile> {
    const lane = await this.lane(laneName);
    if (lane.writing) throw new Error('The files of a lane are written one after the other');
    lane.writing = true;
    const start = lane.position;
    return new SpoolFile(lane.file, (size, sha256) => {
      lane.position += size;
      lane.writing = false;
      return { path, size, sha256, open: () => (size === 0 ? Readable.from([]) : createReadStream(lane.path, { start, end: start + size - 1 })) };
    });
  }

  /** Writes one file in pieces of any size. */
  async add(path: string, produce: (writer: SpoolWriter) => Promise<void> | void): Promise<PackMember> {
    const file = await this.begin(path);
    await produce(file);
    return file.close();
  }

  addText(path: string, text: string): Promise<PackMember> {
    return this.add(path, (writer) => writer.write(text));
  }

  async discard(): Promise<void> {
    for (const { file } of this.lanes.values()) await file.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async lane(name: string): Promise<Lane> {
    const found = this.lanes.get(name);
    if (found !== undefined) return found;
    const path = join(this.folder, name);
    const lane = { path, file: await open(path, 'wx', 0o600), position: 0, writing: false };
    this.lanes.set(name, lane);
    return lane;
  }
}

interface Lane {
  readonly path: string;
  readonly file: FileHandle;
  position: number;
  writing: boolean;
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
