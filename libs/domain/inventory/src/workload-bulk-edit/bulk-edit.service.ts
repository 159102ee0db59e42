import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import type { JobName } from '@roster/contracts';
import { Clock, isId, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { cursorOf, readListQuery, toPage, type ListSpec, type Page } from '@roster/platform-http';
import { Operations, Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import { filterValues } from '../workload/filter-values.js';
import { BULK_OUTCOMES, BULK_UNDOS, type BulkEditState } from './bulk-edit-state.js';
import type { BulkEditAcceptedDto, BulkEditDto, BulkEditRowDto } from './bulk-edit.dto.js';
import { toBulkEdit, toBulkEditRow } from './bulk-edit.mapper.js';
import { BulkEditRepository, type WatchedBulkEditRow } from './bulk-edit.repository.js';

export const BULK_EDIT_LIST: ListSpec = { filters: [], sorts: ['-createdAt'], oneWay: true, uncounted: true };
export const BULK_EDIT_ROW_LIST: ListSpec = { filters: ['outcome', 'undo'], sorts: ['ordinal'], oneWay: true, uncounted: true };

type RawQuery = Record<string, string | string[]>;
interface Step {
  readonly job: Extract<JobName, 'inventory.commit-bulk-edit' | 'inventory.undo-bulk-edit'>;
  readonly operation: string;
  readonly action: string;
  readonly from: readonly BulkEditState[];
  readonly to: BulkEditState;
  readonly needed: string;
}
const COMMIT: Step = { job: 'inventory.commit-bulk-edit', operation: 'inventory.bulk-edit-commit', action: 'inventory.bulk-edit.commit-requested', from: ['previewed'], to: 'committing', needed: 'only one that was previewed and not committed yet can be committed.' };
const UNDO: Step = { job: 'inventory.undo-bulk-edit', operation: 'inventory.bulk-edit-undo', action: 'inventory.bulk-edit.undo-requested', from: ['committed', 'stopped'], to: 'undoing', needed: 'only one that was committed can be undone, once.' };

/** Reads bulk edits and asks for their commit and undo. */
@Injectable()
export class BulkEditService {
  constructor(
    private readonly access: Access, private readonly edits: BulkEditRepository, private readonly operations: Operations, private readonly outbox: Outbox, private readonly trail: Trail,
    private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  async list(caller: Caller, raw: RawQuery): Promise<Page<BulkEditDto>> {
    const scope = this.access.authorise(caller, 'inventory:bulk-edit:run');
    const query = readListQuery(raw, BULK_EDIT_LIST);
    const rows = await this.edits.page(scope, { after: cursorOf(query, ['instant', 'id']), limit: query.limit });
    return toPage(rows, query, (row) => [row.createdAt.toISOString(), row.id], toBulkEdit);
  }

  /** @throws INVENTORY_BULK_EDIT_NOT_FOUND */
  async read(caller: Caller, id: string): Promise<BulkEditDto> {
    const scope = this.access.authorise(caller, 'inventory:bulk-edit:run');
    return toBulkEdit(await this.require(scope, id));
  }

  /** @throws INVENTORY_BULK_EDIT_NOT_FOUND */
  async rows(caller: Caller, id: string, raw: RawQuery): Promise<Page<BulkEditRowDto>> {
    const scope = this.access.authorise(caller, 'inventory:bulk-edit:run');
    const query = readListQuery(raw, BULK_EDIT_ROW_LIST);
    const [outcomes, undos] = [filterValues(query, 'outcome', BULK_OUTCOMES), filterValues(query, 'undo', BULK_UNDOS)];
    const [after = null] = cursorOf(query, ['integer']) ?? [];
    await this.require(scope, id);
    const rows = await this.edits.shown(scope, id, { outcomes, undos, after, limit: query.limit });
    return toPage(rows, query, (row) => [row.ordinal], toBulkEditRow);
  }

  /** @throws INVENTORY_BULK_EDIT_NOT_FOUND, INVENTORY_BULK_EDIT_STATE_CONFLICT */
  commit(caller: Caller, id: string): Promise<BulkEditAcceptedDto> {
    return this.begin(caller, id, COMMIT);
  }

  /** @throws INVENTORY_BULK_EDIT_NOT_FOUND, INVENTORY_BULK_EDIT_STATE_CONFLICT */
  undo(caller: Caller, id: string): Promise<BulkEditAcceptedDto> {
    return this.begin(caller, id, UNDO);
  }

  /** The operation to watch, with the scope to watch it in. @throws INVENTORY_BULK_EDIT_NOT_FOUND */
  async watch(caller: Caller, id: string): Promise<{ readonly scope: TenantScope; readonly operationId: string }> {
    const scope = this.access.authorise(caller, 'inventory:bulk-edit:run');
    return { scope, operationId: (await this.require(scope, id)).operationId };
  }

  private async begin(caller: Caller, id: string, step: Step): Promise<BulkEditAcceptedDto> {
    const scope = this.access.authorise(caller, 'inventory:bulk-edit:run');
    this.access.authorise(caller, 'inventory:workload:update');
    const edit = await this.require(scope, id);
    if ('owners' in edit.changes) this.access.authorise(caller, 'inventory:owner:assign');
    if (step === COMMIT && edit.state === 'previewed' && edit.expiresAt <= this.clock.now()) {
      throw problem('INVENTORY_BULK_EDIT_STATE_CONFLICT', 'The preview is more than a day old and shows what was so then. Nothing was changed. Preview the change again.', { extensions: { state: 'expired' } });
    }
    await this.unitOfWork.run(scope, async () => {
      const operationId = await this.operations.create(scope, step.operation, 'workloads', step === COMMIT ? edit.counts.willChange : edit.counts.changed);
      if (!(await this.edits.move(scope, id, step.from, step.to, this.clock.now(), operationId))) {
        const { state } = await this.require(scope, id);
        throw problem('INVENTORY_BULK_EDIT_STATE_CONFLICT', `The bulk edit is ${state}; ${step.needed}`, { extensions: { state } });
      }
      await this.trail.record(scope, { action: step.action, object: { type: 'workload_bulk_edit', id }, reason: edit.reason, payload: { total: edit.total } });
      await this.outbox.enqueue(scope, step.job, { tenantId: scope.tenantId, bulkEditId: id });
    });
    return { id, href: `/api/v1/workload-bulk-edits/${id}` };
  }

  private async require(scope: TenantScope, id: string): Promise<WatchedBulkEditRow> {
    const row = isId(id) ? await this.edits.find(scope, id) : null;
    if (!row) throw problem('INVENTORY_BULK_EDIT_NOT_FOUND', `There is no bulk edit ${JSON.stringify(id.slice(0, 80))}.`);
    return row;
  }
}
