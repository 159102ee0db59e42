import { Injectable } from '@nestjs/common';
import { Clock, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { JOB_ATTEMPTS, type JobContext, Operations } from '@roster/platform-queue';
import type { ImportState } from './import-state.js';
import { WorkloadImportRepository } from './workload-import.repository.js';

/** What an import becomes when its work failed for good: never `running` for ever. */
export interface FailureStep {
  readonly from: ImportState;
  readonly to: ImportState;
}
/** The work a job was enqueued for. */
export interface ImportWork {
  readonly tenantId: string;
  readonly importId: string;
  readonly operationId: string;
}

/** Ends the work of an import that failed on its last attempt for a reason nobody foresaw. */
@Injectable()
export class ImportFailure {
  constructor(private readonly imports: WorkloadImportRepository, private readonly operations: Operations, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock) {}

  /**
   * Runs `work`, unless what the job was enqueued for has ended or was asked for anew. An error is passed on, so that the job is retried or kept; after
   * the last attempt people see that it failed, unless a newer run has taken over meanwhile.
   */
  async watch(asked: ImportWork, { attempt }: Pick<JobContext, 'attempt'>, step: FailureStep, work: () => Promise<void>): Promise<void> {
    const scope = TenantScope.forSystem(asked.tenantId, 'import');
    let run: number | null = null;
    try {
      run = await this.imports.beginRun(scope, asked.importId, asked.operationId, step.from);
      if (run !== null) await work();
    } catch (error) {
      if (attempt >= JOB_ATTEMPTS) await this.giveUp(scope, asked, run, step);
      throw error;
    }
  }

  /** @param run null when not even the beginning could be written: then only the work itself tells whether it is still wanted */
  private giveUp(scope: TenantScope, { importId, operationId }: ImportWork, run: number | null, { from, to }: FailureStep): Promise<void> {
    return this.unitOfWork.run(scope, async () => {
      const row = await this.imports.lock(scope, importId);
      if (row?.operationId !== operationId || (run !== null && row.run !== run)) return;
      if (!(await this.imports.move(scope, importId, [from], to, this.clock.now()))) return;
      await this.operations.fail(scope, operationId, problem('PLATFORM_INTERNAL_ERROR', 'The work stopped because of an error on our side, and nothing of it was kept. Try again; if it fails again, tell your operator the id of this import.'));
    });
  }
}
