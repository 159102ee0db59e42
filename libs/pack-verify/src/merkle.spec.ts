import { describe, expect, it } from '@jest/globals';
import { toHex } from './bytes.js';
import { EMPTY_ROOT, leafHash, nodeHash, verifyConsistency, verifyInclusion } from './merkle.js';

/** The reference data of Certificate Transparency: eight leaves, their tree heads, and published proofs (leaf numbers there start at 1). */
const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(hex);
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
].map(hex);
const INCLUSION: readonly (readonly [leaf: number, size: number, proof: readonly string[]])[] = [
  [1, 1, []],
  [1, 8, ['96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7', '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4']],
  [6, 8, ['bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b', 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7']],
  [3, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [2, 5, ['6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d', '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b']],
];
const CONSISTENCY: typeof INCLUSION = [
  [1, 1, []],
  [1, 8, ['96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7', '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4']],
  [6, 8, ['0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a', 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7']],
  [2, 5, ['5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e', 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b']],
  [6, 7, ['0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a', 'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7']],
];
const at = <T>(items: readonly T[], index: number): T => {
  const item = items[index];
  if (item === undefined) throw new Error(`nothing at ${index}`);
  return item;
};
const someHash = hex('abacaba000000000000000000000000000000000000000000060061e00123456');
const garbled = (proof: readonly Uint8Array[]): Uint8Array[][] => [
  [...proof, EMPTY_ROOT], [EMPTY_ROOT, ...proof], [...proof, Buffer.alloc(0)], [Buffer.alloc(0), ...proof], ...(proof.length > 0 ? [proof.slice(0, -1), proof.slice(1)] : []),
  ...proof.map((_, i) => proof.map((hash, j) => (i === j ? Buffer.from(hash.map((byte, k) => (k === 0 ? byte ^ 8 : byte))) : hash))),
];

describe('the published vectors of Certificate Transparency', () => {
  it('gives the published tree heads', () => {
    const head = (leaves: readonly Buffer[]): Uint8Array => {
      if (leaves.length === 1) return leafHash(at(leaves, 0));
      const k = 2 ** Math.ceil(Math.log2(leaves.length) - 1);
      return nodeHash(head(leaves.slice(0, k)), head(leaves.slice(k)));
    };
    ROOTS.forEach((root, i) => expect(toHex(head(LEAVES.slice(0, i + 1)))).toBe(root.toString('hex')));
    expect(toHex(EMPTY_ROOT)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it.each(INCLUSION)('verifies the inclusion proof of leaf %d in %d, and no corruption of it', (leaf, size, hashes) => {
    const claim = { index: leaf - 1, size, leaf: leafHash(at(LEAVES, leaf - 1)), proof: hashes.map(hex), root: at(ROOTS, size - 1) };
    expect(verifyInclusion(claim)).toBe(true);
    const wrong = [
      ...[leaf - 2, leaf, (leaf - 1) ^ 2].map((index) => ({ ...claim, index })), ...[size * 2, Math.floor(size / 2)].map((n) => ({ ...claim, size: n })),
      { ...claim, leaf: Buffer.from('WrongLeaf') }, { ...claim, root: EMPTY_ROOT }, { ...claim, root: someHash }, ...garbled(claim.proof).map((proof) => ({ ...claim, proof })),
    ];
    expect(wrong.map(verifyInclusion)).toEqual(wrong.map(() => false));
  });

  it.each(CONSISTENCY)('verifies the consistency proof from %d to %d, and no corruption of it', (from, to, hashes) => {
    const claim = { from, to, fromRoot: at(ROOTS, from - 1), toRoot: at(ROOTS, to - 1), proof: hashes.map(hex) };
    expect(verifyConsistency(claim)).toBe(true);
    const wrong = [
      { ...claim, toRoot: someHash }, { ...claim, fromRoot: someHash }, { ...claim, fromRoot: Buffer.from('WrongRoot') }, ...garbled(claim.proof).map((proof) => ({ ...claim, proof })),
      ...(from === to ? [] : [
        { ...claim, from: from - 1 }, { ...claim, from: from + 1 }, { ...claim, from: from ^ 2 }, { ...claim, to: to * 2 }, { ...claim, to: Math.floor(to / 2) },
        { ...claim, fromRoot: claim.toRoot, toRoot: claim.fromRoot }, { ...claim, proof: [] },
      ]),
    ];
    expect(wrong.map(verifyConsistency)).toEqual(wrong.map(() => false));
  });

  it('never goes back in time', () => {
    expect(verifyConsistency({ from: 2, to: 1, fromRoot: at(ROOTS, 1), toRoot: at(ROOTS, 0), proof: [] })).toBe(false);
  });
});
