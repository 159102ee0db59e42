import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { Clock, isId, newId, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { cursorOf, readAsOf, readListQuery, toPage, type ListSpec, type Page } from '@roster/platform-http';
import { Operations, Outbox } from '@roster/platform-queue';
import { FileStorage } from '@roster/platform-storage';
import { Trail } from '@roster/trail';
import { readViewQuery } from '../saved-view/view-query.js';
import { readWorkloadFilters } from '../workload/workload-list.js';
import { isExportColumn, USUAL_EXPORT_COLUMNS } from './export-column.js';
import type { ExportAcceptedDto, RequestExportDto, WorkloadExportDto } from './workload-export.dto.js';
import { WorkloadExportRepository, type WorkloadExportRow } from './workload-export.repository.js';

export const EXPORT_LIST: ListSpec = { filters: [], sorts: ['-createdAt'], oneWay: true, uncounted: true };
/** A file is kept for a day: whoever needs it longer has downloaded it. */
const KEPT_MILLISECONDS = 86_400_000;
export const MEDIA_TYPES = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' } as const;

/** Exports of what the list shows. Everybody sees their own only. */
@Injectable()
export class WorkloadExportService {
  constructor(
    private readonly access: Access, private readonly exports: WorkloadExportRepository, private readonly operations: Operations, private readonly outbox: Outbox, private readonly trail: Trail,
    private readonly storage: FileStorage, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** @throws PLATFORM_REQUEST_INVALID naming each filter and column that there is not */
  request(caller: Caller, body: RequestExportDto): Promise<ExportAcceptedDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const { query, sort, list } = readViewQuery(body.query ?? '', body.sort);
    readWorkloadFilters(list, { now: this.clock.now(), me: caller.memberId });
    const columns = [...new Set(body.columns ?? USUAL_EXPORT_COLUMNS)];
    const wrong = columns.flatMap((column, index) => (isExportColumn(column) ? [] : [{ path: `columns[${index}]`, code: 'unknown_column', message: 'expected a field of the workload, owners.<role> or custom.<key>' }]));
    if (wrong.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some columns are not valid.', { errors: wrong });
    const asOf = readAsOf(body.asOf);
    return this.unitOfWork.run(scope, async () => {
      const at = this.clock.now();
      const id = newId(at);
      const operationId = await this.operations.create(scope, 'inventory.export', 'rows');
      await this.exports.insert(scope, { id, memberId: caller.memberId, format: body.format, query, sort, columns, asOf, operationId, at, expiresAt: new Date(at.getTime() + KEPT_MILLISECONDS) });
      await this.trail.record(scope, { action: 'inventory.export.requested', object: { type: 'workload_export', id }, payload: { format: body.format, query, sort, columns, asOf: asOf?.toISOString() ?? null } });
      await this.outbox.enqueue(scope, 'inventory.build-export', { tenantId: scope.tenantId, exportId: id });
      return { id, href: `/api/v1/workload-exports/${id}` };
    });
  }

  async list(caller: Caller, raw: Record<string, string | string[]>): Promise<Page<WorkloadExportDto>> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const query = readListQuery(raw, EXPORT_LIST);
    const rows = await this.exports.page(scope, caller.memberId, { after: cursorOf(query, ['instant', 'id']), limit: query.limit });
    return toPage(rows, query, (row) => [row.createdAt.toISOString(), row.id], (row) => this.show(row));
  }

  /** @throws INVENTORY_EXPORT_NOT_FOUND, also for somebody else's */
  async read(caller: Caller, id: string): Promise<WorkloadExportDto> {
    return this.show(await this.require(this.access.authorise(caller, 'inventory:workload:read'), caller, id));
  }

  /** The operation to watch, with the scope to watch it in. @throws INVENTORY_EXPORT_NOT_FOUND */
  async watch(caller: Caller, id: string): Promise<{ readonly scope: TenantScope; readonly operationId: string }> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    return { scope, operationId: (await this.require(scope, caller, id)).operationId };
  }

  /** @throws INVENTORY_EXPORT_NOT_FOUND, INVENTORY_EXPORT_NOT_READY while it is being written, and after its time */
  async content(caller: Caller, id: string): Promise<{ content: Readable; fileName: string; mediaType: string; size: number; sha256: string }> {
    const row = await this.require(this.access.authorise(caller, 'inventory:workload:read'), caller, id);
    if (row.fileKey === null || row.fileBytes === null || row.fileSha256 === null || this.isGone(row)) {
      throw problem('INVENTORY_EXPORT_NOT_READY', this.isGone(row) ? 'The file was kept for a day and is gone. Export again.' : row.status === 'failed' ? 'The export failed; there is no file. Export again.' : 'The file is still being written. Watch the export.');
    }
    return { content: await this.storage.open(row.fileKey), fileName: `workloads-${row.createdAt.toISOString().slice(0, 10)}.${row.format}`, mediaType: MEDIA_TYPES[row.format], size: row.fileBytes, sha256: row.fileSha256 };
  }

  private isGone(row: WorkloadExportRow): boolean {
    return row.removedAt !== null || row.expiresAt <= this.clock.now();
  }

  private show(row: WorkloadExportRow): WorkloadExportDto {
    return {
      id: row.id, status: row.status, progress: { done: row.done, total: row.total, unit: row.unit }, ...(row.problem ? { problem: row.problem } : {}), format: row.format, query: row.query, sort: row.sort, columns: [...row.columns],
      asOf: row.asOf, rows: row.rowCount, bytes: row.fileBytes, sha256: row.fileSha256, content: row.fileKey !== null && !this.isGone(row) ? `/api/v1/workload-exports/${row.id}/content` : null, createdAt: row.createdAt, expiresAt: row.expiresAt,
    };
  }

  private async require(scope: TenantScope, caller: Caller, id: string): Promise<WorkloadExportRow> {
    const row = isId(id) ? await this.exports.find(scope, id) : null;
    if (row?.memberId !== caller.memberId) throw problem('INVENTORY_EXPORT_NOT_FOUND', `There is no export ${JSON.stringify(id.slice(0, 80))} of yours.`);
    return row;
  }
}
