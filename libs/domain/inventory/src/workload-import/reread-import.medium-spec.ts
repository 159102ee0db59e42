import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { EventEmitter, once } from 'node:events';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TenantScope } from '@roster/platform-context';
import { JOB_ATTEMPTS } from '@roster/platform-queue';
import { FileStorage } from '@roster/platform-storage';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { CommitImportJob } from './commit-import.job.js';
import type { ImportWork } from './import-failure.js';
import { RunImportJob } from './run-import.job.js';
import type { ImportCausesDto, ImportOptionsDto, ImportTargetsDto, WorkloadImportDto } from './workload-import.dto.js';
import { WorkloadImportHttpModule, WorkloadImportJobsModule } from './workload-import.module.js';
import { WorkloadImportRepository } from './workload-import.repository.js';

let db: TestDatabase;
let app: NestFastifyApplication;
let ada: SignedInClient;
let other: SignedInClient;

beforeAll(async () => {
  db = await createTestDatabase();
  app = await createTestApp({ config: testConfig(db), clock: new FakeClock(new Date('2026-05-01T12:00:00Z')), imports: [WorkloadImportHttpModule, WorkloadImportJobsModule] });
  const client = await TestClient.of(app);
  ada = await client.signUp();
  other = await client.signUp();
});
afterAll(async () => {
  await app.close();
  await db.drop();
});

/** What a job of the import would be given now. */
const payloadOf = async (importId: string): Promise<ImportWork> =>
  ({ tenantId: ada.tenantId, importId, operationId: (await app.get(WorkloadImportRepository).find(TenantScope.forSystem(ada.tenantId, 'test'), importId))?.operationId ?? importId });
const work = async (importId: string): Promise<WorkloadImportDto> => {
  const payload = await payloadOf(importId);
  const context = { attempt: 1, signal: new AbortController().signal };
  await app.get(RunImportJob).handle(payload, context);
  await app.get(CommitImportJob).handle(payload, context);
  return (await ada.client.get<WorkloadImportDto>(`/workload-imports/${importId}`)).body;
};
const upload = async (file: string | Buffer, options: ImportOptionsDto = {}): Promise<WorkloadImportDto> => {
  const form = new FormData();
  form.append('options', JSON.stringify({ dryRun: true, ...options }));
  form.append('file', new Blob([file], { type: 'text/csv' }), 'inventory.csv');
  const answer = await ada.client.send<{ id: string }>('POST', '/workload-imports', { raw: form });
  expect(answer.status).toBe(202);
  return work(answer.body.id);
};
const reread = async (id: string, options: ImportOptionsDto): Promise<WorkloadImportDto> => {
  expect((await ada.client.post(`/workload-imports/${id}/reread`, options)).status).toBe(202);
  return work(id);
};
const causes = async (id: string) => (await ada.client.get<ImportCausesDto>(`/workload-imports/${id}/causes`)).body.items;

const mapping = { 'Risk tier': 'riskTier', Runbook: 'runbookLink' };
const RISKY = 'Name,Team,Risk tier,Runbook\nOne,Ops,hihg,https://wiki.example/1\nTwo,Ops,hihg,see wiki\nThree,Ops,lwo,\nFour,Ops,purple,\nFive,Ops,low,\n';

