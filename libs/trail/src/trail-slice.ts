import { Injectable } from '@nestjs/common';
import type { Checkpoint } from '@roster/pack-verify';
import type { TenantScope } from '@roster/platform-context';
import { TrailLogKey } from './trail-log-key.js';
import { TrailProofs } from './trail-proofs.js';
import { TrailQueryRepository, type TrailSliceFilter } from './trail-query.repository.js';
import { TrailSequencer } from './trail-sequencer.js';
import { TrailTreeRepository } from './trail-tree.repository.js';

/** One entry of a slice: the exact texts, its place, and the proof that it is in the tree of the slice's checkpoint. */
export interface TrailSliceEntry {
  readonly index: number;
  readonly entry: string;
  readonly disclosure: string;
  readonly hashes: readonly Buffer[];
}

/** A signed head of the tree. */
export interface SignedCheckpoint extends Checkpoint {
  readonly note: string;
  /** The log's public key as `name+id+key`. */
  readonly verifierKey: string;
}

const BATCH = 500;

/** Cuts provable parts out of the trail, for evidence packs. */
@Injectable()
export class TrailSlices {
  constructor(
    private readonly entries: TrailQueryRepository, private readonly tree: TrailTreeRepository, private readonly proofs: TrailProofs,
    private readonly sequencer: TrailSequencer, private readonly key: TrailLogKey,
  ) {}

  /** Puts everything committed so far into the tree. Call it before the unit of work in which the slice is read. */
  prepare(scope: TenantScope): Promise<void> {
    return this.sequencer.catchUp(scope);
  }

  /** How many entries the organization has in all, as its tree knows: nothing is counted that has a leaf. */
  size(scope: TenantScope): Promise<number> {
    return this.tree.entries(scope);
  }

  /**
   * The oldest checkpoint that covers everything recorded at or before an instant. It does not move when more is recorded later, so that the same
   * question gets the same answer.
   * @throws Error when `prepare` was not called and entries are still pending, or the organization has no trail
   */
  async checkpointAt(scope: TenantScope, at: Date): Promise<SignedCheckpoint> {
    const size = await this.tree.sizeAt(scope, at);
    const row = await this.tree.checkpointCovering(scope, Math.max(size, 1));
    if (row === null) throw new Error('There is no checkpoint over the entries up to this instant');
    return { origin: this.key.origin(scope), size: row.size, root: row.root, note: row.note, verifierKey: this.key.verifierKey(scope) };
  }

  /** Entries in the order of the tree, with their proofs, in constant memory. Needs an open unit of work. */
  async *read(scope: TenantScope, filter: TrailSliceFilter): AsyncGenerator<TrailSliceEntry> {
    for await (const rows of this.entries.slice(scope, filter, BATCH)) {
      const proofs = await this.proofs.inclusion(scope, rows.map(({ leafIndex }) => leafIndex), filter.size);
      for (const { leafIndex: index, entry, disclosure } of rows) yield { index, entry, disclosure, hashes: proofs.get(index) ?? [] };
    }
  }

  /** Proof that one checkpoint's tree continues another's. */
  async consistency(scope: TenantScope, from: number, to: number): Promise<readonly Buffer[]> {
    return (await this.proofs.consistency(scope, from, to)).hashes;
  }
}
