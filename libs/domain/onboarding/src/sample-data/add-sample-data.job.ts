import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { EvaluateWorkloadsUsecase } from '@roster/classification';
import type { JobPayloads } from '@roster/contracts';
import { SampleImport } from '@roster/inventory';
import { type Caller, Clock, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { HandlesJob, type JobContext, type JobHandler, Operations } from '@roster/platform-queue';
import { SampleDataFailure } from './sample-data-failure.js';
import { SampleDataRepository, type SampleRow } from './sample-data.repository.js';
import { SampleDataWriter } from './sample-data-writer.js';
import { SAMPLE_WORKLOADS, sampleCsv } from './sample-scenario.js';
import { SAMPLE_FILE } from './sample-state.js';

/** Brings the sample data: imports it, gives each workload its story, classifies it. Every step finds what an earlier attempt left. */
@Injectable()
@HandlesJob('onboarding.add-sample-data')
export class AddSampleDataJob implements JobHandler<'onboarding.add-sample-data'> {
  constructor(
    private readonly samples: SampleDataRepository, private readonly imports: SampleImport, private readonly writer: SampleDataWriter, private readonly evaluation: EvaluateWorkloadsUsecase,
    private readonly organizations: OrganizationQuery, private readonly operations: Operations, private readonly failure: SampleDataFailure, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  handle(payload: JobPayloads['onboarding.add-sample-data'], context: JobContext): Promise<void> {
    return this.failure.watch(payload, context, { from: 'adding', to: 'failed' }, () => this.add(payload, context.signal));
  }

  private async add({ tenantId, sampleId }: JobPayloads['onboarding.add-sample-data'], signal: AbortSignal): Promise<void> {
    const system = TenantScope.forSystem(tenantId, 'sample data');
    const row = await this.samples.find(system, sampleId);
    if (row?.state !== 'adding') return;
    const { caller, email } = await this.asker(system, row);
    const scope = TenantScope.resumed(tenantId, caller.actor);
    const importId = row.importId ?? (await this.startImport(scope, row, email));
    const state = await this.imports.run(scope, importId, signal);
    if (state !== 'committed') throw new Error(`The sample import is ${state}`);
    const plans = new Map(SAMPLE_WORKLOADS.map((plan) => [plan.key, plan]));
    const workloads = (await this.imports.workloads(scope, importId)).flatMap(({ id, key }) => {
      const plan = plans.get(key);
      return plan ? [{ id, plan }] : [];
    });
    let done = 0;
    for (const workload of workloads) {
      await this.operations.progress(scope, row.operationId, done, workloads.length);
      await this.writer.write(caller, workload);
      done += 1;
    }
    await this.evaluation.evaluate(system, workloads.map(({ id }) => id), { trigger: 'requested' });
    await this.unitOfWork.run(scope, async () => {
      if (!(await this.samples.move(scope, sampleId, ['adding'], 'present', this.clock.now()))) return;
      await this.operations.succeed(scope, row.operationId, { workloads: workloads.length }, workloads.length);
    });
  }

  /** Keys are never given twice: sample workloads that somebody kept the last time are the organization's own and stay as they are. */
  private async startImport(scope: TenantScope, row: SampleRow, email: string): Promise<string> {
    const taken = await this.samples.listedKeys(scope, SAMPLE_WORKLOADS.map(({ key }) => key));
    return this.unitOfWork.run(scope, async () => {
      const importId = await this.imports.start(scope, SAMPLE_FILE, sampleCsv(SAMPLE_WORKLOADS.filter(({ key }) => !taken.has(key)), email));
      await this.samples.remember(scope, row.id, importId);
      return importId;
    });
  }

  /** The person who asked, with what they may do now: the job acts for them and for nobody else. */
  private async asker(scope: TenantScope, row: SampleRow): Promise<{ caller: Caller; email: string }> {
    const member = (await this.organizations.members(scope, [row.askedBy])).get(row.askedBy);
    if (!member) throw new Error(`There is no member ${row.askedBy}`);
    return {
      email: member.email,
      caller: { tenantId: scope.tenantId, actor: { type: 'member', id: member.id, name: member.name }, memberId: member.id, permissions: new Set(member.permissions), via: 'session', credentialId: row.id },
    };
  }
}
