import { Injectable } from '@nestjs/common';
import { Clock, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { JOB_ATTEMPTS, type JobContext, Operations } from '@roster/platform-queue';
import { SampleDataRepository } from './sample-data.repository.js';
import type { SampleState } from './sample-state.js';

/** Ends the work on sample data that failed on its last attempt, so that whoever waits learns it. */
@Injectable()
export class SampleDataFailure {
  constructor(private readonly samples: SampleDataRepository, private readonly operations: Operations, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock) {}

  /**
   * Runs `work`, unless it has ended; an error is passed on, so that the job is retried.
   * @param step what becomes of the sample data after the last attempt, unless a newer run has taken over meanwhile: jobs do run twice
   */
  async watch({ tenantId, sampleId }: { tenantId: string; sampleId: string }, { attempt }: Pick<JobContext, 'attempt'>, step: { readonly from: SampleState; readonly to: SampleState }, work: () => Promise<void>): Promise<void> {
    const scope = TenantScope.forSystem(tenantId, 'sample data');
    const asked = await this.samples.find(scope, sampleId);
    if (asked?.state !== step.from) return;
    let run: number | null = null;
    try {
      run = await this.operations.begin(scope, asked.operationId);
      if (run !== null) await work();
    } catch (error) {
      if (attempt >= JOB_ATTEMPTS) {
        await this.unitOfWork.run(scope, async () => {
          const row = await this.samples.lock(scope, sampleId);
          if (row?.operationId !== asked.operationId || (run !== null && !(await this.operations.holds(scope, asked.operationId, run)))) return;
          if (!(await this.samples.move(scope, sampleId, [step.from], step.to, this.clock.now()))) return;
          await this.operations.fail(scope, row.operationId, problem('PLATFORM_INTERNAL_ERROR', 'The work on the sample data stopped because of an error on our side. Remove the sample data, and add it again if you like; if that fails too, tell your operator.'));
        });
      }
      throw error;
    }
  }
}
