import { ProblemError, problem } from '@roster/platform-errors';
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Bytes on local disk that can be stored. Always `discard()` them. */
export interface Spooled {
  readonly size: number;
  stream(): ReadStream;
  discard(): Promise<void>;
}

/** One piece of a larger file, as far as it arrived. */
export class SpooledPiece implements Spooled {
  private constructor(readonly path: string, readonly size: number) {}

  /**
   * Streams to a temporary file with bounded memory. A source that breaks off is no error: what reached the disk until then is a piece too,
   * and the sender goes on from its end.
   * @param maxBytes hard cap; beyond it nothing is kept
   * @throws PLATFORM_BODY_TOO_LARGE
   */
  static async receive(source: Readable, folder: string, maxBytes: number): Promise<SpooledPiece> {
    source.on('error', () => undefined);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, randomUUID());
    let size = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        if (size > maxBytes) return done(problem('PLATFORM_BODY_TOO_LARGE', `The piece is longer than the ${maxBytes} bytes that are missing. It was not kept.`));
        done(null, chunk);
      },
    });
    try {
      await pipeline(source, meter, createWriteStream(path, { mode: 0o600 }));
    } catch (error) {
      if (error instanceof ProblemError || !brokeOff(error)) {
        await rm(path, { force: true });
        throw error;
      }
    }
    return new SpooledPiece(path, (await stat(path)).size);
  }

  stream(): ReadStream {
    return createReadStream(this.path);
  }

  async discard(): Promise<void> {
    await rm(this.path, { force: true });
  }
}

/** Whether an error says that the other side went away. */
const brokeOff = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'EPIPE', 'ECONNABORTED', 'ABORT_ERR'].includes(String(error.code));

/** A file received in full on local disk, hashed on the way, not yet accepted. Always `discard()` it. */
export class SpooledFile implements Spooled {
  private constructor(readonly path: string, readonly size: number, readonly sha256: string) {}

  /**
   * Streams to a temporary file with bounded memory.
   * @param maxBytes hard cap; beyond it nothing is kept
   * @throws PLATFORM_BODY_TOO_LARGE
   */
  static async receive(source: Readable, folder: string, maxBytes: number): Promise<SpooledFile> {
    // A source that fails at once, such as a missing object, fails before the pipeline listens; the pipeline then rejects with that error.
    source.on('error', () => undefined);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, randomUUID());
    const hash = createHash('sha256');
    let size = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        size += chunk.length;
        if (size > maxBytes) return done(problem('PLATFORM_BODY_TOO_LARGE', `The file is larger than ${maxBytes} bytes. Nothing was stored.`));
        hash.update(chunk);
        done(null, chunk);
      },
    });
    try {
      await pipeline(source, meter, createWriteStream(path, { mode: 0o600 }));
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
    return new SpooledFile(path, size, hash.digest('hex'));
  }

  stream(): ReadStream {
    return createReadStream(this.path);
  }

  async discard(): Promise<void> {
    await rm(this.path, { force: true });
  }
}
