import { Injectable } from '@nestjs/common';
import { Clock, newId, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { Trail } from '@roster/trail';
import { DrillRepository } from '../drill/drill.repository.js';

/** Lets the drills of a merged workload count for the one that stays (domain.md section 3: merging keeps both histories). */
@Injectable()
export class TakeOverDrillsUsecase {
  constructor(private readonly drills: DrillRepository, private readonly trail: Trail, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock) {}

  /**
   * A drill is never changed, so it is repeated for the survivor as recorded now, by whoever recorded it; the original stays where it is. A
   * drill the survivor has already is not repeated.
   * @returns how many the survivor got
   */
  async takeOver(scope: TenantScope, fromId: string, intoId: string): Promise<number> {
    return this.unitOfWork.run(scope, async () => {
      const at = this.clock.now();
      const ids = await this.drills.idsOf(scope, fromId);
      if (ids.length === 0) return 0;
      const copies = await this.drills.copyTo(scope, intoId, ids.map((id) => ({ id, copyId: newId(at) })), at);
      await this.trail.recordMany(scope, copies.map(({ id, copyId, kind, result, startedAt, endedAt }) => ({
        action: 'incidents.drill.taken-over', object: { type: 'drill', id: copyId }, workloadId: intoId,
        payload: { kind, result, startedAt: startedAt.toISOString(), endedAt: endedAt.toISOString(), mergedFrom: fromId, original: id },
      })));
      return copies.length;
    });
  }
}
