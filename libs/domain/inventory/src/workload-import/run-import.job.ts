import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { HandlesJob, type JobContext, type JobHandler } from '@roster/platform-queue';
import { ImportRunner } from './import-runner.js';

/** Reads an uploaded file; a dry run stops at the preview, otherwise the rows are written. */
@Injectable()
@HandlesJob('inventory.run-import')
export class RunImportJob implements JobHandler<'inventory.run-import'> {
  constructor(private readonly runner: ImportRunner) {}

  handle({ tenantId, importId }: JobPayloads['inventory.run-import'], { signal }: JobContext): Promise<void> {
    return this.runner.run(tenantId, importId, signal);
  }
}
