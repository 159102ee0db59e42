import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { Clock, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { HandlesJob, type JobContext, type JobHandler, Operations, ProgressTicker } from '@roster/platform-queue';
import { ImportFailure } from './import-failure.js';
import { ImportWriter } from './import-writer.js';
import { type WatchedImportRow, WorkloadImportRepository } from './workload-import.repository.js';

/** Writes an import that was shown by a dry run: planned anew, because the inventory may have changed since. */
@Injectable()
@HandlesJob('inventory.commit-import')
export class CommitImportJob implements JobHandler<'inventory.commit-import'> {
  constructor(
    private readonly imports: WorkloadImportRepository, private readonly writer: ImportWriter, private readonly operations: Operations, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
    private readonly failure: ImportFailure,
  ) {}

  handle(payload: JobPayloads['inventory.commit-import'], context: JobContext): Promise<void> {
    return this.failure.watch(payload, context, { from: 'committing', to: 'previewed' }, () => this.commit(payload, context.signal));
  }

  private async commit({ tenantId, importId, operationId }: JobPayloads['inventory.commit-import'], signal: AbortSignal): Promise<void> {
    const system = TenantScope.forSystem(tenantId, 'import');
    const found = await this.imports.find(system, importId);
    if (found?.state !== 'committing' || found.operationId !== operationId) return;
    const asked = await this.operations.askedBy(system, found.operationId);
    const scope = TenantScope.resumed(tenantId, asked ?? found.createdBy);
    if (!(await this.operations.progress(scope, found.operationId, 0, found.result?.total))) return;
    const total = found.result?.total;
    const ticker = new ProgressTicker(this.operations, scope, found.operationId, signal, 200);
    try {
      await this.write(scope, found, (rows) => ticker.step(rows, total), ticker);
    } finally {
      await ticker.stop();
    }
  }

  private write(scope: TenantScope, { id: importId, operationId }: Pick<WatchedImportRow, 'id' | 'operationId'>, onProgress: (rows: number) => void, ticker: ProgressTicker): Promise<void> {
    return this.unitOfWork.run(scope, async () => {
      const row = await this.imports.lock(scope, importId);
      // A run that comes late may find it asked for anew.
      if (row?.state !== 'committing' || row.operationId !== operationId) return;
      await this.writer.prepare(scope);
      const result = await this.writer.write(scope, row, { upsertBy: row.upsertBy, stated: row.identityStated }, row.columns, false, onProgress);
      // From here on the ticker must not wait for the operation, which this transaction is about to end.
      await ticker.stop();
      await this.imports.move(scope, importId, ['committing'], 'committed', this.clock.now(), { result });
      await this.operations.succeed(scope, row.operationId, result, result.total);
    });
  }
}
