import { Injectable } from '@nestjs/common';
import type { EventPayloads } from '@roster/contracts';
import { WorkloadLookup } from '@roster/inventory';
import type { TenantScope } from '@roster/platform-context';
import { ListensTo, type EventListener } from '@roster/platform-queue';
import { TakeOverDrillsUsecase } from './take-over-drills.usecase.js';

/** Drills of a workload that was merged count for wherever it has ended by now. */
@Injectable()
@ListensTo('incidents.workload-merged', 'inventory.workload.merged')
export class DrillsOfMergedListener implements EventListener<'inventory.workload.merged'> {
  constructor(private readonly workloads: WorkloadLookup, private readonly drills: TakeOverDrillsUsecase) {}

  async on(scope: TenantScope, { workloadId, intoId }: EventPayloads['inventory.workload.merged']): Promise<void> {
    const survivor = await this.workloads.survivor(scope, intoId);
    if (survivor) await this.drills.takeOver(scope, workloadId, survivor.id);
  }
}
