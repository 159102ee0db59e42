import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { WorkbookReader } from '@cj-tech-master/excelts';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { JOB_ATTEMPTS, Operations } from '@roster/platform-queue';
import { FileStorage } from '@roster/platform-storage';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { parse } from 'csv-parse/sync';
import { Client } from 'pg';
import { InventoryHttpModule } from '../inventory-http.module.js';
import { InventoryJobsModule } from '../inventory-jobs.module.js';
import { BuildExportJob } from './build-export.job.js';
import { SweepExportsJob } from './sweep-exports.job.js';
import type { WorkloadExportDto } from './workload-export.dto.js';
import { WorkloadExportRepository } from './workload-export.repository.js';

describe('exports', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  let folder: string;
  let ada: SignedInClient;
  let bob: SignedInClient;
  let other: SignedInClient;
  /** A key outlives the session of whoever made it. */
  let lasting: { key: string };
  const clock = new FakeClock('2026-05-10T12:00:00Z');
  const job = { attempt: 1, signal: new AbortController().signal } as Parameters<BuildExportJob['handle']>[1];

  const build = async (body: object, who = ada): Promise<WorkloadExportDto> => {
    const accepted = await who.client.post<{ id: string }>('/workload-exports', body);
    if (accepted.status !== 202) throw new Error(accepted.text);
    await app.get(BuildExportJob).handle({ tenantId: who.tenantId, exportId: accepted.body.id }, job);
    return (await who.client.get<WorkloadExportDto>(`/workload-exports/${accepted.body.id}`)).body;
  };
  const csvOf = async (made: WorkloadExportDto, who = ada): Promise<string[][]> => {
    const file = await who.client.get(`/workload-exports/${made.id}/content`);
    expect(file.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'content-length': String(made.bytes), 'content-disposition': expect.stringContaining('workloads-2026-05-1') });
    return parse(file.text, { bom: true }) as string[][];
  };

  beforeAll(async () => {
    db = await createTestDatabase();
    folder = await mkdtemp(join(tmpdir(), 'roster-exports-'));
    app = await createTestApp({ config: { ...testConfig(db), storageUrl: pathToFileURL(folder).href }, clock, imports: [InventoryHttpModule, InventoryJobsModule] });
    const client = await TestClient.of(app);
    ada = await client.signUp({}, { name: 'Ada' });
    bob = await ada.client.invite('auditor');
    other = await client.signUp();
    lasting = await ada.client.createKey(['inventory:workload:read']);
    await ada.client.post('/custom-fields', { key: 'bureau', label: 'Bureau', type: 'text' });
    const register = (who: SignedInClient, key: string, more: object): Promise<unknown> => who.client.post('/workloads', { key, name: key, kind: 'agent', purpose: 'x', team: 'Claims', riskOwner: who.email, processesRealData: 'unknown', ...more });
    await register(ada, 'ONE', { name: '=HYPERLINK("http://x")', tags: ['EU', 'beta'], custom: { bureau: '+1' } });
    await register(ada, 'TWO', { team: 'Billing, "north"', riskTier: 'high', description: 'two\nlines' });
    await register(ada, 'THREE', { riskTier: 'low' });
    await register(other, 'CANARY', {});
  });
  afterAll(async () => {
    await app.close();
    await db.drop();
    await rm(folder, { recursive: true });
  });

  it('writes exactly the rows, order and columns of the list, and nothing that a spreadsheet would run', async () => {
    const made = await build({ format: 'csv', query: '', sort: 'key', columns: ['key', 'name', 'tags', 'custom.bureau', 'riskOwner', 'unowned', 'missingEvidence', 'handlesPii'] });
    expect(made).toMatchObject({ status: 'succeeded', rows: 3, progress: { done: 3, unit: 'rows' }, content: `/api/v1/workload-exports/${made.id}/content` });
    expect(await csvOf(made)).toEqual([
      ['key', 'name', 'tags', 'custom.bureau', 'riskOwner', 'unowned', 'missingEvidence', 'handlesPii'],
      ['ONE', '\'=HYPERLINK("http://x")', 'EU; beta', '\'+1', `${ada.email} (proposed)`, 'no', '', 'unknown'], ['THREE', 'THREE', '', '', `${ada.email} (proposed)`, 'no', '', 'unknown'], ['TWO', 'TWO', '', '', `${ada.email} (proposed)`, 'no', '', 'unknown'],
    ]);
    const filtered = await build({ format: 'csv', query: 'filter[riskTier]=high&filter[riskTier]=low', sort: '-riskTier', columns: ['key', 'team', 'description'] });
    expect(await csvOf(filtered)).toEqual([['key', 'team', 'description'], ['TWO', 'Billing, "north"', 'two\nlines'], ['THREE', 'Claims', '']]);
    expect((await csvOf(await build({ format: 'csv', query: 'q=billing', columns: ['key'] }))).slice(1)).toEqual([['TWO']]);
    expect((await csvOf(await build({ format: 'csv', query: 'filter[mine]=true', columns: ['key'] }, bob), bob)).slice(1)).toEqual([]);
  });

  it('writes a workbook whose texts are texts', async () => {
    const made = await build({ format: 'xlsx', sort: 'key', columns: ['key', 'name', 'version'] });
    const answer = await fetch(`${await app.getUrl()}/api/v1/workload-exports/${made.id}/content`, { headers: { cookie: `__Host-roster_session=${ada.session}` } });
    const path = join(folder, 'check.xlsx');
    await writeFile(path, Buffer.from(await answer.arrayBuffer()));
    const rows: unknown[][] = [];
    for await (const sheet of new WorkbookReader(path, { worksheets: 'emit', sharedStrings: 'cache' })) {
      for await (const row of sheet as AsyncIterable<{ values: unknown[] }>) rows.push(row.values.slice(1));
    }
    expect(rows).toEqual([['key', 'name', 'version'], ['ONE', '=HYPERLINK("http://x")', 1], ['THREE', 'THREE', 1], ['TWO', 'TWO', 1]]);
  });

  it('exports as it was known at an instant', async () => {
    const then = clock.now().toISOString();
    clock.advance({ minutes: 5 });
    await ada.client.patch('/workloads/THREE', { team: 'Moved' });
    expect((await csvOf(await build({ format: 'csv', query: 'filter[key]=THREE', columns: ['team'], asOf: then })))[1]).toEqual(['Claims']);
    expect((await csvOf(await build({ format: 'csv', query: 'filter[key]=THREE', columns: ['team'] })))[1]).toEqual(['Moved']);
  });

  it.each([[{ format: 'pdf' }, 'format'], [{ format: 'csv', columns: ['secret'] }, 'columns[0]'], [{ format: 'csv', query: 'filter[stage]=Pilot' }, 'filter[stage]'], [{ format: 'csv', sort: 'secret' }, 'sort']])('refuses %j and names %s', async (body, path) => {
    const answer = await ada.client.post<{ errors: { path: string }[] }>('/workload-exports', body);
    expect([answer.status, answer.body.errors.map((error) => error.path)]).toEqual([400, [path]]);
  });

  it('is seen by whoever asked and by nobody else, stands in the trail, and goes after a day', async () => {
    clock.advance({ seconds: 1 });
    const made = await build({ format: 'csv' });
    for (const who of [bob, other]) {
      for (const path of ['', '/content', '/events']) expect((await who.client.get(`/workload-exports/${made.id}${path}`)).status).toBe(404);
      expect((await who.client.get<{ items: { id: string }[] }>('/workload-exports')).body.items.map(({ id }) => id)).not.toContain(made.id);
    }
    expect((await ada.client.get<{ items: { id: string }[] }>('/workload-exports?limit=1')).body.items[0]?.id).toBe(made.id);
    const sql = new Client({ connectionString: db.adminUrl });
    await sql.connect();
    expect((await sql.query(`SELECT 1 FROM trail_entry WHERE tenant_id = $1 AND action = 'inventory.export.requested' AND object_id = $2`, [ada.tenantId, made.id])).rowCount).toBe(1);
    await sql.end();
    const files = async (): Promise<string[]> => (await readdir(folder, { recursive: true })).filter((name) => name.includes(`exports/${made.id}`));
    expect(await files()).toHaveLength(1);
    const key = (await TestClient.of(app)).as(lasting.key);
    clock.advance({ hours: 25 });
    const another = await build({ format: 'csv' }, { ...ada, client: key });
    expect((await key.get(`/workload-exports/${made.id}/content`)).body).toMatchObject({ code: 'INVENTORY_EXPORT_NOT_READY' });
    await app.get(SweepExportsJob).handle({}, job);
    expect(await files()).toEqual([]);
    expect((await key.get<WorkloadExportDto>(`/workload-exports/${made.id}`)).body).toMatchObject({ content: null, rows: 3 });
    expect((await key.get(`/workload-exports/${another.id}/content`)).status).toBe(200);
  });

  describe('whose time ends while something goes wrong', () => {
    const later = async (): Promise<TestClient> => (await TestClient.of(app)).as(lasting.key);
    const request = async (): Promise<string> => (await (await later()).post<{ id: string }>('/workload-exports', { format: 'csv' })).body.id;
    const read = async (id: string): Promise<WorkloadExportDto> => (await (await later()).get<WorkloadExportDto>(`/workload-exports/${id}`)).body;
    const run = (id: string, attempt = 1): Promise<void> => app.get(BuildExportJob).handle({ tenantId: ada.tenantId, exportId: id }, { ...job, attempt });
    const sweep = (): Promise<void> => app.get(SweepExportsJob).handle({}, job);
    const files = async (id: string): Promise<string[]> => (await readdir(folder, { recursive: true })).filter((name) => name.includes(`exports/${id}`));
    afterEach(() => void jest.restoreAllMocks());

    it.each([true, false])('is not written after its day (swept before: %s)', async (swept) => {
      const id = await request();
      clock.advance({ hours: 25 });
      if (swept) await sweep();
      await run(id);
      expect(await read(id)).toMatchObject({ status: 'failed', problem: { code: 'INVENTORY_EXPORT_NOT_READY' }, content: null, rows: null });
      expect(await files(id)).toEqual([]);
    });

    it('leaves no file when the sweep comes while it is put away', async () => {
      const storage = app.get(FileStorage);
      const put = storage.put.bind(storage);
      const id = await request();
      jest.spyOn(storage, 'put').mockImplementationOnce(async (...given) => {
        clock.advance({ hours: 25 });
        await sweep();
        await put(...given);
        expect(await files(id)).toHaveLength(1);
      });
      await run(id);
      expect(await files(id)).toEqual([]);
      expect(await read(id)).toMatchObject({ status: 'failed', content: null });
    });

    it('is found by the sweep though the work that put it away failed', async () => {
      const id = await request();
      jest.spyOn(app.get(WorkloadExportRepository), 'fileStored').mockRejectedValueOnce(new Error('the database restarts'));
      await expect(run(id, JOB_ATTEMPTS)).rejects.toThrow('the database restarts');
      expect([await files(id), (await read(id)).status]).toEqual([[expect.stringContaining(id)], 'failed']);
      clock.advance({ hours: 25 });
      await sweep();
      expect(await files(id)).toEqual([]);
    });

    it('does not keep the sweep from the files after it, and is tried again', async () => {
      const ids = [await request(), await request()];
      for (const id of ids) await run(id);
      clock.advance({ hours: 25 });
      const storage = app.get(FileStorage);
      const remove = storage.delete.bind(storage);
      jest.spyOn(storage, 'delete').mockImplementation((key) => (key.includes(ids[0] ?? '') ? Promise.reject(new Error('storage is away')) : remove(key)));
      await expect(sweep()).rejects.toThrow('1 files of exports could not be removed');
      expect(await Promise.all(ids.map(files))).toEqual([[expect.stringContaining(ids[0] ?? '')], []]);
      jest.restoreAllMocks();
      await sweep();
      expect(await Promise.all(ids.map(files))).toEqual([[], []]);
    });
  });

  it.each([['cursor=x', 'PLATFORM_CURSOR_INVALID'], [`cursor=${Buffer.from(JSON.stringify({ s: '-createdAt', k: ['1', 'x'] })).toString('base64url')}`, 'PLATFORM_CURSOR_INVALID'], ['sort=createdAt', 'PLATFORM_REQUEST_INVALID'], ['count=true', 'PLATFORM_REQUEST_INVALID']])('lists nothing for %s', async (query, code) => {
    expect((await (await TestClient.of(app)).as(lasting.key).get(`/workload-exports?${query}`)).body).toMatchObject({ status: 400, code });
  });

  it('streams twenty thousand rows page by page', async () => {
    const sql = new Client({ connectionString: db.adminUrl });
    await sql.connect();
    await sql.query('BEGIN');
    await sql.query(`SELECT set_config('app.tenant_id', $1, true), set_config('app.now', $2, true)`, [ada.tenantId, clock.now().toISOString()]);
    await sql.query(`INSERT INTO workload (tenant_id, id, key, name, purpose, team, registered_at, updated_at) SELECT $1, gen_random_uuid(), 'MANY-' || i, 'Many ' || i, repeat('purpose ', 20), 'Many', $2, $2 FROM generate_series(1, 20000) i`, [ada.tenantId, clock.now()]);
    await sql.query('COMMIT');
    await sql.query('ANALYZE workload');
    await sql.end();
    const key = (await TestClient.of(app)).as(lasting.key);
    const progress = jest.spyOn(app.get(Operations), 'progress');
    for (const format of ['csv', 'xlsx']) {
      const started = performance.now();
      progress.mockClear();
      const made = await build({ format, query: 'filter[team]=Many', columns: ['key', 'name', 'purpose', 'team', 'stage'] }, { ...ada, client: key });
      expect(made).toMatchObject({ rows: 20_000, progress: { done: 20_000, total: 20_000 } });
      // It is told on the way, with the rows in all.
      expect(progress.mock.calls.filter(([, , done, total]) => total === 20_000 && done > 0 && done < 20_000).length).toBeGreaterThan(0);
      if (process.env['ROSTER_PLAN_ROWS'] !== undefined) process.stdout.write(`export of 20,000 rows as ${format}: ${(performance.now() - started).toFixed(0)} ms, ${made.bytes ?? 0} bytes\n`);
    }
  }, 120_000);
});
