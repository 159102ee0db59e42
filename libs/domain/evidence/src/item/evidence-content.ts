import type { Readable } from 'node:stream';

/** The file of one version of evidence, as a stream. */
export interface EvidenceContent {
  readonly stream: Readable;
  readonly fileName: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
}
