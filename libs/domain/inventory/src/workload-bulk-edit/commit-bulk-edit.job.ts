import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { HandlesJob, type JobContext, type JobHandler } from '@roster/platform-queue';
import { BulkEditRunner } from './bulk-edit-runner.js';

/** Writes what the preview of a bulk edit showed. */
@Injectable()
@HandlesJob('inventory.commit-bulk-edit')
export class CommitBulkEditJob implements JobHandler<'inventory.commit-bulk-edit'> {
  constructor(private readonly runner: BulkEditRunner) {}

  handle({ tenantId, bulkEditId }: JobPayloads['inventory.commit-bulk-edit'], context: JobContext): Promise<void> {
    return this.runner.commit(tenantId, bulkEditId, context);
  }
}
