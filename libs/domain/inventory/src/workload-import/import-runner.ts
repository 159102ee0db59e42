import { Injectable } from '@nestjs/common';
import { Clock, newId, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { ProblemError } from '@roster/platform-errors';
import { OperationCanceled, Operations, ProgressTicker } from '@roster/platform-queue';
import { FileStorage } from '@roster/platform-storage';
import { keyFromName } from '../workload/workload-key.js';
import { foldText } from './cell-value.js';
import { columnsDigest, mapColumns, type MappedColumn, rememberedMapping } from './column-mapping.js';
import type { ImportWork } from './import-failure.js';
import { prepareFile, type PreparedFile } from './import-file.js';
import { IMPORT_LIMITS } from './import-limit.js';
import { identityRule, type IdentityRule, type ImportOptions } from './import-options.js';
import { ImportStagingRepository, type StagedRow } from './import-staging.repository.js';
import { ImportWriter } from './import-writer.js';
import { RowAccounting } from './row-accounting.js';
import { readRow } from './row-reading.js';
import { type KeptColumn, type WatchedImportRow, WorkloadImportRepository } from './workload-import.repository.js';

const ROWS_PER_STEP = 500;

const kept = ({ profile: { name: _name, distinctValues: _values, ...profile }, ...column }: MappedColumn): KeptColumn => ({ ...column, profile });

/** Column -> folded value -> what it means. */
const replacementsOf = ({ replacements = [] }: ImportOptions): Map<string, Map<string, string>> => {
  const byColumn = new Map<string, Map<string, string>>();
  for (const { column, from, to } of replacements) byColumn.set(column, (byColumn.get(column) ?? new Map<string, string>()).set(foldText(from), to));
  return byColumn;
};

/** Reads an uploaded file, stages its rows and plans or writes them. What is wrong with the file ends the import; nothing is half done. */
@Injectable()
export class ImportRunner {
  constructor(
    private readonly imports: WorkloadImportRepository, private readonly staging: ImportStagingRepository, private readonly writer: ImportWriter, private readonly storage: FileStorage,
    private readonly operations: Operations, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** Does nothing when the import has been read already, or waits for another reading: jobs do run twice. */
  async run({ tenantId, importId, operationId }: ImportWork, signal: AbortSignal): Promise<void> {
    const row = await this.imports.find(TenantScope.forSystem(tenantId, 'import'), importId);
    if (row?.state !== 'pending' || row.operationId !== operationId) return;
    const scope = TenantScope.resumed(tenantId, row.createdBy);
    if (!(await this.operations.progress(scope, row.operationId, 0))) return;
    const file = await this.storage.spool(await this.storage.open(row.fileKey), IMPORT_LIMITS.fileBytes);
    const ticker = new ProgressTicker(this.operations, scope, row.operationId, signal);
    try {
      await this.read(scope, row, file.path, ticker);
    } catch (error) {
      await ticker.stop();
      if (error instanceof OperationCanceled) await this.end(scope, row, 'canceled', () => this.operations.cancel(scope, row.operationId));
      else if (error instanceof ProblemError) await this.end(scope, row, 'failed', () => this.operations.fail(scope, row.operationId, error));
      else throw error;
    } finally {
      await ticker.stop();
      await file.discard();
    }
  }

  private async read(scope: TenantScope, row: WatchedImportRow, path: string, ticker: ProgressTicker): Promise<void> {
    const { options } = row;
    const layout = { encoding: options.encoding ?? undefined, delimiter: options.delimiter ?? undefined, sheet: options.sheet ?? undefined };
    const file = await prepareFile(path, row.fileName, layout, IMPORT_LIMITS, async () => ticker.step(0));
    const customFields = (await this.imports.customFields(scope)).filter(({ archived }) => !archived);
    const digest = columnsDigest(file.columns.map(({ name }) => name));
    const last = options.useRemembered ? await this.imports.lastWithColumns(scope, digest) : null;
    const remembered = last ? rememberedMapping(last.columns, customFields) : {};
    const found = {
      ...file.inspection, columnsDigest: digest, rememberedFrom: last?.id ?? null, delimiter: file.delimiter, sheet: file.sheet, warnings: file.warnings,
    };
    let columns: MappedColumn[];
    let rule: IdentityRule;
    try {
      columns = mapColumns(file.columns, { ...options, remembered, customFields });
      rule = identityRule({ defaults: options.defaults, upsertBy: options.upsertBy ?? (last?.identityStated ? last.options.upsertBy : null) }, columns);
    } catch (error) {
      // The mapping can only be put in order by somebody who sees the columns.
      if (error instanceof ProblemError) {
        const seen = mapColumns(file.columns, { mapping: {}, defaults: {}, unmapped: options.unmapped, customFields, nameRequired: false });
        await this.unitOfWork.run(scope, async () => {
          if (await this.holds(scope, row)) await this.imports.describe(scope, row.id, { ...found, upsertBy: [], identityStated: false, columns: seen.map(kept), at: this.clock.now() });
        });
      }
      throw error;
    }
    await this.unitOfWork.run(scope, async () => {
      if (!(await this.holds(scope, row))) return;
      await this.imports.describe(scope, row.id, {
        ...found, upsertBy: rule.upsertBy, identityStated: rule.stated, columns: columns.map(kept), at: this.clock.now(),
      });
      await this.writer.prepare(scope);
      await this.staging.clear(scope, row.id);
      await this.staging.copy(scope, row.id, this.stagedRows(file, columns, options, rule, ticker));
      const result = await this.writer.write(scope, row, rule, columns, options.dryRun);
      // From here on the ticker must not wait for the operation, which this transaction is about to end.
      await ticker.stop();
      await this.imports.move(scope, row.id, ['pending'], options.dryRun ? 'previewed' : 'committed', this.clock.now(), { result });
      await this.operations.succeed(scope, row.operationId, result, file.rowCount);
    });
  }

  private async *stagedRows(file: PreparedFile, columns: readonly MappedColumn[], options: ImportOptions, rule: IdentityRule, ticker: ProgressTicker): AsyncGenerator<StagedRow> {
    const accounting = new RowAccounting(rule.stated);
    const at = this.clock.now();
    const reading = { columns, defaults: options.defaults, formulas: options.formulas, upsertBy: rule.upsertBy, replacements: replacementsOf(options), leaveBlank: new Set(options.leaveBlank) };
    let count = 0;
    for await (const tableRow of file.open().rows) {
      const { row, ...accounted } = accounting.account(readRow(tableRow, reading));
      const name = row.data.fields.name;
      const key = row.data.fields.key;
      yield {
        line: row.line, status: accounted.status, mergedIntoLine: accounted.mergedIntoLine, raw: tableRow.cells, data: row.data, identity: row.identity, digest: row.digest, issues: accounted.issues,
        candidateId: newId(at), keyBase: typeof key === 'string' ? key : keyFromName(typeof name === 'string' ? name : ''), owners: Object.entries(row.data.owners).map(([role, email]) => ({ id: newId(at), role, email })),
      };
      if (++count % ROWS_PER_STEP === 0) ticker.step(count, file.rowCount);
    }
  }

  private async end(scope: TenantScope, row: WatchedImportRow, state: 'failed' | 'canceled', endOperation: () => Promise<boolean>): Promise<void> {
    await this.unitOfWork.run(scope, async () => {
      if ((await this.holds(scope, row)) && (await this.imports.move(scope, row.id, ['pending'], state, this.clock.now()))) await endOperation();
    });
  }

  /**
   * Whether the import still waits for the reading that this run began, locked until the transaction ends. Jobs do run twice, and an import can be read
   * again with other options: a run that comes late finds it waiting once more, for another operation.
   */
  private async holds(scope: TenantScope, row: WatchedImportRow): Promise<boolean> {
    const current = await this.imports.lock(scope, row.id);
    return current?.state === 'pending' && current.operationId === row.operationId;
  }
}
