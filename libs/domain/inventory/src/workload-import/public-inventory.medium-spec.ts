import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { TenantScope } from '@roster/platform-context';
import { FileStorage } from '@roster/platform-storage';
import { createTestContext, createTestDatabase, FakeClock, seedOrganization, testConfig, type TestDatabase, type TestOrganization } from '@roster/testing';
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { ChangeImportUsecase } from './change-import.usecase.js';
import { CommitImportJob } from './commit-import.job.js';
import { IMPORT_LIMITS } from './import-limit.js';
import { RollbackImportJob } from './rollback-import.job.js';
import { RunImportJob } from './run-import.job.js';
import { StartImportUsecase } from './start-import.usecase.js';
import { type WatchedImportRow, WorkloadImportRepository } from './workload-import.repository.js';
import { WorkloadImportJobsModule } from './workload-import.module.js';

/** The published inventory of 2024: 2,133 use cases, 62 columns, windows-1252. It is not part of the repository (see ../shared/data). */
const realFile = join(process.env.ROSTER_SHARED_DATA ?? join(import.meta.dirname, '../../../../../../shared/data'), 'us-federal-ai-use-cases-2024.csv');
const present = await access(realFile).then(() => true, () => false);

/** Without the real file the same statements are checked on our small one, except where CI says that it must be there. */
const file = present ? realFile : join(import.meta.dirname, 'fixture', 'public-inventory.csv');
const expected = present ? { total: 2_133, created: 2_130, updated: 0, unchanged: 0, merged: 3, rejected: 0 } : { total: 10, created: 9, updated: 0, unchanged: 0, merged: 1, rejected: 0 };

