/** A pack as bytes that can be read anywhere: a file on a disk, or one that was dropped on a page. */
export interface PackArchive {
  /** Bytes of the whole. */
  readonly size: number;
  /**
   * @param position first byte, from 0
   * @param length how many bytes are wanted; the end of the file may give fewer
   */
  read(position: number, length: number): Promise<Uint8Array>;
}

/** The part of the web's `Blob` that is needed; a `File` is one. */
export interface BlobLike {
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** A dropped or chosen file as an archive. It is read slice by slice and never as a whole. */
export const blobArchive = (blob: BlobLike): PackArchive => ({
  size: blob.size,
  read: async (position, length) => new Uint8Array(await blob.slice(position, Math.min(position + length, blob.size)).arrayBuffer()),
});

const WINDOW = 1_048_576;

/** Reads an archive mostly forward through one window, so that a pack of many small files needs few reads. */
export class ArchiveReader {
  private window: Uint8Array = new Uint8Array(0);
  private start = 0;

  constructor(private readonly archive: PackArchive) {}

  get size(): number {
    return this.archive.size;
  }

  /** A reader of the same archive with a window of its own. */
  another(): ArchiveReader {
    return new ArchiveReader(this.archive);
  }

  /**
   * @param length at most {@link WINDOW} bytes
   * @returns the bytes, valid until the next call; fewer at the end of the file
   */
  async read(position: number, length: number): Promise<Uint8Array> {
    if (position < this.start || position + length > this.start + this.window.length) {
      this.window = await this.archive.read(position, Math.max(length, WINDOW));
      this.start = position;
    }
    return this.window.subarray(position - this.start, position - this.start + length);
  }

  /** The bytes of a region in pieces, each valid until the next. @throws Error when the file ends before the region does */
  async *pieces(position: number, length: number): AsyncGenerator<Uint8Array> {
    const end = position + length;
    for (let at = position; at < end;) {
      const ahead = at >= this.start ? this.start + this.window.length - at : 0;
      const piece = await this.read(at, Math.min(ahead > 0 ? ahead : WINDOW, end - at));
      if (piece.length === 0) throw new Error(`The file ends at byte ${at}, in the middle of a part that should end at byte ${end}`);
      yield piece;
      at += piece.length;
    }
  }
}
