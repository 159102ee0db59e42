import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { Clock, SystemScope, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { HandlesJob, sweepRows, type JobContext, type JobHandler } from '@roster/platform-queue';
import { FileStorage } from '@roster/platform-storage';
import { Trail } from '@roster/trail';
import { ImportPlanRepository } from './import-plan.repository.js';
import { keptSince, keptUntil } from './import-retention.js';
import { ImportStagingRepository } from './import-staging.repository.js';
import { ImportSweepRepository, type PastImport } from './import-sweep.repository.js';
import { WorkloadImportRepository } from './workload-import.repository.js';

const BATCH = 50;

/** Removes the files and rows of imports past their time (import-retention.ts). Who imported what, with which result, stays. */
@Injectable()
@HandlesJob('inventory.sweep-imports')
export class SweepImportsJob implements JobHandler<'inventory.sweep-imports'> {
  constructor(
    private readonly sweep: ImportSweepRepository, private readonly imports: WorkloadImportRepository, private readonly staging: ImportStagingRepository, private readonly plans: ImportPlanRepository,
    private readonly storage: FileStorage, private readonly trail: Trail, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** @throws AggregateError with what could not be removed, after all else is: the next sweep tries again */
  async handle(_payload: JobPayloads['inventory.sweep-imports'], { signal }: JobContext): Promise<void> {
    await sweepRows<PastImport>({
      limit: BATCH, page: (after, limit) => this.sweep.untouchedSince(SystemScope.because('files and rows of imports past their time'), keptSince(this.clock.now()), after, limit),
      each: ({ tenantId, id }) => this.remove(TenantScope.forSystem(tenantId, 'import sweep'), id), failure: (count) => `${count} imports past their time could not be removed`,
    }, signal);
  }

  /** Another worker may have been faster, or somebody have gone on with it: looked at again under its lock. */
  private remove(scope: TenantScope, id: string): Promise<void> {
    return this.unitOfWork.run(scope, async () => {
      const row = await this.imports.lock(scope, id);
      const until = row ? keptUntil(row) : null;
      if (!row || row.removedAt !== null || until === null || this.clock.now() < until) return;
      await this.plans.prepareBulk(scope);
      await this.staging.clear(scope, id);
      await this.imports.removed(scope, id, this.clock.now());
      await this.trail.record(scope, { action: 'inventory.import.rows-removed', object: { type: 'workload_import', id }, payload: { fileName: row.fileName, fileSha256: row.fileSha256, state: row.state } });
      // Within the transaction: when this fails, the sweep comes again. Nobody asks for the file of an import past its time.
      if (await this.storage.exists(row.fileKey)) await this.storage.delete(row.fileKey);
    });
  }
}
