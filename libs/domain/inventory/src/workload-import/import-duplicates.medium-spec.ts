import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TenantScope } from '@roster/platform-context';
import { FileStorage } from '@roster/platform-storage';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { InventoryHttpModule } from '../inventory-http.module.js';
import { CommitImportJob } from './commit-import.job.js';
import { ImportDuplicates } from './import-duplicates.js';
import { RollbackImportJob } from './rollback-import.job.js';
import { RunImportJob } from './run-import.job.js';
import { SweepImportsJob } from './sweep-imports.job.js';
import type { ImportCausesDto, ImportDuplicatePageDto, ImportOptionsDto, ImportRowPageDto, WorkloadImportDto } from './workload-import.dto.js';
import { WorkloadImportHttpModule, WorkloadImportJobsModule } from './workload-import.module.js';
import { WorkloadImportRepository } from './workload-import.repository.js';

type Person = Pick<SignedInClient, 'tenantId' | 'client'>;
const FILE = 'Name,Team,Repository\nFraud scorings,Claims,\nSomething new,Billing,https://github.com/acme/Invoice/\nWeather map,Ops,\nWeather maps,ops,\nLetter writer,Sales,\nFraud scoring 2,Claims,\n';

describe('likely duplicates of an import, and how long it is kept', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  let sql: Client;
  let ada: SignedInClient;
  let other: SignedInClient;
  /** Keys outlive sessions. */
  let later: Readonly<Record<'ada' | 'other', Person>>;
  const clock = new FakeClock('2026-05-01T12:00:00Z');
  const context = { attempt: 1, signal: new AbortController().signal } as Parameters<RunImportJob['handle']>[1];

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await createTestApp({ config: testConfig(db), clock, imports: [InventoryHttpModule, WorkloadImportHttpModule, WorkloadImportJobsModule] });
    sql = new Client({ connectionString: db.adminUrl });
    await sql.connect();
    const client = await TestClient.of(app);
    ada = await client.signUp();
    other = await client.signUp();
    const lasting = async (who: SignedInClient): Promise<Person> => ({ tenantId: who.tenantId, client: client.as((await who.client.createKey(['inventory:workload:read', 'inventory:import:run'])).key) as SignedInClient['client'] });
    later = { ada: await lasting(ada), other: await lasting(other) };
    for (const who of [ada, other]) {
      for (const workload of [{ name: 'Fraud scoring', team: 'Claims' }, { name: 'Invoice reader', team: 'Finance', repositories: ['https://github.com/acme/invoice.git'] }, { name: 'Letter writer', team: 'Claims' }]) {
        expect((await who.client.post('/workloads', { kind: 'agent', purpose: 'x', riskOwner: who.email, processesRealData: 'unknown', ...workload })).status).toBe(201);
      }
    }
  });
  afterAll(async () => {
    await sql.end();
    await app.close();
    await db.drop();
  });

  const read = async (id: string, who: Person = ada): Promise<WorkloadImportDto> => (await who.client.get<WorkloadImportDto>(`/workload-imports/${id}`)).body;
  const work = async (id: string, who: Person = ada): Promise<WorkloadImportDto> => {
    const operationId = (await app.get(WorkloadImportRepository).find(TenantScope.forSystem(who.tenantId, 'test'), id))?.operationId ?? id;
    for (const job of [RunImportJob, CommitImportJob, RollbackImportJob]) await app.get<RunImportJob>(job).handle({ tenantId: who.tenantId, importId: id, operationId }, context);
    return read(id, who);
  };
  const upload = async (file: string, options: ImportOptionsDto = {}, who: Person = ada): Promise<WorkloadImportDto> => {
    const form = new FormData();
    form.append('options', JSON.stringify({ dryRun: true, ...options }));
    form.append('file', new Blob([file], { type: 'text/csv' }), 'inventory.csv');
    const answer = await who.client.send<{ id: string }>('POST', '/workload-imports', { raw: form });
    if (answer.status !== 202) throw new Error(answer.text);
    return work(answer.body.id, who);
  };
  const duplicates = async (id: string, query = 'limit=50') => (await ada.client.get<ImportDuplicatePageDto>(`/workload-imports/${id}/duplicates?${query}`)).body;
  const rows = async (id: string, who: Person = ada) => (await who.client.get<ImportRowPageDto>(`/workload-imports/${id}/rows?limit=50`)).body.items;
  const count = async (table: string, id: string): Promise<number> => Number((await sql.query<{ n: string }>(`SELECT count(*) AS n FROM ${table} WHERE import_id = $1`, [id])).rows[0]?.n);

  it('names each new row with what it is most likely the same as, the score and why', async () => {
    const dry = await upload(FILE);
    expect(dry).toMatchObject({ state: 'previewed', result: { total: 6, created: 6 }, duplicatesUnchecked: 0 });
    const found = (await duplicates(dry.id)).items;
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).toSorted((a, b) => b - a));
    expect(found.toSorted((a, b) => a.line - b.line)).toEqual([
      { line: 2, name: 'Fraud scorings', workload: 'FRAUD-SCORING', otherLine: null, otherName: 'Fraud scoring', score: expect.any(Number), reasons: ['similar_name_in_team'], others: 0 },
      { line: 3, name: 'Something new', workload: 'INVOICE-READER', otherLine: null, otherName: 'Invoice reader', score: 0.7, reasons: ['same_repository'], others: 0 },
      { line: 5, name: 'Weather maps', workload: null, otherLine: 4, otherName: 'Weather map', score: expect.any(Number), reasons: ['similar_name_in_team'], others: 0 },
      { line: 7, name: 'Fraud scoring 2', workload: 'FRAUD-SCORING', otherLine: null, otherName: 'Fraud scoring', score: expect.any(Number), reasons: ['similar_name_in_team'], others: 1 },
    ]);
    // The same score that registering it is shown.
    const alone = (await ada.client.get<{ items: { key: string; score: number }[] }>('/workloads/duplicates?name=Fraud%20scorings&team=Claims')).body.items;
    expect((await duplicates(dry.id)).items.find(({ line }) => line === 2)?.score).toBe(alone[0]?.score);
    const page = await duplicates(dry.id, 'limit=1');
    expect((await duplicates(dry.id, `limit=1&cursor=${encodeURIComponent(page.nextCursor ?? '')}`)).items[0]?.line).not.toBe(page.items[0]?.line);
    const cause = (await ada.client.get<ImportCausesDto>(`/workload-imports/${dry.id}/causes`)).body.items.find(({ code }) => code === 'likely_duplicate');
    expect(cause).toMatchObject({ severity: 'warning', rows: 4, fixes: [{ kind: 'take_as_same' }, { kind: 'leave_out' }] });
    expect((await other.client.get(`/workload-imports/${dry.id}/duplicates`)).status).toBe(404);
  });

  it('takes a row as the workload it is, leaves another out, keeps the rest, and takes everything back', async () => {
    const { id } = await upload(FILE);
    const refused = await ada.client.post<{ errors: { path: string }[] }>(`/workload-imports/${id}/reread`, { duplicates: [{ line: 2, as: 'same' }] });
    expect(refused.body).toMatchObject({ status: 400, errors: [{ path: 'options.duplicates[0].workload' }] });
    await ada.client.post(`/workload-imports/${id}/reread`, { duplicates: [{ line: 2, as: 'same', workload: 'FRAUD-SCORING' }, { line: 7, as: 'same', workload: 'FRAUD-SCORING' }, { line: 5, as: 'left_out' }, { line: 3, as: 'same', workload: 'NO-SUCH' }] });
    const dry = await work(id);
    // One row a workload: the second that was said to be it stays what it is.
    expect(dry.result).toMatchObject({ total: 6, created: 4, updated: 1, merged: 1, rejected: 0 });
    expect((await rows(id)).map(({ line, outcome, reason, workload }) => [line, outcome, reason, workload])).toEqual([
      [2, 'updated', 'says_something_else', 'FRAUD-SCORING'], [3, 'created', 'new', 'SOMETHING-NEW'], [4, 'created', 'new', 'WEATHER-MAP'], [5, 'merged', 'left_out_as_duplicate', null], [6, 'created', 'new', 'LETTER-WRITER-2'], [7, 'created', 'new', 'FRAUD-SCORING-2'],
    ]);
    expect((await duplicates(id)).items.map(({ line }) => line).sort()).toEqual([3, 7]);
    expect((await ada.client.post(`/workload-imports/${id}/commit`)).status).toBe(202);
    expect((await work(id)).state).toBe('committed');
    expect((await ada.client.get<{ name: string }>('/workloads/FRAUD-SCORING')).body.name).toBe('Fraud scorings');
    expect((await ada.client.get<{ items: { name: string }[] }>('/workloads?limit=50')).body.items.map(({ name }) => name)).not.toContain('Weather maps');
    // Importing the file again changes nothing of what it says already.
    expect((await upload(FILE)).result).toMatchObject({ unchanged: 5, created: 1 });
    expect((await ada.client.post(`/workload-imports/${id}/rollback`)).status).toBe(202);
    expect(await work(id)).toMatchObject({ state: 'rolled_back', rollback: { withdrawn: 4, restored: 1, keptChangedSince: 0 } });
    expect((await ada.client.get<{ name: string }>('/workloads/FRAUD-SCORING')).body.name).toBe('Fraud scoring');
  });

  it('says how many rows it did not compare when too many are alike', async () => {
    const dry = await upload(`Name,Team\n${Array.from({ length: 300 }, (_one, place) => `Assistant for case ${place},Desk`).join('\n')}\n`);
    await app.get(ImportDuplicates).check(TenantScope.forSystem(ada.tenantId, 'test'), dry.id, 200);
    const { duplicatesUnchecked } = await read(dry.id);
    expect(duplicatesUnchecked).toBeGreaterThan(200);
    expect(duplicatesUnchecked).toBeLessThan(300);
  });

  it('keeps a written import thirty days for its undo, then removes its file and rows, and nobody else\'s', async () => {
    const written = await upload('Name,Team\nKept a while,Ops\n', { dryRun: false });
    expect(written).toMatchObject({ state: 'committed', keptUntil: '2026-05-31T12:00:00.000Z', removedAt: null });
    const draft = await upload('Name,Team\nOnly a draft,Ops\n');
    clock.advance({ days: 29 });
    const theirs = await upload('Name,Team\nTheirs,Ops\n', {}, later.other);
    const sweep = (): Promise<void> => app.get(SweepImportsJob).handle({}, context);
    await sweep();
    expect(await count('workload_import_row', written.id)).toBe(1);
    clock.advance({ days: 1 });
    // Past its time, before the sweep came.
    expect((await later.ada.client.post(`/workload-imports/${written.id}/rollback`)).body).toMatchObject({ status: 409, code: 'INVENTORY_IMPORT_EXPIRED' });
    expect((await later.ada.client.post(`/workload-imports/${draft.id}/commit`)).body).toMatchObject({ code: 'INVENTORY_IMPORT_EXPIRED' });
    await sweep();
    await sweep();
    for (const { id } of [written, draft]) {
      for (const table of ['workload_import_row', 'workload_import_outcome', 'workload_import_issue', 'workload_import_duplicate']) expect([table, await count(table, id)]).toEqual([table, 0]);
      expect(await read(id, later.ada)).toMatchObject({ removedAt: clock.now().toISOString(), result: { total: 1, created: 1 }, columns: [{ field: 'name' }, { field: 'team' }] });
      expect((await later.ada.client.post(`/workload-imports/${id}/reread`, {})).status).toBe(409);
      expect(await rows(id, later.ada)).toEqual([]);
    }
    expect((await later.ada.client.get('/workloads?q=kept+a+while')).text).toContain('Kept a while');
    expect(await count('workload_import_row', theirs.id)).toBe(1);
    expect(await read(theirs.id, later.other)).toMatchObject({ removedAt: null, state: 'previewed' });
    const trail = await sql.query<{ n: string }>(`SELECT count(*) AS n FROM trail_entry WHERE tenant_id = $1 AND action = 'inventory.import.rows-removed'`, [ada.tenantId]);
    // Every import of this organization that nothing happened to since, each once.
    expect(Number(trail.rows[0]?.n)).toBe(Number((await sql.query<{ n: string }>('SELECT count(*) AS n FROM workload_import WHERE tenant_id = $1 AND removed_at IS NOT NULL', [ada.tenantId])).rows[0]?.n));
    const files = await sql.query<{ key: string }>('SELECT file_key AS key FROM workload_import WHERE id = ANY ($1::uuid[])', [[written.id, draft.id, theirs.id]]);
    expect(await Promise.all(files.rows.map(({ key }) => app.get(FileStorage).exists(key)))).toEqual(expect.arrayContaining([false, false, true]));
  });

  it('refuses of its lists what they do not do, rather than leaving it out', async () => {
    const { id } = await upload('Name,Team\nListed,Ops\n', {}, later.ada);
    for (const [path, wrong] of [['rows', 'count=true'], ['rows', 'sort=-line'], ['rows', 'filter[outcome]=lost'], ['rows', 'filter[reason]=lost'], ['rows', 'filter[rollback]=lost'], ['issues', 'count=true'], ['issues', 'sort=-ordinal'],
      ['issues', 'filter[severity]=mild'], ['duplicates', 'count=true'], ['duplicates', 'sort=score']] as const) {
      const { status, body } = await later.ada.client.get<{ errors: { path: string }[] }>(`/workload-imports/${id}/${path}?${wrong}`);
      expect([path, wrong, status, body.errors?.map((error) => error.path)]).toEqual([path, wrong, 400, [wrong.slice(0, wrong.indexOf('='))]]);
    }
    expect((await later.ada.client.get<{ errors: { path: string }[] }>('/workload-imports?filter[state]=lost')).body.errors?.map((error) => error.path)).toEqual(['filter[state]']);
    expect((await later.ada.client.get<{ items: object[] }>(`/workload-imports/${id}/rows?filter[outcome]=created`)).body.items).toHaveLength(1);
  });

  it('is not kept from sweeping the others by one whose file cannot be removed, and tries that one again', async () => {
    const stuck = await upload('Name,Team\nStuck,Ops\n', {}, later.ada);
    clock.advance({ minutes: 1 });
    const next = await upload('Name,Team\nNext,Ops\n', {}, later.other);
    clock.advance({ days: 31 });
    const storage = app.get(FileStorage);
    const remove = storage.delete.bind(storage);
    const { rows: [file] } = await sql.query<{ key: string }>('SELECT file_key AS key FROM workload_import WHERE id = $1', [stuck.id]);
    const away = jest.spyOn(storage, 'delete').mockImplementation((key) => (key === file?.key ? Promise.reject(new Error('storage is away')) : remove(key)));
    await expect(app.get(SweepImportsJob).handle({}, context)).rejects.toThrow('1 imports past their time could not be removed');
    expect([(await read(stuck.id, later.ada)).removedAt, (await read(next.id, later.other)).removedAt]).toEqual([null, clock.now().toISOString()]);
    away.mockRestore();
    await app.get(SweepImportsJob).handle({}, context);
    expect((await read(stuck.id, later.ada)).removedAt).toBe(clock.now().toISOString());
  });

  it('keeps what the product itself takes back one day', async () => {
    const sample = await upload('Name,Team\nSample,Ops\n', { dryRun: false }, later.ada);
    await sql.query('BEGIN');
    await sql.query(`SELECT set_config('app.tenant_id', $1, true)`, [ada.tenantId]);
    await sql.query('UPDATE workload_import SET undo_stays = true WHERE id = $1', [sample.id]);
    await sql.query('COMMIT');
    clock.advance({ days: 90 });
    await app.get(SweepImportsJob).handle({}, context);
    const kept = await sql.query<{ removed_at: Date | null }>('SELECT removed_at FROM workload_import WHERE id = $1', [sample.id]);
    expect(kept.rows).toEqual([{ removed_at: null }]);
  });
});
