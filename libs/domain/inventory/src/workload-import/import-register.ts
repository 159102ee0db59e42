import { Injectable } from '@nestjs/common';
import { Clock, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { Operations, Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import type { ImportOptions } from './import-options.js';
import type { ImportState } from './import-state.js';
import { type WatchedImportRow, WorkloadImportRepository } from './workload-import.repository.js';

export interface ReceivedFile {
  readonly fileName: string;
  readonly fileKey: string;
  readonly fileBytes: number;
  readonly fileSha256: string;
  /** The product takes it back itself one day: what that needs is kept for as long. */
  readonly undoStays?: boolean;
}

/** A step somebody asks for: which job does it, and from which state to which. */
export interface ImportStep {
  readonly job: 'inventory.commit-import' | 'inventory.rollback-import';
  readonly operation: string;
  readonly action: string;
  readonly from: ImportState;
  readonly to: ImportState;
}

/** Writes down what people ask of imports: the import, the work to watch, the trail and the job, in one transaction. */
@Injectable()
export class ImportRegister {
  constructor(
    private readonly imports: WorkloadImportRepository, private readonly operations: Operations, private readonly outbox: Outbox, private readonly trail: Trail,
    private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** @returns id of the import, which is also the id of its first operation */
  register(scope: TenantScope, file: ReceivedFile, options: ImportOptions): Promise<string> {
    return this.unitOfWork.run(scope, async () => {
      const importId = await this.operations.create(scope, 'inventory.import', 'rows');
      await this.imports.insert(scope, { id: importId, undoStays: false, ...file, options, at: this.clock.now() });
      await this.trail.record(scope, { action: 'inventory.import.requested', object: { type: 'workload_import', id: importId }, payload: { fileName: file.fileName, fileSha256: file.fileSha256, options } });
      await this.outbox.enqueue(scope, 'inventory.run-import', { tenantId: scope.tenantId, importId, operationId: importId });
      return importId;
    });
  }

  /** Has the file read again with other options. @returns false when the import is not in one of the states any more; nothing was changed */
  reread(scope: TenantScope, row: WatchedImportRow, from: readonly ImportState[], options: ImportOptions): Promise<boolean> {
    return this.unitOfWork.run(scope, async () => {
      const current = await this.imports.lock(scope, row.id);
      if (!current || !from.includes(current.state)) return false;
      const operationId = await this.operations.create(scope, 'inventory.import', 'rows', row.total);
      await this.imports.restart(scope, row.id, from, options, operationId, this.clock.now());
      await this.trail.record(scope, { action: 'inventory.import.reread-requested', object: { type: 'workload_import', id: row.id }, payload: { fileName: row.fileName, fileSha256: row.fileSha256, options } });
      await this.outbox.enqueue(scope, 'inventory.run-import', { tenantId: scope.tenantId, importId: row.id, operationId });
      return true;
    });
  }

  /** @returns false when the import is not in the state the step begins in any more; nothing was changed */
  begin(scope: TenantScope, row: WatchedImportRow, step: ImportStep): Promise<boolean> {
    return this.unitOfWork.run(scope, async () => {
      const current = await this.imports.lock(scope, row.id);
      if (current?.state !== step.from) return false;
      const operationId = await this.operations.create(scope, step.operation, 'rows', row.result?.total ?? null);
      await this.imports.move(scope, row.id, [step.from], step.to, this.clock.now(), { operationId });
      await this.trail.record(scope, { action: step.action, object: { type: 'workload_import', id: row.id }, payload: { fileName: row.fileName, fileSha256: row.fileSha256 } });
      await this.outbox.enqueue(scope, step.job, { tenantId: scope.tenantId, importId: row.id, operationId });
      return true;
    });
  }

  /** Ends an import that waits, and asks one that is being read to stop at its next step. */
  cancel(scope: TenantScope, row: WatchedImportRow): Promise<void> {
    return this.unitOfWork.run(scope, async () => {
      await this.trail.record(scope, { action: 'inventory.import.cancel-requested', object: { type: 'workload_import', id: row.id }, payload: { fileName: row.fileName } });
      await this.operations.requestCancel(scope, row.operationId);
      if (row.status === 'queued' && (await this.imports.move(scope, row.id, ['pending'], 'canceled', this.clock.now()))) await this.operations.cancel(scope, row.operationId);
    });
  }
}
