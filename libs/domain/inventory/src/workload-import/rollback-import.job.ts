import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { Clock, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { HandlesJob, type JobContext, type JobHandler, Operations } from '@roster/platform-queue';
import { ImportFailure } from './import-failure.js';
import { ImportWriter } from './import-writer.js';
import { WorkloadImportRepository } from './workload-import.repository.js';

/** Takes a whole import back, except what somebody has changed since, which is reported and left as it is. */
@Injectable()
@HandlesJob('inventory.rollback-import')
export class RollbackImportJob implements JobHandler<'inventory.rollback-import'> {
  constructor(
    private readonly imports: WorkloadImportRepository, private readonly writer: ImportWriter, private readonly operations: Operations, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
    private readonly failure: ImportFailure,
  ) {}

  handle(payload: JobPayloads['inventory.rollback-import'], context: JobContext): Promise<void> {
    return this.failure.watch(payload, context, { from: 'rolling_back', to: 'committed' }, () => this.rollBack(payload));
  }

  private async rollBack({ tenantId, importId, operationId }: JobPayloads['inventory.rollback-import']): Promise<void> {
    const system = TenantScope.forSystem(tenantId, 'import');
    const found = await this.imports.find(system, importId);
    if (found?.state !== 'rolling_back' || found.operationId !== operationId) return;
    const asked = await this.operations.askedBy(system, found.operationId);
    const scope = TenantScope.resumed(tenantId, asked ?? found.createdBy);
    if (!(await this.operations.progress(scope, found.operationId, 0, found.result?.total))) return;
    await this.unitOfWork.run(scope, async () => {
      const row = await this.imports.lock(scope, importId);
      // A run that comes late may find it asked for anew.
      if (row?.state !== 'rolling_back' || row.operationId !== operationId) return;
      const rollbackResult = await this.writer.rollBack(scope, row);
      await this.imports.move(scope, importId, ['rolling_back'], 'rolled_back', this.clock.now(), { rollbackResult });
      await this.operations.succeed(scope, row.operationId, rollbackResult, row.result?.total);
    });
  }
}
