import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { responsibleMemberId, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { HandlesJob, JOB_ATTEMPTS, Operations, type JobContext, type JobHandler } from '@roster/platform-queue';
import { FileStorage } from '@roster/platform-storage';
import { readViewQuery } from '../saved-view/view-query.js';
import type { WorkloadItemDto } from '../workload/workload.dto.js';
import { WorkloadItemRepository } from '../workload/workload-item.repository.js';
import { readWorkloadList } from '../workload/workload-list.js';
import { exportCell, type CellValue } from './export-column.js';
import { csvFile, xlsxFile } from './export-file.js';
import { WorkloadExportRepository, type WorkloadExportRow } from './workload-export.repository.js';
import { MEDIA_TYPES } from './workload-export.service.js';

const ROWS_AT_ONCE = 500;
const MAX_FILE_BYTES = 2_000_000_000;

/** Writes the file of an export: one snapshot of the inventory, read page by page and streamed to storage. */
@Injectable()
@HandlesJob('inventory.build-export')
export class BuildExportJob implements JobHandler<'inventory.build-export'> {
  constructor(
    private readonly exports: WorkloadExportRepository, private readonly items: WorkloadItemRepository, private readonly storage: FileStorage, private readonly operations: Operations,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async handle({ tenantId, exportId }: JobPayloads['inventory.build-export'], { attempt, signal }: JobContext): Promise<void> {
    const row = await this.exports.find(TenantScope.forSystem(tenantId, 'export'), exportId);
    if (!row || row.fileKey !== null) return;
    const scope = TenantScope.resumed(tenantId, row.createdBy);
    if (!(await this.operations.progress(scope, row.operationId, 0))) return;
    try {
      await this.build(scope, row, signal);
    } catch (error) {
      if (attempt >= JOB_ATTEMPTS) await this.operations.fail(scope, row.operationId, problem('PLATFORM_INTERNAL_ERROR', 'The export stopped because of an error on our side, and there is no file. Export again; if it fails again, tell your operator the id of this export.'));
      throw error;
    }
  }

  private async build(scope: TenantScope, row: WorkloadExportRow, signal: AbortSignal): Promise<void> {
    const written = { rows: 0 };
    // One snapshot for the whole file. Storage is written afterwards, so that no transaction waits for it.
    const file = await this.unitOfWork.run(scope, () => {
      const rows = this.cells(scope, row, signal, written);
      return this.storage.spool(row.format === 'csv' ? csvFile(row.columns, rows) : xlsxFile(row.columns, rows), MAX_FILE_BYTES);
    }, 'REPEATABLE READ');
    try {
      const key = `${scope.tenantId}/exports/${row.id}`;
      await this.storage.put(key, file, MEDIA_TYPES[row.format]);
      await this.unitOfWork.run(scope, async () => {
        if (await this.exports.fileStored(scope, row.id, { key, bytes: file.size, sha256: file.sha256, rows: written.rows })) {
          await this.operations.succeed(scope, row.operationId, { rows: written.rows, bytes: file.size }, written.rows);
        }
      });
    } finally {
      await file.discard();
    }
  }

  private async *cells(scope: TenantScope, row: WorkloadExportRow, signal: AbortSignal, written: { rows: number }): AsyncGenerator<CellValue[]> {
    const { list } = readViewQuery(row.query, row.sort);
    // Relative instants count from when it was asked for: that is what was shown.
    const wanted = readWorkloadList(list, { now: row.createdAt, me: responsibleMemberId(row.createdBy) ?? row.memberId });
    const found = await this.items.findAll(scope, wanted, list.q, row.asOf);
    for (let after = wanted.after; ;) {
      if (signal.aborted) throw new Error('The worker is stopping; the export starts again from the beginning');
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
