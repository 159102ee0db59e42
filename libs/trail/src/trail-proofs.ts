import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { completeSubtrees, consistencyRanges, hashSubtrees, inclusionRanges, type LeafRange } from './merkle-tree.js';
import { TrailTreeRepository } from './trail-tree.repository.js';

const keyOf = ({ begin, end }: LeafRange): string => `${begin}-${end}`;

/** Takes proofs from the stored tree. Sizes are numbers of leaves, at most those of the newest checkpoint. */
@Injectable()
export class TrailProofs {
  constructor(private readonly repository: TrailTreeRepository) {}

  /**
   * Inclusion proofs of many leaves in one tree, with one read of the tree.
   * @returns by leaf index; the leaf's sibling comes first (RFC 6962 section 2.1.1)
   */
  async inclusion(scope: TenantScope, indexes: readonly number[], size: number): Promise<Map<number, Buffer[]>> {
    const paths = new Map(indexes.map((index) => [index, inclusionRanges(index, size)]));
    const hashes = await this.hashes(scope, [...paths.values()].flat());
    return new Map([...paths].map(([index, path]) => [index, path.map((range) => take(hashes, range))]));
  }

  /** Consistency proof between two sizes (RFC 6962 section 2.1.2), with both roots. */
  async consistency(scope: TenantScope, from: number, to: number): Promise<{ hashes: Buffer[]; fromRoot: Buffer; toRoot: Buffer }> {
    const path = consistencyRanges(from, to);
    const roots = [{ begin: 0, end: from }, { begin: 0, end: to }] as const;
    const hashes = await this.hashes(scope, [...path, ...roots]);
    return { hashes: path.map((range) => take(hashes, range)), fromRoot: take(hashes, roots[0]), toRoot: take(hashes, roots[1]) };
  }

  private async hashes(scope: TenantScope, ranges: readonly LeafRange[]): Promise<Map<string, Buffer>> {
    const unique = new Map(ranges.map((range) => [keyOf(range), completeSubtrees(range)]));
    const wanted = new Map([...unique.values()].flat().map((node) => [`${node.level}/${node.index}`, node]));
    const stored = await this.repository.nodes(scope, [...wanted.values()]);
    return new Map([...unique].map(([key, nodes]) => [key, hashSubtrees(nodes.map(({ level, index }) => take(stored, `${level}/${index}`)))]));
  }
}

const take = (hashes: ReadonlyMap<string, Buffer>, at: string | LeafRange): Buffer => {
  const key = typeof at === 'string' ? at : keyOf(at);
  const hash = hashes.get(key);
  if (hash === undefined) throw new Error(`The tree lacks its node ${key}`);
  return hash;
};