describe('reading an import again', () => {
  it('groups errors by cause, with one remedy for all rows, and mends them', async () => {
    const first = await upload(RISKY, { mapping });
    expect(first).toMatchObject({ state: 'previewed', result: { total: 5, created: 1, rejected: 4 }, options: { dryRun: true, replacements: [], leaveBlank: [] } });
    const [risk, runbook] = await causes(first.id);
    expect(risk).toMatchObject({ severity: 'error', code: 'not_one_of', column: 'Risk tier', field: 'riskTier', rows: 4, values: 3 });
    expect(risk?.examples[0]).toMatchObject({ value: 'hihg', didYouMean: 'high', rows: 2, lines: [2, 3] });
    expect(risk?.fixes.map(({ kind }) => kind)).toEqual(['use_suggestions', 'keep_as_custom_field', 'leave_blank', 'leave_column_out']);
    expect(runbook).toMatchObject({ code: 'not_a_web_address', column: 'Runbook', rows: 1, values: 1 });

    const suggested = await reread(first.id, { mapping, ...risk?.fixes[0]?.options, dryRun: true });
    expect(suggested).toMatchObject({ id: first.id, state: 'previewed', result: { created: 3, rejected: 2 } });
    expect((await causes(first.id)).map(({ code, values, rows }) => [code, values, rows])).toEqual([['not_a_web_address', 1, 1], ['not_one_of', 1, 1]]);

    const blank = await reread(first.id, { mapping, ...risk?.fixes[0]?.options, leaveBlank: ['Risk tier', 'Runbook'] });
    expect(blank.result).toMatchObject({ created: 5, rejected: 0 });
    expect((await causes(first.id)).map(({ severity, code, column }) => [severity, code, column])).toEqual([['warning', 'left_blank', 'Runbook'], ['warning', 'left_blank', 'Risk tier']]);
  });

  it.each([['can be planned', mapping], ['leaves the name to somebody', { ...mapping, Name: null }]])('is not overwritten by a run with the options of before that comes late, which %s', async (_what, before) => {
    const form = new FormData();
    form.append('options', JSON.stringify({ dryRun: true, mapping: before }));
    form.append('file', new Blob([RISKY], { type: 'text/csv' }), 'late.csv');
    const { id } = (await ada.client.send<{ id: string }>('POST', '/workload-imports', { raw: form })).body;
    const storage = app.get(FileStorage);
    const open = storage.open.bind(storage);
    let asked: WorkloadImportDto | undefined;
    // While the first run waits for the file, its twin ends the reading, and somebody asks for another one.
    jest.spyOn(storage, 'open').mockImplementationOnce(async (key) => {
      await work(id);
      expect((await ada.client.post(`/workload-imports/${id}/reread`, { mapping, leaveBlank: ['Risk tier', 'Runbook'] })).status).toBe(202);
      asked = (await ada.client.get<WorkloadImportDto>(`/workload-imports/${id}`)).body;
      return open(key);
    });
    const late = await work(id);
    expect([late.state, late.result, late.options, late.columns]).toEqual(['pending', asked?.result, asked?.options, asked?.columns]);
    expect(await work(id)).toMatchObject({ state: 'previewed', options: { leaveBlank: ['Risk tier', 'Runbook'] }, result: { rejected: 0 } });
  });

  it.each([['', '-createdAt', ['1', 'x']], ['/rows', 'line', [1.5]], ['/issues', 'ordinal', ['x']]])('refuses a cursor that no page of %s gave', async (path, sort, key) => {
    const { id } = await upload(RISKY, { mapping });
    const cursor = Buffer.from(JSON.stringify({ s: sort, k: key })).toString('base64url');
    expect((await ada.client.get(`/workload-imports${path === '' ? '' : `/${id}${path}`}?cursor=${cursor}`)).body).toMatchObject({ status: 400, code: 'PLATFORM_CURSOR_INVALID' });
  });

  it('mends all of many misspelt values at once, as many as the options take', async () => {
    const misspelt = ['critical', 'medium', 'high', 'low'].flatMap((word) => [...word].flatMap((_letter, at) => [...'abdfjkopqrtuvwxyz'].map((other) => `${word.slice(0, at)}${other}${word.slice(at)}`)))
      .concat(['critical', 'medium'].flatMap((word) => [...word].flatMap((_letter, at) => [...'bfjkqvwxyzprst'].map((other) => `${word.slice(0, at)}${other}${word.slice(at + 1)}`))))
      .concat(['critical', 'medium'].flatMap((word) => [...word].flatMap((_letter, at) => [...'aehnou'].map((other) => `${word.slice(0, at)}${other}${other}${word.slice(at + 1)}`))));
    const risk = { 'Risk tier': 'riskTier' };
    const values = [...new Set(misspelt)];
    const first = await upload(`Name,Team,Risk tier\n${values.map((value, index) => `Bot ${index},Many,${value}\n`).join('')}`, { mapping: risk });
    const [cause] = await causes(first.id);
    const [fix] = cause?.fixes ?? [];
    const mended = (fix?.options as { replacements: unknown[] }).replacements;
    expect(mended.length).toBeGreaterThan(500);
    expect(fix).toMatchObject({ kind: 'use_suggestions', left: 0 });
    expect((await reread(first.id, { mapping: risk, ...fix?.options, dryRun: true })).result?.rejected).toBe((first.result?.rejected ?? 0) - mended.length);
  });

  it('is refused once something was written, and for somebody else', async () => {
    const done = await upload('Name,Team\nSix,Ops\n', { dryRun: false });
    expect(done.state).toBe('committed');
    const refused = await ada.client.post<{ code: string }>(`/workload-imports/${done.id}/reread`, {});
    expect([refused.status, refused.body.code]).toEqual([409, 'INVENTORY_IMPORT_STATE_CONFLICT']);
    const open = await upload('Name,Team\nSeven,Ops\n');
    expect((await other.client.post(`/workload-imports/${open.id}/reread`, {})).status).toBe(404);
    expect((await other.client.get(`/workload-imports/${open.id}/causes`)).status).toBe(404);
    expect((await ada.client.post(`/workload-imports/${open.id}/reread`, { mapping: { Name: 5 } })).status).toBe(400);
  });

  it('shows the columns also when nobody knows yet which one holds the name', async () => {
    const failed = await upload('Bezeichnung,Abteilung\nAcht,Betrieb\n');
    expect(failed.state).toBe('failed');
    expect(failed.problem).toMatchObject({ code: 'INVENTORY_IMPORT_MAPPING_INVALID' });
    expect(failed.columns.map(({ column, samples }) => [column, samples])).toEqual([['Bezeichnung', ['Acht']], ['Abteilung', ['Betrieb']]]);
    expect(await reread(failed.id, { mapping: { Bezeichnung: 'name', Abteilung: 'team' } })).toMatchObject({ state: 'previewed', result: { created: 1 } });
  });
});

