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

/** Ends the work of an import that failed on its last attempt for a reason nobody foresaw. */
@Injectable()
export class ImportFailure {
  constructor(private readonly imports: WorkloadImportRepository, private readonly operations: Operations, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock) {}

  /** Runs `work`. An error is passed on, so that the job is retried or kept; after the last attempt people see that it failed. */
  async watch({ tenantId, importId }: { tenantId: string; importId: string }, { attempt }: Pick<JobContext, 'attempt'>, { from, to }: FailureStep, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (attempt < JOB_ATTEMPTS) throw error;
      const scope = TenantScope.forSystem(tenantId, 'import');
      await this.unitOfWork.run(scope, async () => {
        const row = await this.imports.lock(scope, importId);
        if (row && (await this.imports.move(scope, importId, [from], to, this.clock.now()))) {
          await this.operations.fail(scope, row.operationId, problem('PLATFORM_INTERNAL_ERROR', 'The work stopped because of an error on our side, and nothing of it was kept. Try again; if it fails again, tell your operator the id of this import.'));
        }
      });
      throw error;
    }
  }
}