describe(`the inventory in ${present ? 'us-federal-ai-use-cases-2024.csv' : 'fixture/public-inventory.csv (the 2024 file is absent)'}`, () => {
  let db: TestDatabase;
  let context: INestApplicationContext;
  let admin: Client;
  let org: TestOrganization;
  let other: TestOrganization;

  const run = async (dryRun: boolean, member = 0): Promise<WatchedImportRow> => {
    const caller = (org.members[member] as TestOrganization['members'][number]).caller;
    const spooled = await context.get(FileStorage).spool(createReadStream(file), IMPORT_LIMITS.fileBytes);
    const { id } = await context.get(StartImportUsecase).start(caller, { fields: { options: JSON.stringify({ dryRun }) }, file: spooled, fileName: 'inventory.csv', declaredType: 'text/csv' });
    await work(id);
    return read(id);
  };
  const work = async (importId: string): Promise<void> => {
    const payload = { tenantId: org.tenantId, importId, operationId: (await read(importId)).operationId };
    const circumstances = { attempt: 1, signal: new AbortController().signal };
    await context.get(RunImportJob).handle(payload, circumstances);
    await context.get(CommitImportJob).handle(payload, circumstances);
    await context.get(RollbackImportJob).handle(payload, circumstances);
  };
  const read = async (id: string): Promise<WatchedImportRow> => {
    const row = await context.get(WorkloadImportRepository).find(org.scope, id);
    if (!row) throw new Error('The import is gone');
    return row;
  };
  const rows = async <Row extends object>(sql: string): Promise<Row[]> => (await admin.query(sql, [org.tenantId])).rows as Row[];
  const one = async (sql: string): Promise<number> => Number((await rows<{ n: string }>(sql))[0]?.n);

  beforeAll(async () => {
    if (!present && process.env.CI === 'true') throw new Error(`The real inventory is missing: ${realFile}. Put the folder shared/data beside the repository, or set ROSTER_SHARED_DATA.`);
    db = await createTestDatabase();
    context = await createTestContext({ config: testConfig(db), clock: new FakeClock('2026-05-01T12:00:00Z'), imports: [WorkloadImportJobsModule] });
    admin = new Client({ connectionString: db.adminUrl });
    await admin.connect();
    org = await seedOrganization(db);
    other = await seedOrganization(db);
  }, 60_000);
  afterAll(async () => {
    await admin?.end();
    await context?.close();
    await db?.drop();
  });

  it('accounts for every row, invents nothing, changes nothing the second time, and can be taken back', async () => {
    const preview = await run(true);
    expect(preview).toMatchObject({ state: 'previewed', status: 'succeeded', encoding: 'windows-1252', encodingSource: 'assumed', delimiter: ',', result: expected });
    expect(await one('SELECT count(*) AS n FROM workload WHERE tenant_id = $1')).toBe(0);

    await context.get(ChangeImportUsecase).commit((org.members[1] as TestOrganization['members'][number]).caller, preview.id);
    const started = performance.now();
    await work(preview.id);
    const seconds = (performance.now() - started) / 1000;
    const committed = await read(preview.id);
    expect(committed).toMatchObject({ state: 'committed', result: expected });
    expect(await one('SELECT count(*) AS n FROM workload WHERE tenant_id = $1')).toBe(expected.created);
    expect(await one(`SELECT count(*) AS n FROM workload_import_outcome WHERE tenant_id = $1 AND (workload_id IS NULL OR reason NOT IN ('new', 'same_as_other_row'))`)).toBe(0);

    // Facts and statements: exactly what the file says, with N/A, blank and a lone space as unknown.
    const pii = committed.columns.find(({ target }) => target.kind === 'field' && target.field === 'handlesPii');
    const said = await rows<{ cell: string; handles_pii: string; n: string }>(`
      SELECT lower(btrim(r.raw ->> ${pii?.index ?? -1})) AS cell, w.handles_pii, count(*) AS n
        FROM workload_import_row r JOIN workload_import_outcome o USING (tenant_id, import_id, line) JOIN workload w ON w.tenant_id = r.tenant_id AND w.id = o.workload_id WHERE r.tenant_id = $1 GROUP BY 1, 2`);
    for (const { cell, handles_pii: value } of said) expect([cell, value]).toEqual([cell, cell === 'yes' || cell === 'no' ? cell : 'unknown']);
    expect(said.some(({ handles_pii: value }) => value === 'yes') && said.some(({ cell }) => cell === 'n/a')).toBe(true);
    expect(await one(`SELECT count(*) AS n FROM workload WHERE tenant_id = $1 AND (processes_real_data <> 'unknown' OR stage IS NOT NULL OR NOT unowned OR NOT incomplete OR lifecycle <> 'active')`)).toBe(0);
    expect(await one(`SELECT count(*) AS n FROM workload WHERE tenant_id = $1 AND stated_stage IS NOT NULL`)).toBe(present ? 2_126 : 7);
    expect(await one(`SELECT count(*) AS n FROM workload WHERE tenant_id = $1 AND (name || coalesce(purpose, '') || coalesce(team, '') || custom::text) ~ '\\uFFFD|â€|Ã©|Â '`)).toBe(0);
    if (present) {
      expect(await one(`SELECT count(*) AS n FROM workload WHERE tenant_id = $1 AND business_unit = 'Department of Homeland Security'`)).toBe(183);
      expect(await one(`SELECT count(*) AS n FROM custom_field WHERE tenant_id = $1`)).toBe(56);
    }

    const again = await run(false, 1);
    expect(again.result).toEqual({ ...expected, created: 0, unchanged: expected.created });
    expect(await one('SELECT count(*) AS n FROM workload_history WHERE tenant_id = $1')).toBe(expected.created);

    await context.get(ChangeImportUsecase).rollBack((org.members[0] as TestOrganization['members'][number]).caller, preview.id);
    await work(preview.id);
    expect(await read(preview.id)).toMatchObject({ state: 'rolled_back', rollbackResult: { withdrawn: expected.created, restored: 0, keptChangedSince: 0 } });
    expect(await one('SELECT count(*) AS n FROM workload WHERE tenant_id = $1 AND listed')).toBe(0);

    const elsewhere = TenantScope.forSystem(other.tenantId, 'test');
    expect(await context.get(WorkloadImportRepository).find(elsewhere, preview.id)).toBeNull();
    expect(await context.get(WorkloadImportRepository).outcomes(elsewhere, preview.id, { outcomes: null, reasons: null, rollbacks: null, after: null, limit: 10 })).toEqual([]);
    process.stderr.write(`commit of ${expected.total} rows: ${seconds.toFixed(2)} s\n`);
  }, 180_000);
});