describe('encoding', () => {
  it('says how sure it is, shows how each reads, and takes the one that is named', async () => {
    const bytes = Buffer.concat([Buffer.from('Name,Team\nCaf'), Buffer.from([0xe9]), Buffer.from(' finder,Ops\n')]);
    const assumed = await upload(bytes);
    expect(assumed).toMatchObject({ encoding: 'windows-1252', encodingSource: 'assumed' });
    expect(assumed.encodingConfidence).toBeGreaterThanOrEqual(0.5);
    expect(assumed.encodingConfidence).toBeLessThan(1);
    expect(assumed.encodingGuesses[0]).toMatchObject({ name: 'windows-1252', sample: 'Café finder,Ops' });
    expect(assumed.encodingGuesses.find(({ name }) => name === 'macintosh')?.sample).toBe('CafÈ finder,Ops');
    const named = await reread(assumed.id, { encoding: 'macintosh' });
    expect(named).toMatchObject({ encoding: 'macintosh', encodingSource: 'stated', encodingConfidence: 1 });
  });

  it('has nothing to choose in a file of plain characters', async () => {
    expect(await upload('Name,Team\nPlain,Ops\n')).toMatchObject({ encoding: 'utf-8', encodingConfidence: 1, encodingGuesses: [] });
  });
});

describe('the mapping of the last import', () => {
  it('is taken over for the same columns when asked for, in any order, and gives way to what is stated', async () => {
    const header = 'Projekt;Bereich;Notiz';
    const written = await upload(`${header}\nNine;Claims;a\n`, { dryRun: false, mapping: { Projekt: 'name', Bereich: 'businessUnit', Notiz: null } });
    expect(written.state).toBe('committed');
    expect((await upload(`${header}\nTen;Claims;b\n`)).state).toBe('failed');
    const again = await upload('Notiz;Projekt;Bereich\nb;Ten;Claims\n', { useRemembered: true });
    expect(again).toMatchObject({ state: 'previewed', rememberedFrom: { id: written.id, fileName: 'inventory.csv' }, result: { created: 1 } });
    expect(again.columns.map(({ column, field, source }) => [column, field, source])).toEqual([['Notiz', null, 'remembered'], ['Projekt', 'name', 'remembered'], ['Bereich', 'businessUnit', 'remembered']]);
    const stated = await reread(again.id, { useRemembered: true, mapping: { Notiz: 'businessUnit' } });
    expect(stated.columns.map(({ column, field, source }) => [column, field, source]).slice(0, 2)).toEqual([['Notiz', 'businessUnit', 'stated'], ['Projekt', 'name', 'remembered']]);
    expect(stated.columns[2]?.field).not.toBe('businessUnit');
  });

  it('is not known to another organization', async () => {
    const form = new FormData();
    form.append('options', JSON.stringify({ dryRun: true, useRemembered: true }));
    form.append('file', new Blob(['Projekt;Bereich;Notiz\nTen;Claims;b\n'], { type: 'text/csv' }), 'inventory.csv');
    const { id } = (await other.client.send<{ id: string }>('POST', '/workload-imports', { raw: form })).body;
    await app.get(RunImportJob).handle({ tenantId: other.tenantId, importId: id, operationId: id }, { attempt: 1, signal: new AbortController().signal });
    expect((await other.client.get<WorkloadImportDto>(`/workload-imports/${id}`)).body).toMatchObject({ state: 'failed', rememberedFrom: null });
  });
});

