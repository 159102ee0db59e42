import { equalBytes } from './bytes.js';
import { sha256Of } from './digest.js';

/**
 * Hashing of RFC 6962 section 2.1 and verification of RFC 9162 sections 2.1.3.2 and 2.1.4.2.
 * Sizes and indexes are plain numbers up to 2^53, so halving is arithmetic: JavaScript's bit operators stop at 32 bits.
 */
export const HASH_BYTES = 32;
const LEAF_PREFIX = Uint8Array.of(0x00);
const NODE_PREFIX = Uint8Array.of(0x01);

/** Root of a tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Uint8Array = sha256Of();

/** Hash of one entry: SHA-256(0x00 || entry). @param entry the exact bytes that were logged */
export const leafHash = (entry: Uint8Array): Uint8Array => sha256Of(LEAF_PREFIX, entry);

/** Hash of an inner node: SHA-256(0x01 || left || right). */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => sha256Of(NODE_PREFIX, left, right);

const half = (value: number): number => Math.floor(value / 2);
const isOdd = (value: number): boolean => value % 2 === 1;
const isSize = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;
const areHashes = (hashes: readonly Uint8Array[]): boolean => hashes.every((hash) => hash.length === HASH_BYTES);

export interface InclusionClaim {
  /** Zero-based position of the entry. */
  readonly index: number;
  /** Number of leaves of the tree. */
  readonly size: number;
  readonly leaf: Uint8Array;
  /** Sibling hashes, the leaf's first. */
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** Is the leaf at `index` of the tree of `size` leaves with this root? (RFC 9162 section 2.1.3.2) */
export const verifyInclusion = ({ index, size, leaf, proof, root }: InclusionClaim): boolean => {
  if (!isSize(index) || !isSize(size) || index >= size) return false;
  if (!areHashes([leaf, root, ...proof])) return false;
  let fn = index;
  let sn = size - 1;
  let hash: Uint8Array = leaf;
  for (const sibling of proof) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      hash = nodeHash(sibling, hash);
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && equalBytes(hash, root);
};

export interface ConsistencyClaim {
  /** Number of leaves of the older tree. */
  readonly from: number;
  /** Number of leaves of the newer tree. */
  readonly to: number;
  readonly fromRoot: Uint8Array;
  readonly toRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** Is the older tree a prefix of the newer one, so that nothing was changed or removed in between? (RFC 9162 section 2.1.4.2) */
export const verifyConsistency = ({ from, to, fromRoot, toRoot, proof }: ConsistencyClaim): boolean => {
  if (!isSize(from) || !isSize(to) || from > to) return false;
  if (!areHashes([fromRoot, toRoot, ...proof])) return false;
  if (from === to) return proof.length === 0 && equalBytes(fromRoot, toRoot);
  if (from === 0) return proof.length === 0 && equalBytes(fromRoot, EMPTY_ROOT);

  let fn = from - 1;
  let sn = to - 1;
  while (isOdd(fn)) {
    fn = half(fn);
    sn = half(sn);
  }
  // When the older tree is one complete subtree its root is not repeated in the proof. fn is 0 exactly then.
  const path = fn === 0 ? [fromRoot, ...proof] : proof;
  const [first, ...rest] = path;
  if (first === undefined) return false;
  let oldHash: Uint8Array = first;
  let newHash: Uint8Array = first;
  for (const sibling of rest) {
    if (sn === 0) return false;
    if (isOdd(fn) || fn === sn) {
      oldHash = nodeHash(sibling, oldHash);
      newHash = nodeHash(sibling, newHash);
      while (!isOdd(fn) && fn !== 0) {
        fn = half(fn);
        sn = half(sn);
      }
    } else {
      newHash = nodeHash(newHash, sibling);
    }
    fn = half(fn);
    sn = half(sn);
  }
  return sn === 0 && equalBytes(oldHash, fromRoot) && equalBytes(newHash, toRoot);
};
