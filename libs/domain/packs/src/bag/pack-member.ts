import type { Readable } from 'node:stream';

/** One file of a pack, known by size and digest before the pack is written. */
export interface PackMember {
  /** Path inside the pack, without its root folder. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Hex. */
  readonly sha256: string;
  /** Opens the content. Called once, when its turn comes, so that one stream is open at a time. */
  open(): Readable | Promise<Readable>;
}
