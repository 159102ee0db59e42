import { describe, expect, it } from '@jest/globals';
import { EMPTY_ROOT, leafHash, nodeHash, verifyConsistency, verifyInclusion } from '@roster/pack-verify';
import { completeSubtrees, consistencyRanges, hashSubtrees, inclusionRanges, type LeafRange, MerkleAppender } from './merkle-tree.js';

/** The definition of RFC 6962 section 2.1, word for word, to compare with. */
const split = (n: number): number => 2 ** Math.ceil(Math.log2(n) - 1);
/** Root over the leaves from `begin` to before `end`; each is computed once. */
const known = new Map<string, Buffer>();
const mth = (begin: number, end: number): Buffer => {
  const name = `${begin}-${end}`;
  const root = known.get(name) ?? computed(begin, end);
  known.set(name, root);
  return root;
};
const computed = (begin: number, end: number): Buffer => {
  if (begin === end) return Buffer.from(EMPTY_ROOT);
  if (end - begin === 1) return at(LEAVES, begin);
  const k = begin + split(end - begin);
  return Buffer.from(nodeHash(mth(begin, k), mth(k, end)));
};
const path = (m: number, begin: number, end: number): Buffer[] => {
  if (end - begin <= 1) return [];
  const k = begin + split(end - begin);
  return m < k ? [...path(m, begin, k), mth(k, end)] : [...path(m, k, end), mth(begin, k)];
};
const subproof = (m: number, begin: number, end: number, complete: boolean): Buffer[] => {
  if (m === end) return complete ? [] : [mth(begin, end)];
  const k = begin + split(end - begin);
  return m <= k ? [...subproof(m, begin, k, complete), mth(k, end)] : [...subproof(m, k, end, false), mth(begin, k)];
};

const MAX = 70;
const LEAVES = Array.from({ length: MAX }, (_, i) => Buffer.from(leafHash(Buffer.from(`entry ${i}`))));

/** A store that holds leaves and complete subtrees only, as the database does. */
const grow = (): { store: Map<string, Buffer>; roots: Buffer[] } => {
  const store = new Map<string, Buffer>();
  const roots: Buffer[] = [Buffer.from(EMPTY_ROOT)];
  let appender = new MerkleAppender(0, []);
  LEAVES.forEach((leaf, index) => {
    store.set(`0/${index}`, leaf);
    for (const node of appender.append(leaf)) store.set(`${node.level}/${node.index}`, node.hash);
    roots.push(appender.root());
    // Start again from what is stored, as the next run of the sequencer does.
    const edge = completeSubtrees({ begin: 0, end: index + 1 }).map(({ level, index: i }) => store.get(`${level}/${i}`) ?? Buffer.alloc(0));
    appender = new MerkleAppender(index + 1, edge);
  });
  return { store, roots };
};
const { store, roots } = grow();
const hashOf = (range: LeafRange): Buffer => hashSubtrees(completeSubtrees(range).map(({ level, index }) => {
  const hash = store.get(`${level}/${index}`);
  if (hash === undefined) throw new Error(`no node ${level}/${index}`);
  return hash;
}));
const at = <T>(items: readonly T[], index: number): T => {
  const item = items[index];
  if (item === undefined) throw new Error(`nothing at ${index}`);
  return item;
};
const flipped = (hash: Buffer): Buffer => {
  const copy = Buffer.from(hash);
  copy[0] = (copy[0] ?? 0) ^ 1;
  return copy;
};

