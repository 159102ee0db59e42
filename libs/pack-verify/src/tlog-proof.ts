import { decodeBase64, encodeBase64 } from './base64.js';
import { HASH_BYTES } from './merkle.js';

/** A self-contained proof that an entry is in a log (https://c2sp.org/tlog-proof), kept in files named `.tlog-proof`. */
export interface TlogProof {
  /** Zero-based index of the entry. */
  readonly index: number;
  /** Sibling hashes, the leaf's first. */
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint, as published. */
  readonly checkpoint: string;
  /** Opaque, not authenticated. */
  readonly extra?: Uint8Array;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
/** A tree of 2^53 leaves has proofs of at most this many hashes. */
const MAX_HASHES = 64;

export const formatTlogProof = ({ index, hashes, checkpoint, extra }: TlogProof): string => [
  HEADER,
  ...(extra === undefined ? [] : [`extra ${encodeBase64(extra)}`]),
  `index ${index}`,
  ...hashes.map(encodeBase64),
  '',
  checkpoint,
].join('\n');

/** @returns null when the text is not a proof of this format */
export const parseTlogProof = (text: string): TlogProof | null => {
  const split = text.indexOf('\n\n');
  if (split < 0) return null;
  const [header, ...lines] = text.slice(0, split).split('\n');
  if (header !== HEADER) return null;
  let extra: Uint8Array | undefined;
  if (lines[0]?.startsWith('extra ')) {
    const decoded = decodeBase64(lines[0].slice('extra '.length));
    if (decoded === null) return null;
    extra = decoded;
    lines.shift();
  }
  const match = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? '');
  const index = Number(match?.[1]);
  if (match === null || !Number.isSafeInteger(index) || lines.length > MAX_HASHES) return null;
  const hashes: Uint8Array[] = [];
  for (const line of lines) {
    const hash = decodeBase64(line);
    if (hash === null || hash.length !== HASH_BYTES) return null;
    hashes.push(hash);
  }
  return { index, hashes, checkpoint: text.slice(split + 2), ...(extra === undefined ? {} : { extra }) };
};
