import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { Clock, SystemScope, TenantScope } from '@roster/platform-context';
import { SchedulerDatabase, UnitOfWork } from '@roster/platform-database';
import { HandlesJob, type JobContext, type JobHandler } from '@roster/platform-queue';
import { BulkEditRepository } from './bulk-edit.repository.js';

const BATCH = 100;

/** What the sweep of bulk edits may see across organizations: that a preview is past its time. */
@Injectable()
export class BulkEditSweepRepository {
  constructor(private readonly scheduler: SchedulerDatabase) {}

  expired(scope: SystemScope, now: Date, limit: number): Promise<{ tenantId: string; id: string }[]> {
    return this.scheduler.rows<{ tenantId: string; id: string }>(scope, `
      SELECT tenant_id AS "tenantId", id FROM workload_bulk_edit WHERE state = 'previewed' AND coalesce(expires_at, created_at) <= $1 ORDER BY coalesce(expires_at, created_at), id LIMIT $2`, [now, limit]);
  }
}

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
