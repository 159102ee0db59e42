import { Injectable } from '@nestjs/common';
import { Clock, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem, ProblemError } from '@roster/platform-errors';
import { JOB_ATTEMPTS, Operations, type JobContext } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import { BulkChangeReader, type ReadChange } from './bulk-change-reader.js';
import { BULK_BATCH, type BulkEditState } from './bulk-edit-state.js';
import type { BulkChangesDto } from './bulk-edit.dto.js';
import { BulkEditRepository, type WatchedBulkEditRow } from './bulk-edit.repository.js';
import { BulkEditWriter } from './bulk-edit-writer.js';

interface Work {
  readonly from: BulkEditState;
  readonly to: BulkEditState;
  readonly action: string;
  /** Writes one batch in the open transaction. @returns how many rows it took; 0 when none are left */
  readonly batch: (scope: TenantScope, edit: WatchedBulkEditRow) => Promise<number>;
}

/** Commits and undoes bulk edits, a batch per transaction: what a batch wrote it also ticked off, so that a repeated job goes on where it stopped. */
@Injectable()
export class BulkEditRunner {
  constructor(
    private readonly edits: BulkEditRepository, private readonly writer: BulkEditWriter, private readonly reader: BulkChangeReader, private readonly operations: Operations, private readonly trail: Trail,
    private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  commit(tenantId: string, id: string, context: Pick<JobContext, 'attempt' | 'signal'>): Promise<void> {
    // Read once: it is the same for every row.
    let read: ReadChange | null = null;
    return this.run(tenantId, id, context, {
      from: 'committing', to: 'committed', action: 'inventory.bulk-edit.committed',
      batch: async (scope, edit) => {
        const rows = await this.edits.pending(scope, edit.id, BULK_BATCH);
        if (rows.length === 0) return 0;
        read ??= await this.reader.read(scope, edit.changes as BulkChangesDto);
        await this.edits.finish(scope, edit.id, await this.writer.write(scope, edit, rows, read));
        return rows.length;
      },
    });
  }

  undo(tenantId: string, id: string, context: Pick<JobContext, 'attempt' | 'signal'>): Promise<void> {
    return this.run(tenantId, id, context, {
      from: 'undoing', to: 'undone', action: 'inventory.bulk-edit.undone',
      batch: async (scope, edit) => {
        const rows = await this.edits.undoable(scope, edit.id, BULK_BATCH);
        if (rows.length > 0) await this.edits.markUndone(scope, edit.id, await this.writer.undo(scope, edit, rows));
        return rows.length;
      },
    });
  }

  private async run(tenantId: string, id: string, { attempt, signal }: Pick<JobContext, 'attempt' | 'signal'>, work: Work): Promise<void> {
    const system = TenantScope.forSystem(tenantId, 'bulk edit');
    const edit = await this.edits.find(system, id);
    if (edit?.state !== work.from) return;
    const scope = TenantScope.resumed(tenantId, (await this.operations.askedBy(system, edit.operationId)) ?? edit.createdBy);
    let run: number | null = null;
    try {
      let done = edit.done;
      run = await this.operations.begin(scope, edit.operationId);
      if (run === null) return;
      for (;;) {
        if (signal.aborted) throw new Error('The worker is stopping; the bulk edit goes on elsewhere');
        const taken = await this.unitOfWork.run(scope, async () => ((await this.edits.holds(scope, id, work.from, edit.operationId)) ? work.batch(scope, edit) : null));
        if (taken === null) return;
        if (taken === 0) break;
        done += taken;
        if (!(await this.operations.progress(scope, edit.operationId, done, undefined, run))) return;
      }
      await this.unitOfWork.run(scope, async () => {
        if (!(await this.edits.holds(scope, id, work.from, edit.operationId))) return;
        await this.edits.move(scope, id, [work.from], work.to, this.clock.now());
        const counts = await this.edits.count(scope, id);
        await this.operations.succeed(scope, edit.operationId, counts, done);
        await this.trail.record(scope, { action: work.action, object: { type: 'workload_bulk_edit', id }, reason: edit.reason, payload: { total: edit.total, counts: { ...counts } } });
      });
    } catch (error) {
      // What was asked for is no longer possible, such as an owner who left since the preview: trying again would not help.
      if (error instanceof ProblemError) return await this.stop(scope, edit, run, work.from, error);
      if (attempt >= JOB_ATTEMPTS) await this.stop(scope, edit, run, work.from, ours());
      throw error;
    }
  }

  /**
   * What was done stays, is shown row by row and can be undone.
   * @param run only while it is the newest: jobs do run twice; null when not even its beginning could be written
   */
  private stop(scope: TenantScope, edit: WatchedBulkEditRow, run: number | null, from: BulkEditState, why: ProblemError): Promise<void> {
    return this.unitOfWork.run(scope, async () => {
      if (!(await this.edits.holds(scope, edit.id, from, edit.operationId))) return;
      if (run !== null && !(await this.operations.holds(scope, edit.operationId, run))) return;
      await this.edits.move(scope, edit.id, [from], 'stopped', this.clock.now());
      await this.edits.count(scope, edit.id);
      await this.operations.fail(scope, edit.operationId, why);
      await this.trail.record(scope, { action: 'inventory.bulk-edit.stopped', object: { type: 'workload_bulk_edit', id: edit.id }, payload: { while: from, code: why.code } });
    });
  }
}

const ours = (): ProblemError =>
  problem('PLATFORM_INTERNAL_ERROR', 'The work stopped because of an error on our side. Each row says whether it was done; undo takes back what was. If it fails again, tell your operator the id of this bulk edit.');
