import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { Clock, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { HandlesJob, type JobHandler, Operations } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import { ImportApplyRepository } from './import-apply.repository.js';
import { ImportPlanRepository } from './import-plan.repository.js';
import { WorkloadImportRepository } from './workload-import.repository.js';

/** Takes a whole import back, except what somebody has changed since, which is reported and left as it is. */
@Injectable()
@HandlesJob('inventory.rollback-import')
export class RollbackImportJob implements JobHandler<'inventory.rollback-import'> {
  constructor(
    private readonly imports: WorkloadImportRepository, private readonly plans: ImportPlanRepository, private readonly changes: ImportApplyRepository, private readonly operations: Operations,
    private readonly trail: Trail, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  async handle({ tenantId, importId }: JobPayloads['inventory.rollback-import']): Promise<void> {
    const system = TenantScope.forSystem(tenantId, 'import');
    const found = await this.imports.find(system, importId);
    if (found?.state !== 'rolling_back') return;
    const asked = await this.operations.askedBy(system, found.operationId);
    const scope = TenantScope.resumed(tenantId, asked ?? found.createdBy);
    if (!(await this.operations.progress(scope, found.operationId, 0, found.result?.total))) return;
    await this.unitOfWork.run(scope, async () => {
      const row = await this.imports.lock(scope, importId);
      if (row?.state !== 'rolling_back') return;
      await this.plans.prepareBulk(scope);
      const at = this.clock.now();
      const rollbackResult = await this.changes.rollBack(scope, importId, at);
      await this.trail.record(scope, {
        action: 'inventory.import.rolled-back', object: { type: 'workload_import', id: importId },
        payload: { fileName: row.fileName, fileSha256: row.fileSha256, result: rollbackResult, changesDigest: await this.changes.changesDigest(scope, importId) },
      });
      await this.imports.move(scope, importId, ['rolling_back'], 'rolled_back', at, { rollbackResult });
      await this.operations.succeed(scope, row.operationId, rollbackResult, row.result?.total);
    });
  }
}