describe('a run that comes late', () => {
  const FILE = 'Name,Team\nOne,Ops\nTwo,Ops\n';
  const DIED = new Error('The worker lost its lease');
  const state = async (id: string): Promise<Pick<WorkloadImportDto, 'state' | 'status'>> => {
    const { state: now, status } = (await ada.client.get<WorkloadImportDto>(`/workload-imports/${id}`)).body;
    return { state: now, status };
  };
  const start = async (): Promise<string> => {
    const form = new FormData();
    form.append('options', JSON.stringify({ dryRun: true }));
    form.append('file', new Blob([FILE], { type: 'text/csv' }), 'inventory.csv');
    return (await ada.client.send<{ id: string }>('POST', '/workload-imports', { raw: form })).body.id;
  };
  const lastAttempt = { attempt: JOB_ATTEMPTS, signal: new AbortController().signal };
  /** Begins a run of the last attempt that stands still at the file until it is let go, and then goes on or dies. */
  const standing = async (payload: ImportWork): Promise<{ goOn: () => Promise<void>; die: () => Promise<void> }> => {
    const storage = app.get(FileStorage);
    const gate = new EventEmitter();
    const opened = once(gate, 'opened');
    // An event named error rejects.
    const held = once(gate, 'go on');
    const open = storage.open.bind(storage);
    jest.spyOn(storage, 'open').mockImplementationOnce(async (key) => {
      gate.emit('opened');
      await held;
      return open(key);
    });
    const run = app.get(RunImportJob).handle(payload, lastAttempt);
    // Awaited below; a run that dies must not be an unhandled rejection meanwhile.
    run.catch(() => undefined);
    await opened;
    return {
      goOn: async () => { gate.emit('go on'); await run; },
      die: async () => { gate.emit('error', DIED); await expect(run).rejects.toBe(DIED); },
    };
  };

  it('and dies leaves alone what another run of the same reading is doing', async () => {
    const id = await start();
    const payload = await payloadOf(id);
    const late = await standing(payload);
    const newer = await standing(payload);
    await late.die();
    expect(await state(id)).toEqual({ state: 'pending', status: 'running' });
    await newer.goOn();
    expect(await state(id)).toEqual({ state: 'previewed', status: 'succeeded' });
  });

  it('and dies leaves alone a newer reading that waits', async () => {
    const id = await start();
    const payload = await payloadOf(id);
    const late = await standing(payload);
    await app.get(RunImportJob).handle(payload, lastAttempt);
    expect(await state(id)).toEqual({ state: 'previewed', status: 'succeeded' });
    expect((await ada.client.post(`/workload-imports/${id}/reread`, {})).status).toBe(202);
    await late.die();
    expect(await state(id)).toEqual({ state: 'pending', status: 'queued' });
    expect(await work(id)).toMatchObject({ state: 'previewed', result: { total: 2 } });
  });

  it('for a reading of before does not begin the newer one', async () => {
    const id = await start();
    const before = await payloadOf(id);
    await work(id);
    expect((await ada.client.post(`/workload-imports/${id}/reread`, {})).status).toBe(202);
    await app.get(RunImportJob).handle(before, lastAttempt);
    expect(await state(id)).toEqual({ state: 'pending', status: 'queued' });
  });

  it('and is the newest ends the import when it dies, and nothing of another organization', async () => {
    const id = await start();
    const payload = await payloadOf(id);
    const foreign = { ...payload, tenantId: other.tenantId };
    await app.get(RunImportJob).handle(foreign, lastAttempt);
    expect(await state(id)).toEqual({ state: 'pending', status: 'queued' });
    await (await standing(payload)).die();
    expect(await state(id)).toEqual({ state: 'failed', status: 'failed' });
  });
});

it('names every field a column can fill', async () => {
  const { items } = (await ada.client.get<ImportTargetsDto>('/workload-imports/fields')).body;
  expect(items[1]).toEqual({ name: 'name', label: 'Name', kind: 'text', values: [] });
  expect(items.find(({ name }) => name === 'riskTier')?.values).toEqual(['low', 'medium', 'high', 'critical']);
  expect(new Set(items.map(({ name }) => name)).size).toBe(items.length);
});
