import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { Clock, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { WorkloadEditing } from '../workload/workload-editing.js';
import { WorkloadLookup } from '../workload/workload-lookup.js';
import { WorkloadTouch } from '../workload/workload-touch.js';
import type { RelationsDto, ReplaceRelationsDto } from './relation.dto.js';
import { RelationRepository } from './relation.repository.js';

/** Which workloads call, feed, share or replace which (domain.md section 3). */
@Injectable()
export class RelationService {
  constructor(
    private readonly access: Access, private readonly lookup: WorkloadLookup, private readonly editing: WorkloadEditing, private readonly relations: RelationRepository,
    private readonly touch: WorkloadTouch, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** @throws INVENTORY_WORKLOAD_NOT_FOUND */
  async of(caller: Caller, key: string, asOf: Date | null): Promise<RelationsDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    return this.show(scope, (await this.lookup.require(scope, key)).id, asOf);
  }

  /**
   * Makes the outgoing relations exactly these.
   * @param expected version of the workload the change is based on; null for whatever is there
   * @throws PLATFORM_REFERENCE_UNKNOWN; as for a change of the workload
   */
  replace(caller: Caller, key: string, { relations }: ReplaceRelationsDto, expected: number | null): Promise<RelationsDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:update');
    return this.unitOfWork.run(scope, async () => {
      const workload = await this.editing.editable(scope, key, expected);
      const others = await this.lookup.requireMany(scope, relations.map((relation) => relation.workload), 'relations');
      const wanted = relations.map(({ type, workload: other, note }) => ({ type, other: others.get(other), note: note?.trim() || null }));
      const texts = wanted.map(({ type, other }) => `${type} ${other?.key ?? ''}`);
      const errors = wanted.flatMap(({ other }, index) => [
        ...(other?.id === workload.id ? [{ path: `relations[${index}].workload`, code: 'itself', message: 'a workload is not related to itself' }] : []),
        ...(texts.indexOf(texts[index] ?? '') < index ? [{ path: `relations[${index}]`, code: 'repeated', message: 'expected each relation once' }] : []),
      ]);
      if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some relations are not valid. Nothing was changed.', { errors });
      const from = (await this.relations.of(scope, workload.id)).filter(({ direction }) => direction === 'outgoing').map((row) => [row.type, row.workloadKey, row.note ?? ''].join(' ').trim()).sort();
      const to = wanted.map(({ type, other, note }) => [type, other?.key ?? '', note ?? ''].join(' ').trim()).sort();
      if (JSON.stringify(from) !== JSON.stringify(to)) {
        await this.touch.touch(scope, workload, [{ field: 'relations', from, to }]);
        await this.relations.replace(scope, workload.id, wanted.flatMap(({ type, other, note }) => (other ? [{ type, otherId: other.id, note }] : [])), this.clock.now());
      }
      return this.show(scope, workload.id, null);
    });
  }

  private async show(scope: TenantScope, workloadId: string, asOf: Date | null): Promise<RelationsDto> {
    return { items: (await this.relations.of(scope, workloadId, asOf)).map(({ type, direction, workloadKey, workloadName, note, addedAt }) => ({ type, direction, workload: workloadKey, name: workloadName, note, addedAt })) };
  }
}
