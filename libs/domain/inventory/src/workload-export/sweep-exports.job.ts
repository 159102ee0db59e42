import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { Clock, SystemScope, TenantScope } from '@roster/platform-context';
import { HandlesJob, type JobContext, type JobHandler } from '@roster/platform-queue';
import { FileStorage } from '@roster/platform-storage';
import { ExportSweepRepository, WorkloadExportRepository } from './workload-export.repository.js';

const BATCH = 200;

/** Removes the files of exports past their time. The record of who exported what stays, in the trail too. */
@Injectable()
@HandlesJob('inventory.sweep-exports')
export class SweepExportsJob implements JobHandler<'inventory.sweep-exports'> {
  constructor(private readonly sweep: ExportSweepRepository, private readonly exports: WorkloadExportRepository, private readonly storage: FileStorage, private readonly clock: Clock) {}

  async handle(_payload: JobPayloads['inventory.sweep-exports'], { signal }: JobContext): Promise<void> {
    for (;;) {
      const expired = await this.sweep.expired(SystemScope.because('files of exports past their time'), this.clock.now(), BATCH);
      for (const { tenantId, id } of expired) {
        if (signal.aborted) return;
        const scope = TenantScope.forSystem(tenantId, 'export sweep');
        const row = await this.exports.find(scope, id);
        if (row?.fileKey && (await this.storage.exists(row.fileKey))) await this.storage.delete(row.fileKey);
        await this.exports.removed(scope, id, this.clock.now());
      }
      if (expired.length < BATCH) return;
    }
  }
}
