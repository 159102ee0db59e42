import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { HandlesJob, type JobContext, type JobHandler } from '@roster/platform-queue';
import { ImportFailure } from './import-failure.js';
import { ImportRunner } from './import-runner.js';

/** Reads an uploaded file; a dry run stops at the preview, otherwise the rows are written. */
@Injectable()
@HandlesJob('inventory.run-import')
export class RunImportJob implements JobHandler<'inventory.run-import'> {
  constructor(private readonly runner: ImportRunner, private readonly failure: ImportFailure) {}

  handle(payload: JobPayloads['inventory.run-import'], context: JobContext): Promise<void> {
    return this.failure.watch(payload, context, { from: 'pending', to: 'failed' }, () => this.runner.run(payload, context.signal));
  }
}
