import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { Clock, type Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { fieldChanges } from '../history/history-diff.js';
import { MergeBelongings } from './merge-belongings.js';
import type { MergeWorkloadDto, WorkloadDto } from './workload.dto.js';
import { WorkloadEditing } from './workload-editing.js';
import { mergedFields } from './workload-merge.js';
import { WorkloadRepository } from './workload.repository.js';
import { WorkloadService } from './workload.service.js';

/** Merges a duplicate into the workload that stays; both histories stay (domain.md section 3). */
@Injectable()
export class MergeWorkloadUsecase {
  constructor(
    private readonly access: Access, private readonly workloads: WorkloadRepository, private readonly editing: WorkloadEditing, private readonly belongings: MergeBelongings,
    private readonly service: WorkloadService, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /**
   * What the workload that stays does not say is taken from the other, lists are joined, and what belongs to the other comes along; nothing
   * that is said already is overwritten. The key of the other leads to the one that stays.
   * @throws INVENTORY_WORKLOAD_NOT_FOUND, INVENTORY_WORKLOAD_RETIRED, INVENTORY_MERGE_CONFLICT, PLATFORM_VERSION_CONFLICT
   */
  merge(caller: Caller, key: string, { into: intoKey, reason }: MergeWorkloadDto, expected: number | null): Promise<WorkloadDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:retire');
    return this.unitOfWork.run(scope, async () => {
      const source = await this.editing.editable(scope, key, expected);
      const into = await this.editing.editable(scope, intoKey, null);
      if (source.id === into.id) throw problem('INVENTORY_MERGE_CONFLICT', `${key} and ${intoKey} are the same workload.`);
      const now = this.clock.now();
      const fields = mergedFields(into.fields, source.fields);
      const facts = await this.belongings.missingFacts(scope, source.id, into.id);
      const custom = { ...source.custom, ...into.custom };
      if ((await this.workloads.mergeInto(scope, source, into.id, now)) === 0) throw await this.editing.conflict(scope, source);
      if ((await this.workloads.update(scope, into, { fields, facts: facts.values, custom, at: now })) === 0) throw await this.editing.conflict(scope, into);
      const moved = await this.belongings.move(scope, source, into, facts.statements, now);
      const was = { ...into.fields, ...into.facts, custom: into.custom };
      await this.belongings.change.merged(scope, source, { ...into, version: into.version + 1 }, reason.trim(), { ...moved, changes: fieldChanges(was, { ...was, ...fields, ...facts.values, custom }) });
      return this.service.show(scope, into.id);
    });
  }
}
