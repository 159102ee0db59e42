import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import type { JobPayloads } from '@roster/contracts';
import { EvidenceWithdrawal } from '@roster/evidence';
import { SampleImport } from '@roster/inventory';
import { Clock, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { HandlesJob, type JobContext, type JobHandler, Operations } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import { SampleDataFailure } from './sample-data-failure.js';
import { SampleDataRepository } from './sample-data.repository.js';
import { SampleDataService } from './sample-data.service.js';
import { SAMPLE_SUBMITTER } from './sample-state.js';

const REASON = 'The sample data was removed.';

/** Takes the sample data away, in one transaction: all of it, or nothing. */
@Injectable()
@HandlesJob('onboarding.remove-sample-data')
export class RemoveSampleDataJob implements JobHandler<'onboarding.remove-sample-data'> {
  constructor(
    private readonly samples: SampleDataRepository, private readonly service: SampleDataService, private readonly imports: SampleImport, private readonly evidence: EvidenceWithdrawal,
    private readonly organizations: OrganizationQuery, private readonly operations: Operations, private readonly failure: SampleDataFailure, private readonly trail: Trail, private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  handle(payload: JobPayloads['onboarding.remove-sample-data'], context: JobContext): Promise<void> {
    return this.failure.watch(payload, context, { from: 'removing', to: 'present' }, () => this.remove(payload));
  }

  private async remove({ tenantId, sampleId }: JobPayloads['onboarding.remove-sample-data']): Promise<void> {
    const system = TenantScope.forSystem(tenantId, 'sample data');
    const found = await this.samples.find(system, sampleId);
    if (found?.state !== 'removing') return;
    const asker = found.removedBy === null ? undefined : (await this.organizations.members(system, [found.removedBy])).get(found.removedBy);
    const scope = asker ? TenantScope.resumed(tenantId, { type: 'member', id: asker.id, name: asker.name }) : system;
    await this.operations.progress(scope, found.operationId, 0, 3);
    await this.unitOfWork.run(scope, async () => {
      const row = await this.samples.lock(scope, sampleId);
      if (row?.state !== 'removing') return;
      // Looked at again: somebody may have gone on working after asking.
      const kept = row.changed === 'remove' ? [] : await this.service.changedWorkloads(scope, row);
      const keptEvidence = new Set(await this.evidenceOf(scope, kept.map(({ id }) => id)));
      const withdrawn = await this.evidence.withdraw(scope, SAMPLE_SUBMITTER, REASON, keptEvidence);
      const rollback = row.importId ? await this.imports.rollBack(scope, row.importId, kept.map(({ id }) => id)) : null;
      const result = { workloads: rollback?.withdrawn ?? 0, kept: kept.map(({ key }) => key), evidence: withdrawn };
      await this.samples.move(scope, sampleId, ['removing'], 'removed', this.clock.now());
      await this.trail.record(scope, { action: 'onboarding.sample-data.removed', object: { type: 'sample_data', id: sampleId }, payload: result });
      await this.operations.succeed(scope, row.operationId, result, 3);
    });
  }

  /** What supports a workload that stays, stays with it. */
  private async evidenceOf(scope: TenantScope, workloadIds: readonly string[]): Promise<string[]> {
    const items: string[] = [];
    for (const id of workloadIds) items.push(...(await this.evidence.submittedBy(scope, SAMPLE_SUBMITTER, id)).map(({ itemId }) => itemId));
    return items;
  }
}
