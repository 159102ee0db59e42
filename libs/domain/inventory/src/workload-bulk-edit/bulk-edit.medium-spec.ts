import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { InventoryHttpModule } from '../inventory-http.module.js';
import { BulkEditRunner } from './bulk-edit-runner.js';
import type { BulkEditDto, BulkEditRowDto } from './bulk-edit.dto.js';

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
    app = await createTestApp({ config: testConfig(db), clock, imports: [InventoryHttpModule] });
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

  it('changes and restores a thousand workloads within three seconds each', async () => {
    await sql.query('BEGIN');
    await sql.query(`SELECT set_config('app.tenant_id', $1, true), set_config('app.now', $2, true)`, [ada.tenantId, clock.now().toISOString()]);
    await sql.query(`INSERT INTO workload (tenant_id, id, key, name, kind, purpose, team, registered_at, updated_at) SELECT $1, gen_random_uuid(), 'MANY-' || i, 'Many ' || i, 'agent', 'x', 'Many', $2, $2 FROM generate_series(1, 1000) i`, [ada.tenantId, clock.now()]);
    await sql.query('COMMIT');
    const figures: Record<string, number> = {};
    const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
      const started = performance.now();
      const result = await work();
      figures[what] = performance.now() - started;
      return result;
    };
    const edit = await timed('preview', () => prepare({ selection: { query: 'filter[team]=Many' }, changes: { set: { riskTier: 'medium' }, add: { tags: ['a', 'b'] }, facts: { handlesPii: 'no' }, owners: { risk_owner: bob.memberId } } }));
    expect(edit.counts.willChange).toBe(1000);
    expect((await timed('commit', () => commit(edit.id))).counts.changed).toBe(1000);
    expect((await timed('undo', () => undo(edit.id))).counts.restored).toBe(1000);
    if (process.env['ROSTER_PLAN_ROWS'] !== undefined) process.stdout.write(`bulk edit of 1,000: ${JSON.stringify(figures)}\n`);
    // Three times the budget: this machine does other things too.
    for (const [what, milliseconds] of Object.entries(figures)) expect([what, milliseconds < 9_000]).toEqual([what, true]);
  }, 60_000);
});
