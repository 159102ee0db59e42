import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { HandlesJob, type JobContext, type JobHandler } from '@roster/platform-queue';
import { BulkEditRunner } from './bulk-edit-runner.js';

/** Takes a bulk edit back where nobody changed anything since. */
@Injectable()
@HandlesJob('inventory.undo-bulk-edit')
export class UndoBulkEditJob implements JobHandler<'inventory.undo-bulk-edit'> {
  constructor(private readonly runner: BulkEditRunner) {}

  handle({ tenantId, bulkEditId }: JobPayloads['inventory.undo-bulk-edit'], context: JobContext): Promise<void> {
    return this.runner.undo(tenantId, bulkEditId, context);
  }
}
