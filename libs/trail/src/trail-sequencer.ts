import { Injectable } from '@nestjs/common';
import { Clock, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { completeSubtrees, MerkleAppender, type TreeNode } from './merkle-tree.js';
import { trailLeafHash } from './trail-entry.js';
import { TrailLogKey } from './trail-log-key.js';
import { type LeafRow, TrailTreeRepository } from './trail-tree.repository.js';

const BATCH = 1_000;

/** Gives recorded entries their place in the organization's tree and signs its head. Keeps the lock on the tree out of business transactions. */
@Injectable()
export class TrailSequencer {
  constructor(
    private readonly repository: TrailTreeRepository, private readonly key: TrailLogKey, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /**
   * One batch of at most 1,000 entries in one transaction, closed by a signed checkpoint.
   * @param wait whether to wait when another process grows this tree right now
   * @returns how many entries got their place; 0 when there was nothing to do or somebody else does it
   */
  sequence(scope: TenantScope, wait = false): Promise<number> {
    return this.unitOfWork.run(scope, async () => {
      if (!(await this.repository.lockTree(scope, wait))) return 0;
      const pending = await this.repository.pending(scope, BATCH);
      if (pending.length === 0) return 0;
      const tree = await this.openTree(scope);
      const leaves: LeafRow[] = [];
      const nodes: TreeNode[] = [];
      for (const { entryId, entry } of pending) {
        const hash = trailLeafHash(entry);
        leaves.push({ index: tree.size, entryId, hash });
        nodes.push(...tree.append(hash));
      }
      const head = { size: tree.size, root: tree.root() };
      await this.repository.append(scope, leaves, nodes, { ...head, note: this.key.sign(scope, head), signedAt: this.clock.now() });
      return pending.length;
    });
  }

  /** Sequences until nothing is pending, for who needs a checkpoint over everything committed so far. Must not be called inside a unit of work. */
  async catchUp(scope: TenantScope): Promise<void> {
    if (this.unitOfWork.isOpen) throw new Error('The tree grows in transactions of its own, so that its checkpoints are never rolled back');
    while ((await this.sequence(scope, true)) > 0);
  }

  private async openTree(scope: TenantScope): Promise<MerkleAppender> {
    const head = await this.repository.head(scope);
    const size = head?.size ?? 0;
    const edge = completeSubtrees({ begin: 0, end: size });
    const hashes = await this.repository.nodes(scope, edge);
    const tree = new MerkleAppender(size, edge.map(({ level, index }) => {
      const hash = hashes.get(`${level}/${index}`);
      if (hash === undefined) throw new Error(`The tree of ${scope.tenantId} lacks its node ${level}/${index}`);
      return hash;
    }));
    // Never build on a tree that is not the one that was signed.
    if (head !== null && !tree.root().equals(head.root)) throw new Error(`The stored tree of ${scope.tenantId} does not have the root of its checkpoint of ${size} entries`);
    return tree;
  }
}
