import { Injectable } from '@nestjs/common';
import type { EventPayloads } from '@roster/contracts';
import { WorkloadLookup } from '@roster/inventory';
import type { TenantScope } from '@roster/platform-context';
import { ListensTo, type EventListener } from '@roster/platform-queue';
import { TakeOverEvidenceUseCase } from './take-over-evidence.usecase.js';

/** Evidence of a workload that was merged follows it, to wherever it has ended by now. */
@Injectable()
@ListensTo('evidence.workload-merged', 'inventory.workload.merged')
export class EvidenceOfMergedListener implements EventListener<'inventory.workload.merged'> {
  constructor(private readonly workloads: WorkloadLookup, private readonly evidence: TakeOverEvidenceUseCase) {}

  async on(scope: TenantScope, { workloadId, intoId }: EventPayloads['inventory.workload.merged']): Promise<void> {
    const survivor = await this.workloads.survivor(scope, intoId);
    if (survivor) await this.evidence.takeOver(scope, workloadId, survivor.id);
  }
}
