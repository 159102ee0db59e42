import { EMPTY_ROOT, nodeHash } from '@roster/pack-verify';
import { asBuffer } from './as-buffer.js';

/**
 * Growing an RFC 6962 tree and taking proofs from it, when only complete subtrees are stored: they never change once written.
 * A complete subtree is named by its level and index: it covers the leaves from `index * 2^level` up to, not including, `(index + 1) * 2^level`.
 */
export interface NodeCoordinate {
  /** 0 for a leaf. */
  readonly level: number;
  readonly index: number;
}
export interface TreeNode extends NodeCoordinate {
  readonly hash: Buffer;
}
/** Leaves from `begin` up to, not including, `end`. */
export interface LeafRange {
  readonly begin: number;
  readonly end: number;
}

const isOdd = (value: number): boolean => value % 2 === 1;

/** The largest power of two smaller than `n`, for n >= 2: where RFC 6962 splits a tree. */
const splitPoint = (n: number): number => {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
};

/**
 * The complete subtrees that a subtree of RFC 6962 consists of, left to right, largest first.
 * @param range begins at a multiple of a power of two not smaller than its length, as every range in a proof does
 */
export const completeSubtrees = ({ begin, end }: LeafRange): NodeCoordinate[] => {
  const nodes: NodeCoordinate[] = [];
  let position = begin;
  while (position < end) {
    let level = 0;
    let width = 1;
    while (width * 2 <= end - position) {
      width *= 2;
      level += 1;
    }
    nodes.push({ level, index: position / width });
    position += width;
  }
  return nodes;
};

/** Ranges whose hashes are the audit path of a leaf, its sibling first (RFC 6962 section 2.1.1). @throws RangeError unless 0 <= index < size */
export const inclusionRanges = (index: number, size: number): LeafRange[] => {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) throw new RangeError(`There is no leaf ${index} in a tree of ${size}`);
  const path: LeafRange[] = [];
  let begin = 0;
  let end = size;
  while (end - begin > 1) {
    const middle = begin + splitPoint(end - begin);
    if (index < middle) {
      path.push({ begin: middle, end });
      end = middle;
    } else {
      path.push({ begin, end: middle });
      begin = middle;
    }
  }
  return path.reverse();
};

/** Ranges whose hashes prove that the tree of `from` leaves is a prefix of the one of `to` (RFC 6962 section 2.1.2). @throws RangeError unless 0 <= from <= to */
export const consistencyRanges = (from: number, to: number): LeafRange[] => {
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || from < 0 || from > to) throw new RangeError(`A tree of ${from} leaves is no prefix of one of ${to}`);
  if (from === 0 || from === to) return [];
  const path: LeafRange[] = [];
  let begin = 0;
  let end = to;
  let isOldRoot = true;
  while (end !== from) {
    const middle = begin + splitPoint(end - begin);
    if (from <= middle) {
      path.push({ begin: middle, end });
      end = middle;
    } else {
      path.push({ begin, end: middle });
      begin = middle;
      isOldRoot = false;
    }
  }
  // The verifier knows the old root already, so it is left out when the old tree is one subtree of the new one.
  if (!isOldRoot) path.push({ begin, end });
  return path.reverse();
};

/** Hash of a range from the hashes of its complete subtrees, in the order of {@link completeSubtrees}. */
export const hashSubtrees = (hashes: readonly Buffer[]): Buffer => {
  if (hashes.length === 0) return asBuffer(EMPTY_ROOT);
  return hashes.reduceRight((right, left) => asBuffer(nodeHash(left, right)));
};

/** Grows a tree. Needs only the complete subtrees at its right edge, however large it is. */
export class MerkleAppender {
  private readonly edge: (Buffer | undefined)[] = [];

  /**
   * @param count leaves the tree has
   * @param edge hashes of `completeSubtrees({begin: 0, end: count})`, in that order
   */
  constructor(private count: number, edge: readonly Buffer[]) {
    const coordinates = completeSubtrees({ begin: 0, end: count });
    if (coordinates.length !== edge.length) throw new RangeError(`A tree of ${count} leaves has ${coordinates.length} subtrees at its edge, not ${edge.length}`);
    coordinates.forEach(({ level }, i) => { this.edge[level] = edge[i]; });
  }

  get size(): number {
    return this.count;
  }

  /** Adds a leaf. @returns the inner nodes that became complete, lowest first */
  append(leaf: Buffer): TreeNode[] {
    const completed: TreeNode[] = [];
    let hash = leaf;
    let index = this.count;
    let level = 0;
    while (isOdd(index)) {
      const left = this.edge[level];
      if (left === undefined) throw new Error(`The edge of the tree lacks its subtree at level ${level}`);
      this.edge[level] = undefined;
      hash = asBuffer(nodeHash(left, hash));
      index = (index - 1) / 2;
      level += 1;
      completed.push({ level, index, hash });
    }
    this.edge[level] = hash;
    this.count += 1;
    return completed;
  }

  root(): Buffer {
    return hashSubtrees(this.edge.filter((hash): hash is Buffer => hash !== undefined).reverse());
  }
}
