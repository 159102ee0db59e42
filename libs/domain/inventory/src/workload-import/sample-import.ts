import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Clock, newId, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { FileStorage } from '@roster/platform-storage';
import { ImportRegister } from './import-register.js';
import { IMPORT_LIMITS } from './import-limit.js';
import { ImportRunner } from './import-runner.js';
import type { ImportState } from './import-state.js';
import { ImportWriter } from './import-writer.js';
import type { RollbackResult } from './import-apply.repository.js';
import { toImportOptions } from './start-import.usecase.js';
import { WorkloadImportRepository } from './workload-import.repository.js';

export type SampleImportState = ImportState;

/** A workload as an import made it. */
export interface SampleWorkload {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** Somebody has changed its fields since. */
  readonly changed: boolean;
}

/** How another area imports workloads that the product itself knows, and takes them back: the same path as every import. */
@Injectable()
export class SampleImport {
  constructor(
    private readonly storage: FileStorage, private readonly register: ImportRegister, private readonly runner: ImportRunner, private readonly writer: ImportWriter,
    private readonly imports: WorkloadImportRepository, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** Stores the file and asks for its import. @param csv with a column `key` @returns id of the import */
  async start(scope: TenantScope, fileName: string, csv: string): Promise<string> {
    const file = await this.storage.spool(Readable.from([Buffer.from(csv, 'utf8')]), IMPORT_LIMITS.fileBytes);
    try {
      const fileKey = `${scope.tenantId}/imports/${newId(this.clock.now())}`;
      await this.storage.put(fileKey, file, 'application/octet-stream');
      return await this.register.register(scope, { fileName, fileKey, fileBytes: file.size, fileSha256: file.sha256, undoStays: true }, toImportOptions({ dryRun: false, unmapped: 'ignore', upsertBy: ['key'] }));
    } finally {
      await file.discard();
    }
  }

  /** Reads and writes it now, unless the job has done so already. @returns where it stands afterwards */
  async run(scope: TenantScope, importId: string, signal: AbortSignal): Promise<SampleImportState> {
    // The first reading of an import has its id. A job of the import that fails late must not end this one.
    const work = { tenantId: scope.tenantId, importId, operationId: importId };
    if ((await this.imports.beginRun(scope, importId, work.operationId, 'pending')) !== null) await this.runner.run(work, signal);
    const row = await this.imports.find(scope, importId);
    if (!row) throw new Error(`There is no import ${importId}`);
    return row.state;
  }

  /** The workloads it created that are still in the inventory, by key. */
  workloads(scope: TenantScope, importId: string): Promise<SampleWorkload[]> {
    return this.imports.createdWorkloads(scope, importId);
  }

  /** Withdraws what it created, in the caller's transaction, whether changed or not. @param keep ids of workloads that stay @returns null when it is not committed any more */
  rollBack(scope: TenantScope, importId: string, keep: readonly string[]): Promise<RollbackResult | null> {
    return this.unitOfWork.run(scope, async () => {
      const row = await this.imports.lock(scope, importId);
      if (row?.state !== 'committed') return null;
      const rollbackResult = await this.writer.rollBack(scope, row, keep);
      await this.imports.move(scope, importId, ['committed'], 'rolled_back', this.clock.now(), { rollbackResult });
      return rollbackResult;
    });
  }
}
