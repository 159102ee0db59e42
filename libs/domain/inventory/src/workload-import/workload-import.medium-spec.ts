import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Workbook } from '@cj-tech-master/excelts';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TenantScope } from '@roster/platform-context';
import { JOB_ATTEMPTS } from '@roster/platform-queue';
import { createTestApp, createTestDatabase, FakeClock, testConfig, type TestDatabase } from '@roster/testing';
import { parse } from 'csv-parse/sync';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { CommitImportJob } from './commit-import.job.js';
import type { ImportWork } from './import-failure.js';
import { RollbackImportJob } from './rollback-import.job.js';
import { RunImportJob } from './run-import.job.js';
import type { ImportRowDto, WorkloadImportDto } from './workload-import.dto.js';
import { WorkloadImportHttpModule, WorkloadImportJobsModule } from './workload-import.module.js';
import { WorkloadImportRepository } from './workload-import.repository.js';

interface Person {
  readonly cookie: string;
  readonly tenantId: string;
}

let db: TestDatabase;
let app: NestFastifyApplication;
let admin: Client;
const clock = new FakeClock(new Date('2026-05-01T12:00:00Z'));

const signUp = async (name: string): Promise<Person> => {
  const email = `${name.toLowerCase().replace(/\W/g, '')}@example.org`;
  const response = await app.inject({ method: 'POST', url: '/api/v1/sign-up', payload: { organization: { name }, user: { name: 'Ada Admin', email, password: 'correct horse battery staple' } } });
  expect(response.statusCode).toBe(201);
  const cookie = response.cookies.map(({ name: key, value }) => `${key}=${value}`).join('; ');
  const me = await app.inject({ method: 'GET', url: '/api/v1/me', headers: { cookie } });
  return { cookie, tenantId: me.json<{ organization: { id: string } }>().organization.id };
};
const request = (person: Person, method: 'GET' | 'POST', path: string) => app.inject({ method, url: `/api/v1/workload-imports${path}`, headers: { cookie: person.cookie } });
const upload = (person: Person, file: string | Buffer, options?: object, fileName = 'inventory.csv') => {
  const boundary = 'roster-test-boundary';
  const part = (head: string, body: string | Buffer): Buffer => Buffer.concat([Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; ${head}\r\n\r\n`), Buffer.from(body as string), Buffer.from('\r\n')]);
  const payload = Buffer.concat([...(options ? [part('name="options"', JSON.stringify(options))] : []), part(`name="file"; filename="${fileName}"\r\ncontent-type: text/csv`, file), Buffer.from(`--${boundary}--\r\n`)]);
  return app.inject({ method: 'POST', url: '/api/v1/workload-imports', headers: { cookie: person.cookie, 'content-type': `multipart/form-data; boundary=${boundary}` }, payload });
};
/** What a job of the import would be given now. */
const payloadOf = async (person: Person, importId: string): Promise<ImportWork> =>
  ({ tenantId: person.tenantId, importId, operationId: (await app.get(WorkloadImportRepository).find(TenantScope.forSystem(person.tenantId, 'test'), importId))?.operationId ?? importId });
/** Runs whatever the import waits for, as the worker would. */
const work = async (person: Person, id: string): Promise<WorkloadImportDto> => {
  const payload = await payloadOf(person, id);
  const context = { attempt: 1, signal: new AbortController().signal };
  await app.get(RunImportJob).handle(payload, context);
  await app.get(CommitImportJob).handle(payload, context);
  await app.get(RollbackImportJob).handle(payload, context);
  return (await request(person, 'GET', `/${id}`)).json<WorkloadImportDto>();
};
const importFile = async (person: Person, file: string | Buffer, options?: object, fileName?: string): Promise<WorkloadImportDto> => {
  const response = await upload(person, file, options, fileName);
  expect(response.json()).toMatchObject({ id: expect.any(String) });
  expect(response.statusCode).toBe(202);
  const { id, href } = response.json<{ id: string; href: string }>();
  expect(href).toBe(`/api/v1/workload-imports/${id}`);
  return work(person, id);
};
const step = async (person: Person, id: string, name: 'commit' | 'rollback'): Promise<WorkloadImportDto> => {
  expect((await request(person, 'POST', `/${id}/${name}`)).statusCode).toBe(202);
  return work(person, id);
};
const rowsOf = async (person: Person, id: string, query = ''): Promise<ImportRowDto[]> => (await request(person, 'GET', `/${id}/rows?limit=200${query}`)).json<{ items: ImportRowDto[] }>().items;
/** Everything of an organization's inventory, as the superuser sees it. */
const inventory = async ({ tenantId }: Person) => (await admin.query<Record<string, unknown> & { key: string; name: string; custom: Record<string, unknown> }>(
  'SELECT * FROM workload WHERE tenant_id = $1 AND withdrawn_at IS NULL ORDER BY key', [tenantId])).rows;
/** Changes rows behind the back of the API; the history triggers need to know the organization. */
const tamper = async ({ tenantId }: Person, ...statements: readonly (readonly [sql: string, ...values: unknown[]])[]): Promise<void> => {
  await admin.query('BEGIN');
  await admin.query(`SELECT set_config('app.tenant_id', $1, true)`, [tenantId]);
  for (const [sql, ...values] of statements) await admin.query(sql, [tenantId, ...values]);
  await admin.query('COMMIT');
};
const count = async (sql: string, ...values: unknown[]): Promise<number> => Number((await admin.query<{ count: string }>(sql, values)).rows[0]?.count);

const SMALL = 'Name,Team,PII,Owner,Stage,Cost centre\nSupport bot,Ops,Yes,ada@smallltd.example,Pilot,12\nRanking,Ops,n/a,,Live,13\nSupport bot,Sales,No,new.person@example.org,,12\n';

beforeAll(async () => {
  db = await createTestDatabase();
  app = await createTestApp({ config: testConfig(db, { maxUploadBytes: 64 * 1024 * 1024 }), clock, imports: [WorkloadImportHttpModule, WorkloadImportJobsModule] });
  admin = new Client({ connectionString: db.adminUrl });
  await admin.connect();
}, 60_000);
afterAll(async () => {
  await admin?.end();
  await app?.close();
  await db?.drop();
});

describe('importing workloads', () => {
  it('shows in a dry run what it would do, changes nothing, and does exactly that on commit', async () => {
    const person = await signUp('Dry Ltd');
    const preview = await importFile(person, SMALL, { dryRun: true });
    expect(preview).toMatchObject({ status: 'succeeded', state: 'previewed', dryRun: true, result: { total: 3, created: 3, updated: 0, unchanged: 0, merged: 0, rejected: 0 }, encoding: 'utf-8', delimiter: ',', upsertBy: ['name', 'team', 'businessUnit'] });
    expect(preview.columns.map(({ column, field }) => [column, field])).toEqual([['Name', 'name'], ['Team', 'team'], ['PII', 'handlesPii'], ['Owner', 'riskOwner'], ['Stage', 'statedStage'], ['Cost centre', 'custom.costCentre']]);
    expect(preview.issues.items.map(({ severity, code, value, lines }) => [severity, code, value, lines])).toEqual([
      ['warning', 'name_in_use', 'Support bot', [2, 4]], ['warning', 'owner_not_member', 'ada@smallltd.example', [2]], ['warning', 'owner_not_member', 'new.person@example.org', [4]]]);
    expect(await inventory(person)).toEqual([]);
    expect(await count('SELECT count(*) FROM custom_field WHERE tenant_id = $1', person.tenantId)).toBe(0);
    expect(await count(`SELECT count(*) FROM trail_entry WHERE tenant_id = $1 AND action = 'inventory.import.committed'`, person.tenantId)).toBe(0);

    const committed = await step(person, preview.id, 'commit');
    expect(committed).toMatchObject({ status: 'succeeded', state: 'committed', result: preview.result });
    expect(await inventory(person)).toMatchObject([
      { key: 'RANKING', team: 'Ops', handles_pii: 'unknown', stated_stage: 'Live', unowned: true, incomplete: true, stage: null, custom: { costCentre: '13' }, version: 1 },
      { key: 'SUPPORT-BOT', team: 'Ops', handles_pii: 'yes', stated_stage: 'Pilot', unowned: false, processes_real_data: 'unknown', processes_real_data_answered: false },
      { key: 'SUPPORT-BOT-2', team: 'Sales', handles_pii: 'no', stated_stage: null, risk_owner_status: 'proposed', risk_owner_member_id: null },
    ]);
    const facts = await admin.query(`SELECT value, provenance, source, stated_by AS by FROM workload_fact WHERE tenant_id = $1 ORDER BY source`, [person.tenantId]);
    expect(facts.rows).toEqual([{ value: 'yes', provenance: 'declared', source: 'Import of inventory.csv, line 2', by: 'Ada Admin' }, { value: 'no', provenance: 'declared', source: 'Import of inventory.csv, line 4', by: 'Ada Admin' }]);
    expect(await count('SELECT count(*) FROM reevaluation_mark WHERE tenant_id = $1', person.tenantId)).toBe(3);
    const trail = await admin.query<{ entry: string; disclosure: string }>(`SELECT entry, disclosure FROM trail_entry WHERE tenant_id = $1 AND action = 'inventory.import.committed'`, [person.tenantId]);
    expect(JSON.parse(trail.rows[0]?.disclosure ?? '{}')).toMatchObject({ actorName: 'Ada Admin', payload: { result: preview.result, changesDigest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) } });
    const events = await request(person, 'GET', `/${preview.id}/events`);
    expect(events.headers['content-type']).toContain('text/event-stream');
    expect(events.body).toMatch(/^event: end\ndata: .*"status":"succeeded","progress":\{"done":3,"total":3,"unit":"rows"\}/);
    expect((await request(person, 'POST', `/${preview.id}/commit`)).json()).toMatchObject({ status: 409, code: 'INVENTORY_IMPORT_STATE_CONFLICT' });
  });

  it('changes nothing when the same file comes twice, and only what differs when it changed', async () => {
    const person = await signUp('Twice Ltd');
    const options = { defaults: { kind: 'agent' } };
    expect((await importFile(person, SMALL, options)).result).toMatchObject({ created: 3 });
    const before = await inventory(person);
    expect(before.map(({ kind }) => kind)).toEqual(['agent', 'agent', 'agent']);
    const again = await importFile(person, SMALL, options);
    expect(again.result).toEqual({ total: 3, created: 0, updated: 0, unchanged: 3, merged: 0, rejected: 0 });
    expect(await inventory(person)).toEqual(before);
    expect(await count('SELECT count(*) FROM owner_assignment WHERE tenant_id = $1', person.tenantId)).toBe(2);
    expect(await count('SELECT count(*) FROM workload_history WHERE tenant_id = $1 AND upper_inf(valid)', person.tenantId)).toBe(3);

    const changed = await importFile(person, SMALL.replace('n/a,,Live', 'Yes,,Retired').replace('Yes,ada@smallltd.example,Pilot', ',,'), options);
    expect(changed.result).toEqual({ total: 3, created: 0, updated: 1, unchanged: 2, merged: 0, rejected: 0 });
    expect(await rowsOf(person, changed.id)).toMatchObject([{ line: 2, outcome: 'unchanged', workload: 'SUPPORT-BOT' }, { line: 3, outcome: 'updated', reason: 'says_something_else', workload: 'RANKING' }, { line: 4, outcome: 'unchanged' }]);
    expect((await inventory(person)).map(({ key, handles_pii, stated_stage, version }) => [key, handles_pii, stated_stage, version])).toEqual([['RANKING', 'yes', 'Retired', 2], ['SUPPORT-BOT', 'yes', 'Pilot', 1], ['SUPPORT-BOT-2', 'no', null, 1]]);
  });

  it('finds workloads by key, and says so when a row contradicts another', async () => {
    const person = await signUp('Key Ltd');
    const first = await importFile(person, 'Key,Name,Team\nbot-1,Bot,Ops\nBOT-2,Bot,Ops\n');
    expect(first).toMatchObject({ upsertBy: ['key'], result: { created: 2 } });
    const second = await importFile(person, 'Key,Name,Team\nBOT-2,Renamed,Ops\nBOT-1,Bot,Ops\nBOT-1,Other,Ops\n,No key,Ops\n');
    expect(second.result).toEqual({ total: 4, created: 0, updated: 1, unchanged: 1, merged: 0, rejected: 2 });
    expect(second.issues.items.map(({ code, lines }) => [code, lines])).toEqual([['identity_repeated', [4]], ['upsert_value_missing', [5]]]);
    expect((await inventory(person)).map(({ key, name }) => [key, name])).toEqual([['BOT-1', 'Bot'], ['BOT-2', 'Renamed']]);
  });

  it('finds a workload that was registered by hand, and asks when there are several', async () => {
    const person = await signUp('Hand Ltd');
    for (const key of ['ONE', 'TWIN-A', 'TWIN-B']) {
      await tamper(person, [`INSERT INTO workload (tenant_id, id, key, name, team, registered_at, updated_at) VALUES ($1, gen_random_uuid(), $2, $3, 'Ops', now(), now())`, key, key.split('-')[0]]);
    }
    const found = await importFile(person, 'Name,Team,Purpose\none,OPS,Help\nTwin,Ops,Help\n', { upsertBy: 'name' });
    expect(found.result).toEqual({ total: 2, created: 0, updated: 1, unchanged: 0, merged: 0, rejected: 1 });
    expect(found.issues.items).toMatchObject([{ severity: 'error', code: 'match_ambiguous', rows: 1, lines: [3] }]);
    expect((await inventory(person)).map(({ key, name, purpose }) => [key, name, purpose])).toEqual([['ONE', 'one', 'Help'], ['TWIN-A', 'TWIN', null], ['TWIN-B', 'TWIN', null]]);
  });

  it('explains every rejected row and gives it back for repair', async () => {
    const person = await signUp('Reject Ltd');
    const bad = await importFile(person, 'Name,Kind,Risk tier,Note\nGood,agent,high,x\n,agent,high,"no, name"\nBad kind,agnet,high,y\nFormula,agent,high,=1+1\nGuarded,agent,low,\'=1+1\n', { mapping: { Kind: 'kind', 'Risk tier': 'riskTier' } });
    expect(bad.result).toEqual({ total: 5, created: 2, updated: 0, unchanged: 0, merged: 0, rejected: 3 });
    expect(bad.issues.items).toMatchObject([{ code: 'required', lines: [3] }, { code: 'not_one_of', column: 'Kind', value: 'agnet', didYouMean: 'agent', lines: [4] }, { code: 'formula', column: 'Note', lines: [5] }]);
    expect((await request(person, 'GET', `/${bad.id}/issues?filter[code]=formula`)).json<{ items: unknown[] }>().items).toHaveLength(1);
    const download = await request(person, 'GET', `/${bad.id}/rejected.csv`);
    expect(download.headers['content-disposition']).toContain('inventory-rejected.csv');
    const table = parse(download.body, { bom: true }) as unknown as string[][];
    expect(table[0]).toEqual(['Name', 'Kind', 'Risk tier', 'Note', '_line', '_error']);
    expect(table.slice(1).map((row) => [row[0], row[3], row[4]])).toEqual([['', 'no, name', '3'], ['Bad kind', 'y', '4'], ['Formula', "'=1+1", '5']]);
    expect(table[2]?.[5]).toContain('Did you mean "agent"?');
    const repaired = await importFile(person, download.body.replace('agnet', 'agent').replace(',agent,high,"no, name"', 'Named,agent,high,"no, name"'), { mapping: { Kind: 'kind', 'Risk tier': 'riskTier' } });
    expect(repaired.result).toMatchObject({ total: 3, created: 3 });
    expect(repaired.columns.filter(({ field }) => field === null).map(({ column }) => column)).toEqual(['_line', '_error']);
    expect((await inventory(person)).find(({ name }) => name === 'Formula')?.custom).toEqual({ note: '=1+1' });
  });

  it('takes a whole import back, except what somebody changed since', async () => {
    const person = await signUp('Back Ltd');
    await importFile(person, 'Name,Team,PII,Purpose\nOld,Ops,No,first\n');
    const [old] = await inventory(person);
    const second = await importFile(person, 'Name,Team,PII,Purpose,Owner\nOld,Ops,Yes,second,o@example.org\nNew,Ops,Yes,x,\nTouched,Ops,,y,n@example.org\n');
    expect(second.result).toMatchObject({ created: 2, updated: 1 });
    await tamper(person, [`UPDATE workload SET version = version + 1, purpose = 'mine' WHERE tenant_id = $1 AND key = 'TOUCHED'`]);
    const back = await step(person, second.id, 'rollback');
    expect(back).toMatchObject({ state: 'rolled_back', status: 'succeeded', rollback: { withdrawn: 1, restored: 1, keptChangedSince: 1 } });
    expect(await rowsOf(person, second.id, '&filter[rollback]=kept_changed_since')).toMatchObject([{ workload: 'TOUCHED' }]);
    const rows = await inventory(person);
    expect(rows.map(({ key, purpose, handles_pii, unowned }) => [key, purpose, handles_pii, unowned])).toEqual([['OLD', 'first', 'no', true], ['TOUCHED', 'mine', 'unknown', false]]);
    expect({ ...rows[0], version: 0, updated_at: 0 }).toEqual({ ...old, version: 0, updated_at: 0 });
    expect(await count(`SELECT count(*) FROM trail_entry WHERE tenant_id = $1 AND action = 'inventory.import.rolled-back'`, person.tenantId)).toBe(1);

    const again = await importFile(person, 'Name,Team,PII,Purpose\nNew,Ops,Yes,x\n');
    expect(again.result).toMatchObject({ created: 1 });
    expect(await rowsOf(person, again.id)).toMatchObject([{ outcome: 'created', reason: 'reinstated', workload: 'NEW' }]);
    expect((await request(person, 'POST', `/${second.id}/rollback`)).statusCode).toBe(409);
  });

  it('leaves a stronger statement about a fact in force and keeps the declared one beside it', async () => {
    const person = await signUp('Fact Ltd');
    await importFile(person, 'Name,PII\nBot,Yes\n');
    const id = (await inventory(person))[0]?.id;
    await tamper(person, [`INSERT INTO workload_fact (tenant_id, workload_id, fact, provenance, value, stated_at) VALUES ($1, $2, 'handlesPii', 'attested', 'yes', now())`, id]);
    expect((await importFile(person, 'Name,PII\nBot,No\n')).result).toMatchObject({ updated: 1 });
    expect((await inventory(person))[0]?.handles_pii).toBe('yes');
    expect((await importFile(person, 'Name,PII\nBot,No\n')).result).toMatchObject({ unchanged: 1 });
    expect(await count(`SELECT count(*) FROM workload_fact WHERE tenant_id = $1 AND value = 'no' AND provenance = 'declared'`, person.tenantId)).toBe(1);
  });

  it('never changes a retired or merged workload', async () => {
    const person = await signUp('Final Ltd');
    await importFile(person, 'Name,Team\nGone,Ops\nTwin,Ops\nMain,Ops\n');
    await tamper(person, [`UPDATE workload SET lifecycle = 'retired', retired_at = now(), retire_reason = 'x', decommission_record = '{}' WHERE tenant_id = $1 AND key = 'GONE'`],
      [`UPDATE workload t SET merged_into_id = m.id FROM workload m WHERE t.tenant_id = $1 AND m.tenant_id = $1 AND t.key = 'TWIN' AND m.key = 'MAIN'`]);
    const same = await importFile(person, 'Name,Team\nGone,Ops\nTwin,Ops\nMain,Ops\n');
    expect(same.result).toEqual({ total: 3, created: 0, updated: 0, unchanged: 2, merged: 1, rejected: 0 });
    const changed = await importFile(person, 'Name,Team,Purpose\nGone,Ops,new\nTwin,Ops,new\n');
    expect(changed.result).toEqual({ total: 2, created: 0, updated: 0, unchanged: 0, merged: 1, rejected: 1 });
    expect(changed.issues.items).toMatchObject([{ code: 'workload_retired' }]);
  });
});

describe('files that cannot be imported', () => {
  const zip = Buffer.concat([Buffer.from([0x50, 0x4b, 0x03, 0x04]), Buffer.alloc(60, 1)]);
  const cases: readonly (readonly [what: string, file: string | Buffer, name: string, code: string])[] = [
    ['a truncated file', 'Name,Note\nA,"cut off', 'a.csv', 'INVENTORY_IMPORT_FILE_TRUNCATED'],
    ['a line without end', `Name\n${'x'.repeat(20 * 1024 * 1024)}\n`, 'a.csv', 'INVENTORY_IMPORT_LINE_TOO_LONG'],
    ['a zip renamed csv', zip, 'a.csv', 'INVENTORY_IMPORT_FORMAT_MISMATCH'],
    ['a broken workbook', zip, 'a.xlsx', 'INVENTORY_IMPORT_FILE_TRUNCATED'],
    ['5,000 columns', `${Array.from({ length: 5000 }, (_, index) => `c${index}`).join(',')}\n1\n`, 'a.csv', 'INVENTORY_IMPORT_TOO_MANY_COLUMNS'],
    ['NUL bytes', 'Name\nA\0\n', 'a.csv', 'INVENTORY_IMPORT_NUL_BYTE'],
    ['no name column', 'Colour\nred\n', 'a.csv', 'INVENTORY_IMPORT_MAPPING_INVALID'],
    ['broken JSON', '[{"name":"A"},', 'a.json', 'INVENTORY_IMPORT_FILE_TRUNCATED'],
  ];
  it.each(cases)('%s: a clear problem, nothing written', async (_what, file, name, code) => {
    const person = await signUp(`Refuse ${code}${name}`);
    const failed = await importFile(person, file, {}, name);
    expect(failed).toMatchObject({ status: 'failed', state: 'failed', problem: { code, status: expect.any(Number), detail: expect.any(String) } });
    expect(String(failed.problem?.detail).length).toBeGreaterThan(40);
    expect(await inventory(person)).toEqual([]);
    expect(await count('SELECT count(*) FROM workload_import_row WHERE tenant_id = $1', person.tenantId)).toBe(0);
    expect((await request(person, 'POST', `/${failed.id}/commit`)).statusCode).toBe(409);
  });
  it('answers at once when the form is wrong', async () => {
    const person = await signUp('Form Ltd');
    expect((await upload(person, '', {})).json()).toMatchObject({ status: 422, code: 'INVENTORY_IMPORT_FILE_EMPTY' });
    expect((await upload(person, SMALL, { dryrun: true })).json()).toMatchObject({ status: 400, errors: [{ path: 'dryrun', code: 'unknown_field' }] });
    expect((await upload(person, SMALL, { mapping: { Name: 5 } })).json()).toMatchObject({ status: 400, errors: [{ path: 'options.mapping["Name"]' }] });
    expect((await app.inject({ method: 'POST', url: '/api/v1/workload-imports', headers: { cookie: person.cookie }, payload: {} })).statusCode).toBe(415);
    expect(await count('SELECT count(*) FROM workload_import WHERE tenant_id = $1', person.tenantId)).toBe(0);
  });
});

describe('the formats', () => {
  it('mean the same', async () => {
    const person = await signUp('Format Ltd');
    const workbook = new Workbook();
    const sheet = workbook.addWorksheet('Inventory');
    sheet.addRow(['Name', 'Team', 'PII']);
    sheet.addRow(['Käse-Bot – “x”', 'Ops', true]);
    const xlsx = Buffer.from(new Uint8Array(await workbook.xlsx.writeBuffer()));
    expect((await importFile(person, xlsx, {}, 'a.xlsx')).result).toMatchObject({ total: 1, created: 1 });
    for (const [file, name] of [['Name;Team;PII\nKäse-Bot – “x”;Ops;Yes\n', 'a.csv'], ['[{"name":"Käse-Bot – “x”","team":"Ops","pii":true}]', 'a.json'], ['{"name":"Käse-Bot – “x”","team":"Ops","pii":"yes"}\n', 'a.ndjson'], [Buffer.from('Name,Team,PII\nK\xe4se-Bot \x96 \x93x\x94,Ops,Yes\n', 'latin1'), 'b.csv']] as const) {
      const again = await importFile(person, file, {}, name);
      expect([name, again.problem, again.result]).toEqual([name, undefined, { total: 1, created: 0, updated: 0, unchanged: 1, merged: 0, rejected: 0 }]);
    }
  });
});

describe('stopping and repeating', () => {
  it('cancels an import that waits, and runs every job twice without a second effect', async () => {
    const person = await signUp('Cancel Ltd');
    const { id } = (await upload(person, SMALL)).json<{ id: string }>();
    expect((await request(person, 'POST', `/${id}/cancel`)).statusCode).toBe(202);
    expect(await work(person, id)).toMatchObject({ state: 'canceled', status: 'canceled' });
    expect(await inventory(person)).toEqual([]);
    expect((await request(person, 'POST', `/${id}/cancel`)).statusCode).toBe(409);

    const next = (await upload(person, SMALL)).json<{ id: string }>().id;
    const payload = await payloadOf(person, next);
    const context = { attempt: 1, signal: new AbortController().signal };
    await Promise.all([app.get(RunImportJob).handle(payload, context), app.get(RunImportJob).handle(payload, context)]);
    expect(await work(person, next)).toMatchObject({ state: 'committed', result: { total: 3, created: 3 } });
    expect(await inventory(person)).toHaveLength(3);
    expect(await count(`SELECT count(*) FROM trail_entry WHERE tenant_id = $1 AND action = 'inventory.import.committed'`, person.tenantId)).toBe(1);
  });
  it('starts again after a crash, and ends as failed when the last attempt failed too', async () => {
    const person = await signUp('Crash Ltd');
    const { id } = (await upload(person, SMALL)).json<{ id: string }>();
    const payload = await payloadOf(person, id);
    const { signal } = new AbortController();
    // The file is gone for a while, as when the storage is down.
    const key = (await admin.query<{ file_key: string }>('SELECT file_key FROM workload_import WHERE id = $1', [id])).rows[0]?.file_key ?? '';
    await admin.query(`UPDATE workload_import SET file_key = 'missing' WHERE id = $1`, [id]);
    await expect(app.get(RunImportJob).handle(payload, { attempt: 1, signal })).rejects.toThrow();
    expect((await request(person, 'GET', `/${id}`)).json()).toMatchObject({ state: 'pending', status: 'running' });
    await expect(app.get(RunImportJob).handle(payload, { attempt: JOB_ATTEMPTS, signal })).rejects.toThrow();
    expect((await request(person, 'GET', `/${id}`)).json()).toMatchObject({ state: 'failed', status: 'failed', problem: { code: 'PLATFORM_INTERNAL_ERROR' } });
    expect(await inventory(person)).toEqual([]);

    const second = (await upload(person, SMALL)).json<{ id: string }>().id;
    await admin.query(`UPDATE workload_import SET file_key = 'missing' WHERE id = $1`, [second]);
    await expect(app.get(RunImportJob).handle(await payloadOf(person, second), { attempt: 1, signal })).rejects.toThrow();
    await admin.query('UPDATE workload_import SET file_key = $2 WHERE id = $1', [second, key]);
    expect(await work(person, second)).toMatchObject({ state: 'committed', result: { created: 3 } });
  });
  it('lists imports, newest first, in pages', async () => {
    const person = await signUp('List Ltd');
    for (let index = 0; index < 3; index++) {
      clock.advance({ seconds: 1 });
      await importFile(person, `Name\nBot ${index}\n`, { dryRun: index > 0 }, `f${index}.csv`);
    }
    const first = (await request(person, 'GET', '?limit=2&count=true')).json<{ items: { fileName: string }[]; nextCursor: string; total: number }>();
    expect([first.items.map(({ fileName }) => fileName), first.total]).toEqual([['f2.csv', 'f1.csv'], 3]);
    const second = (await request(person, 'GET', `?limit=2&cursor=${first.nextCursor}`)).json<{ items: { fileName: string }[]; nextCursor: string | null }>();
    expect([second.items.map(({ fileName }) => fileName), second.nextCursor]).toEqual([['f0.csv'], null]);
    expect((await request(person, 'GET', '?filter[state]=committed')).json<{ items: unknown[] }>().items).toHaveLength(1);
  });
});

describe('another organization', () => {
  it('sees nothing of an import, changes nothing of it, and its own import finds only its own workloads', async () => {
    const victim = await signUp('Victim Ltd');
    const other = await signUp('Other Ltd');
    const mine = await importFile(victim, SMALL, { dryRun: true });
    for (const [method, path] of [['GET', ''], ['GET', '/rows'], ['GET', '/issues'], ['GET', '/rejected.csv'], ['GET', '/events'], ['POST', '/commit'], ['POST', '/rollback'], ['POST', '/cancel']] as const) {
      const answer = await request(other, method, `/${mine.id}${path}`);
      expect([path, answer.statusCode]).toEqual([path, 404]);
      expect(answer.body).not.toContain('inventory.csv');
    }
    expect((await request(other, 'GET', '')).json<{ items: unknown[] }>().items).toEqual([]);
    await step(victim, mine.id, 'commit');
    const before = await inventory(victim);
    expect((await importFile(other, SMALL.replace('Pilot', 'Production'))).result).toMatchObject({ created: 3, updated: 0, unchanged: 0 });
    expect(await inventory(victim)).toEqual(before);
    const context = { attempt: 1, signal: new AbortController().signal };
    await app.get(RunImportJob).handle({ ...(await payloadOf(victim, mine.id)), tenantId: other.tenantId }, context);
    await app.get(RollbackImportJob).handle({ ...(await payloadOf(victim, mine.id)), tenantId: other.tenantId }, context);
    expect(await inventory(victim)).toEqual(before);
  });
});

describe('a small public inventory', () => {
  it('keeps every statement as a statement', async () => {
    const person = await signUp('Public Ltd');
    const file = await readFile(join(import.meta.dirname, 'fixture', 'public-inventory.csv'));
    const done = await importFile(person, file, {}, 'public-inventory.csv');
    expect(done).toMatchObject({ encoding: 'windows-1252', encodingSource: 'assumed', result: { total: 10, created: 9, updated: 0, unchanged: 0, merged: 1, rejected: 0 } });
    const rows = await inventory(person);
    expect(rows.every(({ unowned, stage }) => unowned === true && stage === null)).toBe(true);
    expect(rows.find(({ name }) => name === 'Café menu translator')).toMatchObject({ business_unit: 'Department of Ports', team: 'Visitor Services', handles_pii: 'yes', stated_stage: 'In production', key: 'CAFE-MENU-TRANSLATOR' });
    expect((await importFile(person, file, {}, 'public-inventory.csv')).result).toEqual({ total: 10, created: 0, updated: 0, unchanged: 9, merged: 1, rejected: 0 });
  });
});
