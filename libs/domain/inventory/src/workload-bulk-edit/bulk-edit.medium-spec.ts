import { AsyncResource } from 'node:async_hooks';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TenantScope } from '@roster/platform-context';
import { JOB_ATTEMPTS, Operations } from '@roster/platform-queue';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { InventoryHttpModule } from '../inventory-http.module.js';
import { BulkEditJobsModule } from './bulk-edit.module.js';
import { BulkEditRepository } from './bulk-edit.repository.js';
import { BulkEditRunner } from './bulk-edit-runner.js';
import type { BulkEditDto, BulkEditRowDto } from './bulk-edit.dto.js';
import { BulkWriteRepository } from './bulk-write.repository.js';
import { SweepBulkEditsJob } from './sweep-bulk-edits.job.js';

interface Workload { id: string; key: string; version: number; team: string; tags: string[]; riskTier: string | null; handlesPii: string; custom: Record<string, unknown>; lifecycle: string; owners: { role: string; status: string; email: string }[]; facts: Record<string, { value: string; by: string | null }> }

describe('bulk edits', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  let sql: Client;
  let ada: SignedInClient;
  let bob: SignedInClient;
  let contributor: SignedInClient;
  let other: SignedInClient;
  const clock = new FakeClock('2026-05-10T12:00:00Z');
  const job = { attempt: 1, signal: new AbortController().signal };

  const register = async (who: SignedInClient, key: string, more: object = {}): Promise<void> => {
    const answer = await who.client.post('/workloads', { key, name: key, kind: 'agent', purpose: 'x', team: 'Claims', riskOwner: who.email, processesRealData: 'unknown', ...more });
    if (answer.status !== 201) throw new Error(answer.text);
  };
  const read = async (key: string): Promise<Workload> => (await ada.client.get<Workload>(`/workloads/${key}`)).body;
  const prepare = async (body: object, who = ada): Promise<BulkEditDto> => {
    const answer = await who.client.post<BulkEditDto>('/workload-bulk-edits', body);
    if (answer.status !== 201) throw new Error(answer.text);
    return answer.body;
  };
  const rows = async (id: string, query = ''): Promise<BulkEditRowDto[]> => (await ada.client.get<{ items: BulkEditRowDto[] }>(`/workload-bulk-edits/${id}/rows?limit=200${query}`)).body.items;
  const commit = async (id: string): Promise<BulkEditDto> => {
    expect((await ada.client.post(`/workload-bulk-edits/${id}/commit`)).status).toBe(202);
    await app.get(BulkEditRunner).commit(ada.tenantId, id, job);
    return (await ada.client.get<BulkEditDto>(`/workload-bulk-edits/${id}`)).body;
  };
  const undo = async (id: string): Promise<BulkEditDto> => {
    expect((await ada.client.post(`/workload-bulk-edits/${id}/undo`)).status).toBe(202);
    await app.get(BulkEditRunner).undo(ada.tenantId, id, job);
    return (await ada.client.get<BulkEditDto>(`/workload-bulk-edits/${id}`)).body;
  };

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await createTestApp({ config: testConfig(db), clock, imports: [InventoryHttpModule, BulkEditJobsModule] });
    sql = new Client({ connectionString: db.adminUrl });
    await sql.connect();
    const client = await TestClient.of(app);
    ada = await client.signUp({}, { name: 'Ada' });
    bob = await ada.client.invite('risk_owner', { name: 'Bob' });
    contributor = await ada.client.invite('contributor');
    other = await client.signUp();
    await ada.client.post('/custom-fields', { key: 'bureau', label: 'Bureau', type: 'text' });
    await register(ada, 'ONE', { tags: ['EU'], custom: { bureau: 'CBP' } });
    await register(ada, 'TWO', { team: 'Billing', handlesPii: 'no' });
    await register(ada, 'THREE');
    await register(ada, 'GONE');
    await ada.client.post('/workloads/GONE/retire', { reason: 'x', record: 'x' });
    await register(other, 'THEIRS');
  });
  afterAll(async () => {
    await sql.end();
    await app.close();
    await db.drop();
  });

  it('previews row by row and changes nothing', async () => {
    const before = await read('ONE');
    const edit = await prepare({ selection: { keys: ['ONE', 'TWO', 'THREE', 'GONE'] }, changes: { set: { team: 'Billing' }, add: { tags: ['pilot'] }, facts: { handlesPii: 'yes' } }, reason: 'Reorganisation' });
    expect(edit).toMatchObject({ state: 'previewed', status: 'succeeded', total: 4, counts: { willChange: 3, unchanged: 0, refused: 1, changed: 0 }, reason: 'Reorganisation' });
    expect(await rows(edit.id)).toMatchObject([
      { key: 'ONE', outcome: 'will_change', changes: [{ field: 'tags', from: ['EU'], to: ['EU', 'pilot'] }, { field: 'team', from: 'Claims', to: 'Billing' }, { field: 'handlesPii', from: 'unknown', to: 'yes' }] },
      { key: 'TWO', outcome: 'will_change' }, { key: 'THREE', outcome: 'will_change' }, { key: 'GONE', outcome: 'refused', reason: 'retired', changes: [] },
    ]);
    expect(await rows(edit.id, '&filter[outcome]=refused')).toHaveLength(1);
    expect(await read('ONE')).toEqual(before);
  });

  it('commits each workload as if it were changed alone, and takes it back where nobody changed anything since', async () => {
    const before = { one: await read('ONE'), two: await read('TWO'), three: await read('THREE') };
    await sql.query('DELETE FROM reevaluation_mark WHERE tenant_id = $1', [ada.tenantId]);
    const edit = await prepare({
      selection: { query: 'filter[lifecycle][ne]=retired', except: [] },
      changes: { set: { riskTier: 'high', lifecycle: 'paused' }, add: { tags: ['pilot'] }, remove: { tags: ['eu'] }, facts: { handlesPii: 'yes' }, custom: { bureau: 'ICE' }, owners: { risk_owner: bob.email } }, reason: 'Reorganisation',
    });
    expect(edit.counts).toMatchObject({ willChange: 3, refused: 0 });
    clock.advance({ minutes: 1 });
    expect(await commit(edit.id)).toMatchObject({ state: 'committed', status: 'succeeded', counts: { changed: 3, willChange: 0 }, progress: { done: 3, total: 3, unit: 'workloads' } });
    const one = await read('ONE');
    expect(one).toMatchObject({ riskTier: 'high', lifecycle: 'paused', tags: ['pilot'], handlesPii: 'yes', custom: { bureau: 'ICE' }, version: before.one.version + 1 });
    expect(one.facts['handlesPii']).toMatchObject({ value: 'yes', provenance: 'declared', by: 'Ada' });
    expect(one.owners.filter(({ role }) => role === 'risk_owner').map(({ email, status }) => [email, status])).toEqual([[bob.email, 'proposed']]);
    const trail = await sql.query<{ action: string; n: number }>(`SELECT action, count(*)::int AS n FROM trail_entry WHERE tenant_id = $1 AND disclosure LIKE $2 GROUP BY action ORDER BY action`, [ada.tenantId, `%${edit.id}%`]);
    expect(trail.rows).toEqual(expect.arrayContaining([{ action: 'inventory.owner.proposed', n: 3 }, { action: 'inventory.workload.changed', n: 3 }]));
    const marks = await sql.query<{ reasons: string[] }>('SELECT reasons FROM reevaluation_mark WHERE tenant_id = $1', [ada.tenantId]);
    expect(marks.rows).toHaveLength(3);
    expect((await ada.client.get<{ items: { field?: string }[] }>('/workloads/ONE/history')).text).toContain('riskTier');
    expect((await ada.client.post(`/workload-bulk-edits/${edit.id}/commit`)).body).toMatchObject({ code: 'INVENTORY_BULK_EDIT_STATE_CONFLICT', state: 'committed' });

    clock.advance({ minutes: 1 });
    await ada.client.patch('/workloads/TWO', { description: 'Changed since' });
    await bob.client.post('/workloads/THREE/owners/risk_owner/accept');
    expect(await undo(edit.id)).toMatchObject({ state: 'undone', counts: { changed: 3, restored: 1, keptChangedSince: 2 } });
    expect((await rows(edit.id)).map(({ key, undo: what }) => [key, what]).sort()).toEqual([['ONE', 'restored'], ['THREE', 'kept_changed_since'], ['TWO', 'kept_changed_since']]);
    const { version: _was, owners: _before, facts: factsBefore, ...plain } = before.one;
    const restored = await read('ONE');
    for (const field of ['team', 'tags', 'riskTier', 'handlesPii', 'custom', 'lifecycle'] as const) expect([field, restored[field]]).toEqual([field, plain[field]]);
    expect(restored.facts['handlesPii']).toEqual(factsBefore['handlesPii']);
    expect(restored.version).toBe(before.one.version + 2);
    expect(restored.owners.filter(({ role }) => role === 'risk_owner').map(({ email }) => email)).toEqual([ada.email]);
    expect(await read('TWO')).toMatchObject({ riskTier: 'high', description: 'Changed since' });
    expect((await ada.client.post(`/workload-bulk-edits/${edit.id}/undo`)).status).toBe(409);
  });

  it('leaves alone what somebody changed after the preview, unless it concerns other fields', async () => {
    const edit = await prepare({ selection: { keys: ['ONE', 'THREE'] }, changes: { set: { team: 'Fraud' } } });
    await ada.client.patch('/workloads/ONE', { team: 'Marketing' });
    await ada.client.patch('/workloads/THREE', { description: 'Another field' });
    expect((await commit(edit.id)).counts).toMatchObject({ changed: 1, conflict: 1 });
    expect(await rows(edit.id)).toMatchObject([{ key: 'ONE', outcome: 'conflict', reason: 'changed_since_preview' }, { key: 'THREE', outcome: 'changed' }]);
    expect((await read('ONE')).team).toBe('Marketing');
    expect(await read('THREE')).toMatchObject({ team: 'Fraud', description: 'Another field' });
  });

  it('sets and clears fields of the organization by their type, and restores them', async () => {
    const field = async (key: string, type: string, choices?: string[]): Promise<void> => { expect((await ada.client.post('/custom-fields', { key, label: key, type, ...(choices ? { choices } : {}) })).status).toBe(201); };
    await field('cost', 'number');
    await field('renewal', 'date');
    await field('critical', 'boolean');
    await field('checked', 'tri_state');
    await field('regions', 'choices', ['EU', 'US']);
    await ada.client.post('/custom-fields', { key: 'old', label: 'Old', type: 'text' });
    await ada.client.patch('/custom-fields/old', { archived: true });
    await register(ada, 'TYPED-A', { custom: { cost: 3, regions: ['US'], bureau: 'CBP' } });
    await register(ada, 'TYPED-B');
    const wrong = await ada.client.post<{ errors: { path: string; code: string }[] }>('/workload-bulk-edits', { selection: { keys: ['TYPED-A'] }, changes: { custom: { cost: '5', renewal: '2026-02-30', critical: 'yes', regions: ['EU', 'Mars'], old: 'x' } } });
    expect(wrong.body.errors.map(({ path, code }) => [path, code])).toEqual(['cost', 'renewal', 'critical', 'regions', 'old'].map((key) => [`changes.custom.${key}`, key === 'old' ? 'archived_custom_field' : 'not_custom_value']));
    const edit = await prepare({ selection: { keys: ['TYPED-A', 'TYPED-B'] }, changes: { custom: { cost: 12.5, renewal: '2026-09-01', critical: false, checked: 'unknown', regions: ['EU', 'US'], bureau: null } } });
    expect((await rows(edit.id)).map(({ key, changes }) => [key, Object.fromEntries(changes.map(({ field: name, from, to }) => [name, [from, to]]))])).toEqual([
      ['TYPED-A', { 'custom.cost': [3, 12.5], 'custom.renewal': [null, '2026-09-01'], 'custom.critical': [null, false], 'custom.checked': [null, 'unknown'], 'custom.regions': [['US'], ['EU', 'US']], 'custom.bureau': ['CBP', null] }],
      ['TYPED-B', { 'custom.cost': [null, 12.5], 'custom.renewal': [null, '2026-09-01'], 'custom.critical': [null, false], 'custom.checked': [null, 'unknown'], 'custom.regions': [null, ['EU', 'US']] }],
    ]);
    expect((await commit(edit.id)).counts).toMatchObject({ changed: 2 });
    expect((await read('TYPED-A')).custom).toEqual({ cost: 12.5, renewal: '2026-09-01', critical: false, checked: 'unknown', regions: ['EU', 'US'] });
    expect((await undo(edit.id)).counts).toMatchObject({ restored: 2 });
    expect((await read('TYPED-A')).custom).toEqual({ cost: 3, regions: ['US'], bureau: 'CBP' });
    expect((await read('TYPED-B')).custom).toEqual({});
  });

  describe('when something happens meanwhile', () => {
    const stateOf = async (id: string): Promise<BulkEditDto> => (await ada.client.get<BulkEditDto>(`/workload-bulk-edits/${id}`)).body;
    const ask = async (id: string, what: 'commit' | 'undo'): Promise<number> => (await ada.client.post(`/workload-bulk-edits/${id}/${what}`)).status;
    const asTenant = async (statement: string, ...values: unknown[]): Promise<void> => {
      await sql.query('BEGIN');
      await sql.query(`SELECT set_config('app.tenant_id', $1, true), set_config('app.now', $2, true)`, [ada.tenantId, clock.now().toISOString()]);
      await sql.query(statement, values);
      await sql.query('COMMIT');
    };
    const freeze = (key: string, frozen: boolean): Promise<void> => asTenant('UPDATE workload SET frozen = $2 WHERE tenant_id = $1 AND key = $3', ada.tenantId, frozen, key);
    afterEach(() => void jest.restoreAllMocks());

    it('lets no scope grow that is frozen by then, neither in the commit nor in the undo', async () => {
      for (const key of ['COLD-A', 'COLD-B']) await register(ada, key, { exposure: 'general', jurisdictions: ['DE', 'FR'] });
      const narrowed = await prepare({ selection: { keys: ['COLD-A', 'COLD-B'] }, changes: { set: { exposure: 'internal' }, remove: { jurisdictions: ['FR'] } } });
      expect((await commit(narrowed.id)).counts).toMatchObject({ changed: 2 });
      const widened = await prepare({ selection: { keys: ['COLD-A', 'COLD-B'] }, changes: { add: { jurisdictions: ['AT'] } } });
      await freeze('COLD-A', true);
      expect((await commit(widened.id)).counts).toMatchObject({ changed: 1, refused: 1, conflict: 0 });
      expect(await rows(widened.id, '&filter[outcome]=refused')).toMatchObject([{ key: 'COLD-A', reason: 'frozen' }]);
      expect((await undo(widened.id)).counts).toMatchObject({ restored: 1 });
      // COLD-B was changed and restored since; for the first undo it is as the first edit left it.
      await asTenant(`UPDATE workload_bulk_edit_row r SET version_after = w.version FROM workload w WHERE w.tenant_id = r.tenant_id AND w.id = r.workload_id AND r.tenant_id = $1 AND r.bulk_edit_id = $2`, ada.tenantId, narrowed.id);
      expect(await undo(narrowed.id)).toMatchObject({ state: 'undone', counts: { changed: 2, restored: 1, keptFrozen: 1, keptChangedSince: 0 } });
      expect((await rows(narrowed.id, '&filter[undo]=kept_frozen')).map(({ key }) => key)).toEqual(['COLD-A']);
      expect((await ada.client.get('/workloads/COLD-A')).body).toMatchObject({ exposure: 'internal', jurisdictions: ['DE'] });
      expect((await ada.client.get('/workloads/COLD-B')).body).toMatchObject({ exposure: 'general', jurisdictions: ['DE', 'FR'] });
      expect((await prepare({ selection: { keys: ['COLD-A'] }, changes: { set: { exposure: 'general' } } })).counts).toMatchObject({ refused: 1, willChange: 0 });
      await freeze('COLD-A', false);
    });

    it('removes the rows of a preview that nobody commits within a day', async () => {
      const edit = await prepare({ selection: { keys: ['ONE', 'TWO'] }, changes: { add: { tags: ['late'] } } });
      const fresh = await prepare({ selection: { keys: ['ONE'] }, changes: { add: { tags: ['late'] } } });
      expect(Date.parse(String(edit.expiresAt)) - Date.parse(String(edit.createdAt))).toBe(86_400_000);
      await asTenant('UPDATE workload_bulk_edit SET expires_at = $3 WHERE tenant_id = $1 AND id = $2', ada.tenantId, edit.id, clock.now());
      expect((await ada.client.post(`/workload-bulk-edits/${edit.id}/commit`)).body).toMatchObject({ status: 409, code: 'INVENTORY_BULK_EDIT_STATE_CONFLICT', state: 'expired' });
      await app.get(SweepBulkEditsJob).handle({}, { ...job } as Parameters<SweepBulkEditsJob['handle']>[1]);
      expect(await stateOf(edit.id)).toMatchObject({ state: 'expired', total: 2, counts: { willChange: 2 } });
      expect([await rows(edit.id), (await rows(fresh.id)).length, (await stateOf(fresh.id)).state]).toEqual([[], 1, 'previewed']);
      expect(await ask(edit.id, 'commit')).toBe(409);
    });

    it('of one that cannot be removed does not keep the sweep from the others, and is tried again', async () => {
      const [stuck, next] = [await prepare({ selection: { keys: ['ONE'] }, changes: { add: { tags: ['stuck'] } } }), await prepare({ selection: { keys: ['TWO'] }, changes: { add: { tags: ['next'] } } })];
      await asTenant(`UPDATE workload_bulk_edit SET expires_at = $4::timestamptz - (id = $2)::int * interval '1 minute' WHERE tenant_id = $1 AND id IN ($2, $3)`, ada.tenantId, stuck.id, next.id, clock.now());
      const sweep = (): Promise<void> => app.get(SweepBulkEditsJob).handle({}, { ...job } as Parameters<SweepBulkEditsJob['handle']>[1]);
      jest.spyOn(app.get(BulkEditRepository), 'forgetRows').mockRejectedValueOnce(new Error('the database restarts'));
      await expect(sweep()).rejects.toThrow('1 previews of bulk edits could not be removed');
      expect([(await stateOf(stuck.id)).state, (await stateOf(next.id)).state]).toEqual(['previewed', 'expired']);
      await sweep();
      expect((await stateOf(stuck.id)).state).toBe('expired');
    });

    it('leaves the field to whoever came later: a runner that was overtaken writes nothing', async () => {
      const edit = await prepare({ selection: { keys: ['ONE', 'TWO'] }, changes: { add: { tags: ['overtaken'] } } });
      expect(await ask(edit.id, 'commit')).toBe(202);
      const operations = app.get(Operations);
      const begin = operations.begin.bind(operations);
      // While it hangs its twin gives up, and somebody asks for the undo.
      jest.spyOn(operations, 'begin').mockImplementationOnce(async (...given) => {
        await asTenant(`UPDATE workload_bulk_edit SET state = 'stopped' WHERE tenant_id = $1 AND id = $2`, ada.tenantId, edit.id);
        expect(await ask(edit.id, 'undo')).toBe(202);
        return begin(...given);
      });
      await app.get(BulkEditRunner).commit(ada.tenantId, edit.id, job);
      expect(await stateOf(edit.id)).toMatchObject({ state: 'undoing', counts: { willChange: 2, changed: 0 } });
      await app.get(BulkEditRunner).undo(ada.tenantId, edit.id, job);
      expect(await stateOf(edit.id)).toMatchObject({ state: 'undone', counts: { changed: 0 } });
      expect((await read('ONE')).tags).not.toContain('overtaken');
    });

    it('goes on when a run dies on its last attempt that another has overtaken, and stops when the newest does', async () => {
      const edit = await prepare({ selection: { keys: ['ONE', 'TWO'] }, changes: { add: { tags: ['twice'] } } });
      expect(await ask(edit.id, 'commit')).toBe(202);
      const edits = app.get(BulkEditRepository);
      const dies = (before: () => Promise<void>): void => void jest.spyOn(edits, 'pending').mockImplementationOnce(async () => { await before(); throw new Error('the worker lost its lease'); });
      const last = { ...job, attempt: JOB_ATTEMPTS };
      const scope = TenantScope.forSystem(ada.tenantId, 'test');
      const operationId = (await edits.find(scope, edit.id))?.operationId ?? '';
      // Outside the transaction of the run that dies, which takes back what is in it.
      dies(AsyncResource.bind(async () => { await app.get(Operations).begin(scope, operationId); }));
      await expect(app.get(BulkEditRunner).commit(ada.tenantId, edit.id, last)).rejects.toThrow('lost its lease');
      expect(await stateOf(edit.id)).toMatchObject({ state: 'committing', status: 'running' });
      dies(async () => undefined);
      await expect(app.get(BulkEditRunner).commit(ada.tenantId, edit.id, last)).rejects.toThrow('lost its lease');
      expect(await stateOf(edit.id)).toMatchObject({ state: 'stopped', status: 'failed', counts: { willChange: 2 } });
    });

    it('says what is no longer possible, at once and as the fault of nobody', async () => {
      await ada.client.post('/custom-fields', { key: 'passing', label: 'Passing', type: 'text' });
      const edit = await prepare({ selection: { keys: ['ONE'] }, changes: { custom: { passing: 'x' } } });
      await ada.client.patch('/custom-fields/passing', { archived: true });
      expect(await commit(edit.id)).toMatchObject({ state: 'stopped', status: 'failed', problem: { code: 'PLATFORM_REQUEST_INVALID', errors: [{ path: 'changes.custom.passing', code: 'archived_custom_field' }] }, counts: { willChange: 1 } });
    });

    it('has a row for a workload that is gone, so that the counts make up the total', async () => {
      const writes = app.get(BulkWriteRepository);
      const states = writes.states.bind(writes);
      jest.spyOn(writes, 'states').mockImplementationOnce(async (scope, ids) => new Map([...await states(scope, ids)].filter(([, { key }]) => key !== 'TWO')));
      const edit = await prepare({ selection: { keys: ['ONE', 'TWO'] }, changes: { add: { tags: ['gone'] } } });
      expect(edit).toMatchObject({ total: 2, counts: { willChange: 1, refused: 1 } });
      expect((await rows(edit.id, '&filter[outcome]=refused')).map(({ key, reason }) => [key, reason])).toEqual([['TWO', 'gone']]);
    });

    it('lists edits with the counts that were kept when their work ended, and live ones while it runs', async () => {
      const edit = await prepare({ selection: { keys: ['ONE'] }, changes: { add: { tags: ['listed'] } } });
      const listed = async (): Promise<BulkEditDto | undefined> => (await ada.client.get<{ items: BulkEditDto[] }>('/workload-bulk-edits?limit=200')).body.items.find(({ id }) => id === edit.id);
      expect((await listed())?.counts).toEqual(edit.counts);
      const { rows: kept } = await sql.query<{ counts: object }>('SELECT counts FROM workload_bulk_edit WHERE tenant_id = $1 AND id = $2', [ada.tenantId, edit.id]);
      expect(kept[0]?.counts).toEqual(edit.counts);
      expect(await ask(edit.id, 'commit')).toBe(202);
      await asTenant(`UPDATE workload_bulk_edit SET counts = NULL WHERE tenant_id = $1 AND id = $2`, ada.tenantId, edit.id);
      expect((await listed())?.counts).toMatchObject({ willChange: 1, changed: 0 });
      await app.get(BulkEditRunner).commit(ada.tenantId, edit.id, job);
      expect((await listed())?.counts).toMatchObject({ willChange: 0, changed: 1 });
    });

    it.each([['', '?cursor=x', 'PLATFORM_CURSOR_INVALID'], ['', '?sort=createdAt', 'PLATFORM_REQUEST_INVALID'], ['/rows', '?filter[outcome]=maybe', 'PLATFORM_REQUEST_INVALID'], ['/rows', '?filter[undo]=yes', 'PLATFORM_REQUEST_INVALID'],
      ['/rows', `?cursor=${Buffer.from(JSON.stringify({ s: 'ordinal', k: [1.5] })).toString('base64url')}`, 'PLATFORM_CURSOR_INVALID']])('refuses %s%s', async (path, query, code) => {
      const { id } = await prepare({ selection: { keys: ['ONE'] }, changes: { add: { tags: ['z'] } } });
      expect((await ada.client.get(`/workload-bulk-edits${path === '' ? '' : `/${id}${path}`}${query}`)).body).toMatchObject({ status: 400, code });
    });
  });

  it.each<[string, object, number, string]>([
    ['nothing to change', { selection: { keys: ['ONE'] }, changes: {} }, 422, 'INVENTORY_BULK_EDIT_EMPTY'], ['nothing selected', { selection: {}, changes: { set: { team: 'x' } } }, 400, 'PLATFORM_REQUEST_INVALID'],
    ['both selections', { selection: { keys: ['ONE'], query: '' }, changes: { set: { team: 'x' } } }, 400, 'PLATFORM_REQUEST_INVALID'], ['a query that finds nothing', { selection: { query: 'q=nothingatall' }, changes: { set: { team: 'x' } } }, 400, 'PLATFORM_REQUEST_INVALID'],
    ['another organization\'s workload', { selection: { keys: ['THEIRS'] }, changes: { set: { team: 'x' } } }, 422, 'PLATFORM_REFERENCE_UNKNOWN'], ['an unknown field', { selection: { keys: ['ONE'] }, changes: { set: { stage: 'production' } } }, 400, 'PLATFORM_REQUEST_INVALID'],
    ['a blank team', { selection: { keys: ['ONE'] }, changes: { set: { team: ' ' } } }, 400, 'PLATFORM_REQUEST_INVALID'], ['an unknown custom field', { selection: { keys: ['ONE'] }, changes: { custom: { nope: 1 } } }, 400, 'PLATFORM_REQUEST_INVALID'],
    ['somebody who is no member', { selection: { keys: ['ONE'] }, changes: { owners: { on_call: 'who@example.org' } } }, 422, 'PLATFORM_REFERENCE_UNKNOWN'], ['a foreign query parameter', { selection: { query: 'limit=5' }, changes: { set: { team: 'x' } } }, 400, 'PLATFORM_REQUEST_INVALID'],
  ])('refuses %s', async (_what, body, status, code) => {
    const answer = await ada.client.post('/workload-bulk-edits', body);
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
  });

  it('is a permission of its own, and nothing of another organization', async () => {
    clock.advance({ minutes: 1 });
    const edit = await prepare({ selection: { keys: ['ONE'] }, changes: { add: { tags: ['x'] } } });
    expect((await contributor.client.post('/workload-bulk-edits', { selection: { keys: ['ONE'] }, changes: { add: { tags: ['y'] } } })).body).toMatchObject({ status: 403, permission: 'inventory:bulk-edit:run' });
    for (const call of [other.client.get(`/workload-bulk-edits/${edit.id}`), other.client.get(`/workload-bulk-edits/${edit.id}/rows`), other.client.post(`/workload-bulk-edits/${edit.id}/commit`), other.client.post(`/workload-bulk-edits/${edit.id}/undo`)]) {
      expect((await call).status).toBe(404);
    }
    expect((await other.client.get<{ items: unknown[] }>('/workload-bulk-edits')).body.items).toEqual([]);
    expect((await ada.client.get<{ items: BulkEditDto[] }>('/workload-bulk-edits?limit=1')).body.items[0]?.id).toBe(edit.id);
  });

  it('changes and restores a thousand workloads by a few statements per batch, also where scope grows', async () => {
    await sql.query('BEGIN');
    await sql.query(`SELECT set_config('app.tenant_id', $1, true), set_config('app.now', $2, true)`, [ada.tenantId, clock.now().toISOString()]);
    await sql.query(`INSERT INTO workload (tenant_id, id, key, name, kind, purpose, team, jurisdictions, registered_at, updated_at) SELECT $1, gen_random_uuid(), 'MANY-' || i, 'Many ' || i, 'agent', 'x', 'Many', '{FR}', $2, $2 FROM generate_series(1, 1000) i`, [ada.tenantId, clock.now()]);
    await sql.query('COMMIT');
    const figures: Record<string, { milliseconds: number; statements: number }> = {};
    const query = jest.spyOn(Client.prototype, 'query');
    const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
      const started = performance.now();
      query.mockClear();
      const result = await work();
      figures[what] = { milliseconds: performance.now() - started, statements: query.mock.calls.length };
      return result;
    };
    const edit = await timed('preview', () => prepare({ selection: { query: 'filter[team]=Many' }, changes: { set: { riskTier: 'medium' }, add: { tags: ['a', 'b'], jurisdictions: ['DE'] }, facts: { handlesPii: 'no' }, owners: { risk_owner: bob.memberId } } }));
    expect(edit.counts.willChange).toBe(1000);
    expect((await timed('commit', () => commit(edit.id))).counts.changed).toBe(1000);
    expect((await timed('undo', () => undo(edit.id))).counts.restored).toBe(1000);
    query.mockRestore();
    if (process.env['ROSTER_PLAN_ROWS'] !== undefined) process.stdout.write(`bulk edit of 1,000: ${JSON.stringify(figures)}\n`);
    for (const [what, { statements }] of Object.entries(figures)) expect([what, statements > 5 && statements < 150]).toEqual([what, true]);
  }, 60_000);
});
