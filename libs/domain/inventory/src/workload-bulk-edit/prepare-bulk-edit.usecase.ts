import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { Clock, newId, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { Operations } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import { readViewQuery } from '../saved-view/view-query.js';
import { WorkloadLookup } from '../workload/workload-lookup.js';
import { readWorkloadList } from '../workload/workload-list.js';
import { WorkloadSelectionRepository } from '../workload/workload-selection.repository.js';
import { BulkChangeReader, type ReadChange } from './bulk-change-reader.js';
import { MAX_BULK_ROWS, PREVIEW_MILLISECONDS } from './bulk-edit-state.js';
import type { BulkEditDto, BulkSelectionDto, PrepareBulkEditDto } from './bulk-edit.dto.js';
import { toBulkEdit } from './bulk-edit.mapper.js';
import { BulkEditRepository, type PlannedRow } from './bulk-edit.repository.js';
import { BulkPlanner } from './bulk-planner.js';
import { BulkWriteRepository } from './bulk-write.repository.js';

const PLANNED_AT_ONCE = 1_000;
const GONE = { outcome: 'refused', reason: 'gone', changes: [] } as const;
/** Mentioned in the error of a selection that is too large or empty. */
const invalid = (path: string, message: string): Error => problem('PLATFORM_REQUEST_INVALID', 'The selection is not valid.', { errors: [{ path, code: 'not_valid', message }] });

/** Shows what a change of many workloads would do, row by row. Nothing is changed until it is committed. */
@Injectable()
export class PrepareBulkEditUsecase {
  constructor(
    private readonly access: Access, private readonly edits: BulkEditRepository, private readonly writes: BulkWriteRepository, private readonly selections: WorkloadSelectionRepository, private readonly lookup: WorkloadLookup,
    private readonly reader: BulkChangeReader, private readonly planner: BulkPlanner, private readonly operations: Operations, private readonly trail: Trail, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /**
   * @throws PLATFORM_REQUEST_INVALID, PLATFORM_REFERENCE_UNKNOWN, INVENTORY_BULK_EDIT_EMPTY, INVENTORY_BULK_EDIT_TOO_LARGE, ACCESS_PERMISSION_MISSING
   */
  prepare(caller: Caller, body: PrepareBulkEditDto): Promise<BulkEditDto> {
    const scope = this.access.authorise(caller, 'inventory:bulk-edit:run');
    this.access.authorise(caller, 'inventory:workload:update');
    if (body.changes.owners && Object.keys(body.changes.owners).length > 0) this.access.authorise(caller, 'inventory:owner:assign');
    return this.unitOfWork.run(scope, async () => {
      const read = await this.reader.read(scope, body.changes);
      const ids = await this.selected(scope, caller, body.selection);
      const at = this.clock.now();
      const id = newId(at);
      const operationId = await this.operations.create(scope, 'inventory.bulk-edit-preview', 'workloads', ids.length);
      await this.edits.insert(scope, { id, selection: { ...body.selection }, changes: { ...body.changes }, reason: body.reason ?? null, total: ids.length, operationId, at, expiresAt: new Date(at.getTime() + PREVIEW_MILLISECONDS) });
      await this.plan(scope, id, ids, read);
      const counts = await this.edits.count(scope, id);
      await this.operations.succeed(scope, operationId, counts, ids.length);
      await this.trail.record(scope, { action: 'inventory.bulk-edit.prepared', object: { type: 'workload_bulk_edit', id }, reason: body.reason ?? null, payload: { selection: { ...body.selection }, changes: { ...body.changes }, total: ids.length, counts: { ...counts } } });
      const row = await this.edits.find(scope, id);
      if (!row) throw new Error(`Bulk edit ${id} was not stored`);
      return toBulkEdit(row);
    });
  }

  private async selected(scope: TenantScope, caller: Caller, { keys, query, except }: BulkSelectionDto): Promise<string[]> {
    if ((keys === undefined) === (query === undefined)) throw invalid('selection', 'expected either keys or a query');
    if (keys !== undefined) {
      if (keys.length === 0) throw invalid('selection.keys', 'expected at least one workload');
      if (except !== undefined) throw invalid('selection.except', 'expected only with a query');
      return [...new Set([...(await this.lookup.requireMany(scope, keys, 'selection.keys')).values()].map(({ id }) => id))];
    }
    const { list } = readViewQuery(query ?? '', undefined, 'selection.query');
    const wanted = readWorkloadList(list, { now: this.clock.now(), me: caller.memberId });
    const left = new Set([...(await this.lookup.requireMany(scope, except ?? [], 'selection.except')).values()].map(({ id }) => id));
    const found = await this.selections.ids(scope, wanted, await this.selections.findAll(scope, wanted, list.q, null), MAX_BULK_ROWS + left.size + 1);
    const ids = found.filter((id) => !left.has(id));
    if (ids.length === 0) throw invalid('selection.query', 'the query finds no workloads');
    if (ids.length > MAX_BULK_ROWS) throw problem('INVENTORY_BULK_EDIT_TOO_LARGE', `The query finds more than ${MAX_BULK_ROWS} workloads, which is the most for one bulk edit. Narrow it, and do the rest in a second one.`, { extensions: { most: MAX_BULK_ROWS } });
    return ids;
  }

  private async plan(scope: TenantScope, id: string, ids: readonly string[], read: ReadChange): Promise<void> {
    const said = { at: this.clock.now().toISOString(), by: scope.actor.name };
    for (let start = 0; start < ids.length; start += PLANNED_AT_ONCE) {
      const slice = ids.slice(start, start + PLANNED_AT_ONCE);
      const plans = await this.planner.plan(scope, await this.writes.states(scope, slice), read, said);
      await this.edits.insertRows(scope, id, slice.map((workloadId, index): PlannedRow => {
        // Merged or withdrawn since it was selected: it has a row, so that the counts make up the total.
        const { outcome, reason, changes } = plans.get(workloadId) ?? GONE;
        return { ordinal: start + index + 1, workloadId, outcome, reason, changes };
      }));
    }
  }
}
