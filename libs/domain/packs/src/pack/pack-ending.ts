import { Injectable } from '@nestjs/common';
import { Clock, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { Operations, Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import type { GatheredPack } from '../content/pack-content.js';
import { PackRepository, type PackRow } from './pack.repository.js';

/** The two transactions of a build. */
@Injectable()
export class PackEnding {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly packs: PackRepository, private readonly operations: Operations, private readonly trail: Trail, private readonly outbox: Outbox, private readonly clock: Clock,
  ) {}

  /** Runs reads in one snapshot. */
  snapshot<T>(scope: TenantScope, read: () => Promise<T>): Promise<T> {
    return this.unitOfWork.run(scope, read, 'REPEATABLE READ');
  }

  /** Publishes the finished pack. @returns false when another run did so before */
  finish(scope: TenantScope, pack: PackRow, { root, counts, checkpoint }: GatheredPack, file: { storageKey: string; size: number; sha256: string }, steps: number): Promise<boolean> {
    return this.unitOfWork.run(scope, async () => {
      const fileName = `${root}.zip`;
      if (!(await this.packs.finish(scope, pack.id, { fileName, ...file, counts, checkpoint: checkpoint.note, builtAt: this.clock.now() }))) return false;
      const result = { packKey: pack.packKey, fileName, size: file.size, sha256: file.sha256, counts, trailSize: checkpoint.size };
      await this.trail.record(scope, { action: 'packs.pack.built', object: { type: 'pack', id: pack.id }, payload: result });
      await this.outbox.publish(scope, 'packs.pack.built', { packId: pack.id });
      await this.operations.succeed(scope, pack.id, result, steps);
      return true;
    });
  }
}
