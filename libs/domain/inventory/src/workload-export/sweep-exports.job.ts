import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { Clock, SystemScope, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { HandlesJob, sweepRows, type JobContext, type JobHandler } from '@roster/platform-queue';
import { FileStorage } from '@roster/platform-storage';
import { exportFileKey, ExportSweepRepository, WorkloadExportRepository, type ExpiredExport } from './workload-export.repository.js';

const BATCH = 200;

/** Removes the files of exports past their time. The record of who exported what stays, in the trail too. */
@Injectable()
@HandlesJob('inventory.sweep-exports')
export class SweepExportsJob implements JobHandler<'inventory.sweep-exports'> {
  constructor(
    private readonly sweep: ExportSweepRepository, private readonly exports: WorkloadExportRepository, private readonly storage: FileStorage, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** @throws AggregateError with what could not be removed, after all else is: the next sweep tries again */
  async handle(_payload: JobPayloads['inventory.sweep-exports'], { signal }: JobContext): Promise<void> {
    await sweepRows<ExpiredExport>({
      limit: BATCH, page: (after, limit) => this.sweep.expired(SystemScope.because('files of exports past their time'), this.clock.now(), after, limit),
      each: (expired) => this.remove(expired), failure: (count) => `${count} files of exports could not be removed`,
    }, signal);
  }

  /** The file goes within the transaction that says so: whoever is about to store it waits, and then does not. */
  private remove({ tenantId, id }: ExpiredExport): Promise<void> {
    const scope = TenantScope.forSystem(tenantId, 'export sweep');
    return this.unitOfWork.run(scope, async () => {
      if (!(await this.exports.remove(scope, id, this.clock.now()))) return;
      const key = exportFileKey(tenantId, id);
      if (await this.storage.exists(key)) await this.storage.delete(key);
    });
  }
}
