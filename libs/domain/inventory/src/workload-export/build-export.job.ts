import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { Clock, responsibleMemberId, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { HandlesJob, OperationCanceled, OperationFailure, Operations, ProgressTicker, type JobContext, type JobHandler } from '@roster/platform-queue';
import { FileStorage } from '@roster/platform-storage';
import { readViewQuery } from '../saved-view/view-query.js';
import type { WorkloadItemDto } from '../workload/workload.dto.js';
import { WorkloadItemRepository } from '../workload/workload-item.repository.js';
import { readWorkloadList } from '../workload/workload-list.js';
import { exportCell, type CellValue } from './export-column.js';
import { csvFile, xlsxFile } from './export-file.js';
import { exportFileKey, WorkloadExportRepository, type WorkloadExportRow } from './workload-export.repository.js';
import { MEDIA_TYPES } from './workload-export.service.js';

const ROWS_AT_ONCE = 500;
/** Between two writes of the progress. */
const TICK_MILLISECONDS = 200;
const MAX_FILE_BYTES = 2_000_000_000;

/** Writes the file of an export: one snapshot of the inventory, read page by page and streamed to storage. */
@Injectable()
@HandlesJob('inventory.build-export')
export class BuildExportJob implements JobHandler<'inventory.build-export'> {
  constructor(
    private readonly exports: WorkloadExportRepository, private readonly items: WorkloadItemRepository, private readonly storage: FileStorage, private readonly operations: Operations,
    private readonly failure: OperationFailure, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  async handle({ tenantId, exportId }: JobPayloads['inventory.build-export'], context: JobContext): Promise<void> {
    const row = await this.exports.find(TenantScope.forSystem(tenantId, 'export'), exportId);
    if (!row || row.fileKey !== null) return;
    const scope = TenantScope.resumed(tenantId, row.createdBy);
    const stopped = problem('PLATFORM_INTERNAL_ERROR', 'The export stopped because of an error on our side, and there is no file. Export again; if it fails again, tell your operator the id of this export.');
    await this.failure.watch(scope, row.operationId, context, stopped, () => (this.isOver(row) ? this.endOver(scope, row) : this.write(scope, row, context.signal)));
  }

  private async write(scope: TenantScope, row: WorkloadExportRow, signal: AbortSignal): Promise<void> {
    const ticker = new ProgressTicker(this.operations, scope, row.operationId, signal, TICK_MILLISECONDS);
    try {
      await this.build(scope, row, ticker);
    } catch (error) {
      await ticker.stop();
      if (!(error instanceof OperationCanceled)) throw error;
      await this.operations.cancel(scope, row.operationId);
    } finally {
      await ticker.stop();
    }
  }

  private async build(scope: TenantScope, row: WorkloadExportRow, ticker: ProgressTicker): Promise<void> {
    const written = { rows: 0, total: 0 };
    // One snapshot for the whole file. Storage is written afterwards, so that no transaction waits for it.
    const file = await this.unitOfWork.run(scope, () => {
      written.rows = 0;
      const rows = this.cells(scope, row, ticker, written);
      return this.storage.spool(row.format === 'csv' ? csvFile(row.columns, rows) : xlsxFile(row.columns, rows), MAX_FILE_BYTES);
    }, 'REPEATABLE READ');
    // From here on the ticker must not wait for the operation, which the transaction below is about to end.
    await ticker.stop();
    const key = exportFileKey(scope.tenantId, row.id);
    try {
      if (this.isOver(row)) return await this.endOver(scope, row);
      await this.storage.put(key, file, MEDIA_TYPES[row.format]);
    } finally {
      await file.discard();
    }
    const stored = await this.unitOfWork.run(scope, async () => {
      if (!(await this.exports.fileStored(scope, row.id, { key, bytes: file.size, sha256: file.sha256, rows: written.rows }))) return false;
      await this.operations.progress(scope, row.operationId, written.rows, written.total);
      return this.operations.succeed(scope, row.operationId, { rows: written.rows, bytes: file.size }, written.rows);
    });
    if (!stored) await this.endWithout(scope, row);
  }

  /** Another run was first, which keeps its file; or the sweep was, which has looked for a file already and will not come back. */
  private async endWithout(scope: TenantScope, row: WorkloadExportRow): Promise<void> {
    const now = await this.exports.find(scope, row.id);
    if (now && now.removedAt !== null) await this.endOver(scope, row);
  }

  /** The file is promised for a day, counted from the request: after that none is made. */
  private isOver(row: WorkloadExportRow): boolean {
    return row.removedAt !== null || row.expiresAt <= this.clock.now();
  }

  private async endOver(scope: TenantScope, row: WorkloadExportRow): Promise<void> {
    // What an earlier attempt put away goes too.
    const key = exportFileKey(scope.tenantId, row.id);
    if (await this.storage.exists(key)) await this.storage.delete(key);
    await this.operations.fail(scope, row.operationId, problem('INVENTORY_EXPORT_NOT_READY', 'The export was not written within the day that its file is kept for. There is no file. Export again.'));
  }

  private async *cells(scope: TenantScope, row: WorkloadExportRow, ticker: ProgressTicker, written: { rows: number; total: number }): AsyncGenerator<CellValue[]> {
    const { list } = readViewQuery(row.query, row.sort);
    // Relative instants count from when it was asked for: that is what was shown.
    const wanted = readWorkloadList(list, { now: row.createdAt, me: responsibleMemberId(row.createdBy) ?? row.memberId });
    const found = await this.items.findAll(scope, wanted, list.q, row.asOf);
    written.total = await this.items.count(scope, wanted, found);
    for (let after = wanted.after; ;) {
      ticker.step(written.rows, written.total);
      const page = await this.items.page(scope, { ...wanted, after }, { ...found, limit: ROWS_AT_ONCE });
      const shown = page.slice(0, ROWS_AT_ONCE);
      for (const { json } of shown) {
        const item = JSON.parse(json) as WorkloadItemDto;
        yield row.columns.map((column) => exportCell(item, column));
      }
      written.rows += shown.length;
      const last = shown.at(-1);
      if (page.length <= ROWS_AT_ONCE || !last) return;
      after = [...last.sortKey];
    }
  }
}
