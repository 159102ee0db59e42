import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { Clock, SystemScope, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { HandlesJob, type JobContext, type JobHandler } from '@roster/platform-queue';
import { BulkEditSweepRepository } from './bulk-edit-sweep.repository.js';
import { BulkEditRepository } from './bulk-edit.repository.js';

const BATCH = 100;

/** Removes the rows of previews that nobody committed within their time. What was asked for stays, in the trail too. */
@Injectable()
@HandlesJob('inventory.sweep-bulk-edits')
export class SweepBulkEditsJob implements JobHandler<'inventory.sweep-bulk-edits'> {
  constructor(private readonly sweep: BulkEditSweepRepository, private readonly edits: BulkEditRepository, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock) {}

  async handle(_payload: JobPayloads['inventory.sweep-bulk-edits'], { signal }: JobContext): Promise<void> {
    for (;;) {
      const expired = await this.sweep.expired(SystemScope.because('previews of bulk edits past their time'), this.clock.now(), BATCH);
      for (const { tenantId, id } of expired) {
        if (signal.aborted) return;
        const scope = TenantScope.forSystem(tenantId, 'bulk edit sweep');
        await this.unitOfWork.run(scope, async () => {
          if (await this.edits.move(scope, id, ['previewed'], 'expired', this.clock.now())) await this.edits.forgetRows(scope, id);
        });
      }
      if (expired.length < BATCH) return;
    }
  }
}