describe('the tree, for all sizes from 1 to 70', () => {
  it('has the roots of RFC 6962 when grown leaf by leaf from stored subtrees', () => {
    for (let size = 0; size <= MAX; size += 1) expect(at(roots, size).equals(mth(0, size))).toBe(true);
    expect(store.size).toBe(Array.from({ length: 7 }, (_, level) => Math.floor(MAX / 2 ** level)).reduce((sum, n) => sum + n, 0));
  });

  it('proves the inclusion of every leaf in every size, and of no other', () => {
    let proofs = 0;
    for (let size = 1; size <= MAX; size += 1) {
      const root = at(roots, size);
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionRanges(index, size).map(hashOf);
        const claim = { index, size, leaf: at(LEAVES, index), proof, root };
        expect(Buffer.concat(proof).equals(Buffer.concat(path(index, 0, size)))).toBe(true);
        const refused = [
          { ...claim, leaf: flipped(claim.leaf) }, { ...claim, root: flipped(root) }, { ...claim, index: index + 1 }, { ...claim, index: index - 1 },
          { ...claim, proof: [...proof, root] }, { ...claim, proof: [root, ...proof] }, { ...claim, size: index },
          ...(proof.length > 0 ? [{ ...claim, proof: proof.slice(1) }, { ...claim, proof: [flipped(at(proof, 0)), ...proof.slice(1)] }] : []),
        ];
        if (!verifyInclusion(claim) || refused.some(verifyInclusion)) throw new Error(`leaf ${index} of ${size}`);
        proofs += 1;
      }
    }
    expect(proofs).toBe((MAX * (MAX + 1)) / 2);
  });

  it('proves the consistency of every pair of sizes, and of no others', () => {
    let proofs = 0;
    for (let to = 1; to <= MAX; to += 1) {
      const toRoot = at(roots, to);
      for (let from = 1; from <= to; from += 1) {
        const fromRoot = at(roots, from);
        const proof = consistencyRanges(from, to).map(hashOf);
        const claim = { from, to, fromRoot, toRoot, proof };
        expect(Buffer.concat(proof).equals(Buffer.concat(subproof(from, 0, to, true)))).toBe(true);
        const refused = [
          { ...claim, fromRoot: flipped(fromRoot) }, { ...claim, toRoot: flipped(toRoot) }, { ...claim, from: to, to: from - 1 }, { ...claim, proof: [...proof, toRoot] },
          ...(from < to ? [{ ...claim, fromRoot: toRoot, toRoot: fromRoot }, { ...claim, proof: proof.slice(1) }, { ...claim, proof: [flipped(at(proof, 0)), ...proof.slice(1)] }] : []),
        ];
        if (!verifyConsistency(claim) || refused.some(verifyConsistency)) throw new Error(`from ${from} to ${to}`);
        proofs += 1;
      }
    }
    expect(proofs).toBe((MAX * (MAX + 1)) / 2);
  });

  it('starts from nothing', () => {
    expect(verifyConsistency({ from: 0, to: 5, fromRoot: EMPTY_ROOT, toRoot: at(roots, 5), proof: [] })).toBe(true);
    expect(verifyConsistency({ from: 0, to: 5, fromRoot: at(roots, 1), toRoot: at(roots, 5), proof: [] })).toBe(false);
    expect(new MerkleAppender(0, []).root().equals(EMPTY_ROOT)).toBe(true);
  });

  it('names the ranges of a tree far beyond 32 bits', () => {
    const size = 2 ** 40 + 3;
    const ranges = inclusionRanges(size - 1, size);
    expect(ranges).toEqual([{ begin: 2 ** 40, end: 2 ** 40 + 2 }, { begin: 0, end: 2 ** 40 }]);
    expect(completeSubtrees({ begin: 0, end: size })).toEqual([{ level: 40, index: 0 }, { level: 1, index: 2 ** 39 }, { level: 0, index: 2 ** 40 + 2 }]);
  });

  it.each([[-1, 3], [3, 3], [0, 0], [0.5, 3]])('has no leaf %p in a tree of %p', (index, size) => {
    expect(() => inclusionRanges(index, size)).toThrow(RangeError);
  });

  it('refuses an edge that does not fit the size', () => {
    expect(() => new MerkleAppender(3, [Buffer.from(EMPTY_ROOT)])).toThrow(RangeError);
  });
});
