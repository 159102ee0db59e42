import { Injectable } from '@nestjs/common';
import { Clock, newId, type TenantScope } from '@roster/platform-context';
import { Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import { ImportApplyRepository, type RollbackResult } from './import-apply.repository.js';
import type { IdentityRule } from './import-options.js';
import { ImportPlanRepository, type ImportResult } from './import-plan.repository.js';
import { ImportDuplicates } from './import-duplicates.js';
import { ImportStagingRepository } from './import-staging.repository.js';
import type { KeptColumn, WorkloadImportRow } from './workload-import.repository.js';

/** Turns staged rows into workloads. One path for the dry run and the write: the dry run does everything and takes it back. */
@Injectable()
export class ImportWriter {
  constructor(
    private readonly staging: ImportStagingRepository, private readonly plans: ImportPlanRepository, private readonly changes: ImportApplyRepository, private readonly duplicates: ImportDuplicates,
    private readonly trail: Trail, private readonly outbox: Outbox, private readonly clock: Clock,
  ) {}

  /** To be called first in a transaction that stages or writes many rows. */
  prepare(scope: TenantScope): Promise<void> {
    return this.plans.prepareBulk(scope);
  }

  /** Plans and writes in the caller's transaction, after `prepare`. @param onProgress told how many rows have been written so far @returns what became of the rows */
  async write(scope: TenantScope, row: Pick<WorkloadImportRow, 'id' | 'fileName' | 'fileSha256' | 'options'>, rule: IdentityRule, columns: readonly Pick<KeptColumn, 'target'>[], dryRun: boolean, onProgress: (rows: number) => void = () => undefined): Promise<ImportResult> {
    const at = this.clock.now();
    await this.plans.lockOrganization(scope);
    await this.plans.plan(scope, row.id, rule, row.options.duplicates ?? []);
    await this.duplicates.check(scope, row.id);
    await this.staging.groupIssues(scope, row.id);
    if (dryRun) await this.changes.beginRehearsal(scope);
    const customFields = columns.flatMap(({ target }) => (target.kind === 'custom' && target.isNew ? [{ ...target.custom, id: newId(at), filterable: target.filterable }] : []));
    const customFieldsCreated = await this.changes.createCustomFields(scope, customFields, at);
    await this.changes.apply(scope, { importId: row.id, source: `Import of ${row.fileName}`, at }, onProgress);
    const result = await this.plans.result(scope, row.id);
    if (dryRun) {
      await this.changes.endRehearsal(scope);
      return result;
    }
    await this.trail.record(scope, {
      action: 'inventory.import.committed', object: { type: 'workload_import', id: row.id },
      payload: { fileName: row.fileName, fileSha256: row.fileSha256, result, customFieldsCreated, changesDigest: await this.changes.changesDigest(scope, row.id) },
    });
    await this.outbox.publish(scope, 'inventory.import.committed', { importId: row.id });
    return result;
  }

  /**
   * Takes a committed import back in the caller's transaction.
   * @param keep workloads that stay: those somebody changed since, or exactly the named ones
   * @returns what was withdrawn, restored, and left because somebody changed it since
   */
  async rollBack(scope: TenantScope, row: Pick<WorkloadImportRow, 'id' | 'fileName' | 'fileSha256'>, keep: 'changed' | readonly string[] = 'changed'): Promise<RollbackResult> {
    await this.plans.prepareBulk(scope);
    await this.plans.lockOrganization(scope);
    const result = await this.changes.rollBack(scope, row.id, this.clock.now(), keep);
    await this.trail.record(scope, {
      action: 'inventory.import.rolled-back', object: { type: 'workload_import', id: row.id },
      payload: { fileName: row.fileName, fileSha256: row.fileSha256, result, changesDigest: await this.changes.changesDigest(scope, row.id) },
    });
    await this.outbox.publish(scope, 'inventory.import.rolled-back', { importId: row.id });
    return result;
  }
}
