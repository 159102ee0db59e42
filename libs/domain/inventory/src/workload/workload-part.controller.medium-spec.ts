import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TenantScope } from '@roster/platform-context';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestAnswer, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { WorkloadFactsQuery } from '../fact/workload-facts.query.js';
import { InventoryHttpModule } from '../inventory-http.module.js';

type Json = Record<string, unknown> & { id: string; key: string; version: number; items: Json[]; errors: { path: string }[]; nextCursor: string | null };

describe('what belongs to a workload, over HTTP', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  let sql: Client;
  let admin: SignedInClient;
  let viewer: SignedInClient;
  let stranger: SignedInClient;
  let serial = 0;
  const clock = new FakeClock('2026-05-01T12:00:00.000Z');
  const send = (who: SignedInClient, method: 'GET' | 'POST' | 'PUT' | 'PATCH', url: string, body?: object, headers?: Record<string, string>): Promise<TestAnswer<Json>> => who.client.send<Json>(method, url, { body, headers });
  const register = async (who = admin, over: Record<string, unknown> = {}): Promise<Json> => (await send(who, 'POST', '/workloads',
    { name: `Part ${(serial += 1)}`, kind: 'agent', purpose: 'x', team: 'Care', processesRealData: 'no', riskOwner: who.memberId, ...over })).body;
  const paths = (answer: TestAnswer<Json>): string[] => (answer.body.errors ?? []).map((error) => error.path);
  const version = async (key: string): Promise<number> => (await send(admin, 'GET', `/workloads/${key}`)).body.version;

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await createTestApp({ config: testConfig(db), clock, imports: [InventoryHttpModule] });
    const anybody = await TestClient.of(app);
    admin = await anybody.signUp();
    viewer = await admin.client.invite('viewer');
    stranger = await anybody.signUp();
    sql = new Client({ connectionString: db.adminUrl });
    await sql.connect();
  });
  afterAll(async () => {
    await sql.end();
    await app.close();
    await db.drop();
  });

  it('shares a component between workloads and tells everybody what one says about it', async () => {
    const [one, two] = [await register(), await register()];
    await sql.query('DELETE FROM reevaluation_mark WHERE tenant_id = $1', [admin.tenantId]);
    const model = { type: 'model', provider: 'Acme', name: 'acme-7b', version: '2026-01' };
    const first = await send(admin, 'PUT', `/workloads/${one.key}/components`, { components: [{ ...model, hosting: 'eu-west', lockIn: 'high', usage: 'answers' }, { type: 'dataset', name: 'orders' }] });
    expect([first.status, first.body.items]).toEqual([200, [
      expect.objectContaining({ type: 'dataset', provider: null, name: 'orders', version: null, lockIn: 'unknown', workloads: 1, usage: null }),
      expect.objectContaining({ ...model, hosting: 'eu-west', lockIn: 'high', workloads: 1, usage: 'answers' }),
    ]]);
    const second = await send(admin, 'PUT', `/workloads/${two.key}/components`, { components: [{ ...model, provider: ' Acme ' }] });
    expect(second.body.items).toEqual([expect.objectContaining({ id: first.body.items[1]?.id, hosting: 'eu-west', lockIn: 'high', workloads: 2 })]);
    const facts = await app.get(WorkloadFactsQuery).load(TenantScope.forSystem(admin.tenantId, 'test'), [one.id, two.id]);
    expect([facts.get(one.id)?.sharesComponentWith, facts.get(two.id)?.sharesComponentWith]).toEqual([[two.id], [one.id]]);
    const marks = await sql.query('SELECT workload_id, reasons FROM reevaluation_mark WHERE tenant_id = $1 ORDER BY workload_id', [admin.tenantId]);
    expect(marks.rows).toEqual([one, two].map(({ id }) => ({ workload_id: id, reasons: ['component'] })).sort((a, b) => (a.workload_id < b.workload_id ? -1 : 1)));
    const events = await sql.query(`SELECT payload -> 'fields' AS fields FROM outbox WHERE tenant_id = $1 AND name = 'inventory.workload.changed' ORDER BY id`, [admin.tenantId]);
    expect(events.rows).toEqual([{ fields: ['components'] }, { fields: ['components'] }]);
  });

  it('replaces components as a whole, keeps the past, and changes the version only when something changed', async () => {
    const { key } = await register();
    const put = (components: object[], headers?: Record<string, string>) => send(admin, 'PUT', `/workloads/${key}/components`, { components }, headers);
    await put([{ type: 'model', name: 'a' }, { type: 'tool', name: 'b' }]);
    expect(await version(key)).toBe(2);
    const then = clock.now().toISOString();
    clock.advance({ minutes: 1 });
    await put([{ type: 'tool', name: 'b' }, { type: 'model', name: 'a' }]);
    expect(await version(key)).toBe(2);
    await put([{ type: 'model', name: 'a', version: '2' }]);
    expect((await send(admin, 'GET', `/workloads/${key}/components`)).body.items.map((item) => [item['name'], item['version']])).toEqual([['a', '2']]);
    expect((await send(admin, 'GET', `/workloads/${key}/components?asOf=${then}`)).body.items.map((item) => [item['name'], item['version']])).toEqual([['a', null], ['b', null]]);
    clock.advance({ minutes: 1 });
    expect((await put([], { 'if-match': '"v1"' })).status).toBe(412);
    expect((await put([], { 'if-match': '"v3"' })).status).toBe(200);
    const history = await send(admin, 'GET', `/workloads/${key}/history`);
    expect(history.body.items.flatMap((entry) => (entry['changes'] as { field: string; from: unknown; to: unknown }[]).filter(({ field }) => field.startsWith('components.')).map(({ field, from, to }) => [field, from !== null, to !== null])))
      .toEqual(expect.arrayContaining([['components.model a', false, true], ['components.model a', true, false], ['components.tool b', true, false], ['components.model a 2', false, true], ['components.model a 2', true, false]]));
  });

  it('lists the components of the organization, and only those', async () => {
    const mine = await register();
    const theirs = await register(stranger);
    await send(admin, 'PUT', `/workloads/${mine.key}/components`, { components: [{ type: 'index', name: 'vectors' }] });
    await send(stranger, 'PUT', `/workloads/${theirs.key}/components`, { components: [{ type: 'index', name: 'vectors' }, { type: 'index', name: 'secret-index' }] });
    const found = await send(admin, 'GET', '/components?filter[type]=index&count=true');
    expect([found.body.items.map((item) => item['name']), found.body['total']]).toEqual([['vectors'], 1]);
    expect(found.body.items[0]?.id).not.toBe((await send(stranger, 'GET', '/components?filter[type]=index')).body.items[0]?.id);
    expect((await send(admin, 'GET', '/components?filter[shared]=true')).body.items.every((item) => Number(item['workloads']) > 1)).toBe(true);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: TestAnswer<Json> = await send(admin, 'GET', `/components?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...page.body.items.map((item) => item.id));
      cursor = page.body.nextCursor;
    }
    expect(new Set(seen).size).toBe(Number((await send(admin, 'GET', '/components?count=true')).body['total']));
    for (const query of ['filter[type]=robot', 'filter[shared]=maybe', 'cursor=x']) expect((await send(admin, 'GET', `/components?${query}`)).status).toBe(400);
  });

  it.each([
    ['components', { components: [{ type: 'robot', name: 'x' }] }, 'components[0].type'], ['components', { components: [{ type: 'model', name: ' ' }] }, 'components[0].name'],
    ['components', { components: [{ type: 'model', name: 'x' }, { type: 'model', name: 'x', provider: '' }] }, 'components[1]'], ['components', {}, 'components'],
    ['tool-grants', { grants: [{ name: 'crm', access: 'all' }] }, 'grants[0].access'], ['tool-grants', { grants: [{ name: 'crm', access: 'read' }, { name: 'crm', access: 'write' }] }, 'grants[1]'],
    ['relations', { relations: [{ type: 'likes', workload: 'X' }] }, 'relations[0].type'], ['relations', { relations: [{ type: 'calls', workload: 'NOBODY' }] }, 'relations[0]'],
  ])('refuses PUT %s %j', async (part, body, path) => {
    const { key } = await register();
    const answer = await send(admin, 'PUT', `/workloads/${key}/${part}`, body);
    expect([answer.status < 500 && answer.status >= 400, paths(answer)]).toEqual([true, expect.arrayContaining([expect.stringContaining(path)])]);
    expect(await version(key)).toBe(1);
  });

  it('relates workloads in both directions, never across organizations', async () => {
    const [caller, callee, other] = [await register(), await register(), await register(stranger)];
    const answer = await send(admin, 'PUT', `/workloads/${caller.key}/relations`, { relations: [{ type: 'calls', workload: callee.key, note: 'per order' }] });
    expect(answer.body.items).toEqual([expect.objectContaining({ type: 'calls', direction: 'outgoing', workload: callee.key, note: 'per order' })]);
    expect((await send(admin, 'GET', `/workloads/${callee.key}/relations`)).body.items).toEqual([expect.objectContaining({ direction: 'incoming', workload: caller.key })]);
    expect((await app.get(WorkloadFactsQuery).load(TenantScope.forSystem(admin.tenantId, 'test'), [callee.id])).get(callee.id)?.calledBy).toEqual([caller.id]);
    expect((await send(admin, 'PUT', `/workloads/${caller.key}/relations`, { relations: [{ type: 'calls', workload: other.id }] })).status).toBe(422);
    expect(paths(await send(admin, 'PUT', `/workloads/${caller.key}/relations`, { relations: [{ type: 'feeds', workload: caller.key }] }))).toEqual(['relations[0].workload']);
    await send(admin, 'PUT', `/workloads/${caller.key}/relations`, { relations: [] });
    expect((await send(admin, 'GET', `/workloads/${callee.key}/relations`)).body.items).toEqual([]);
  });

  it('grants tools and keeps since when', async () => {
    const { key } = await register();
    await send(admin, 'PUT', `/workloads/${key}/tool-grants`, { grants: [{ name: 'crm', access: 'read', scope: 'orders' }] });
    clock.advance({ minutes: 1 });
    const later = await send(admin, 'PUT', `/workloads/${key}/tool-grants`, { grants: [{ name: 'mail', access: 'write' }, { name: 'crm', access: 'read', scope: 'orders' }] });
    expect(later.body.items.map((item) => [item['name'], item['access'], item['scope'], item['grantedAt'] === clock.now().toISOString()])).toEqual([['crm', 'read', 'orders', false], ['mail', 'write', '', true]]);
    expect(await version(key)).toBe(3);
  });

  it.each(['components', 'relations', 'tool-grants'])('shows %s to who may read, and lets only those change them who may', async (part) => {
    const { key } = await register();
    const body = { [part === 'tool-grants' ? 'grants' : part]: [] };
    expect((await send(viewer, 'GET', `/workloads/${key}/${part}`)).status).toBe(200);
    expect((await send(viewer, 'PUT', `/workloads/${key}/${part}`, body)).status).toBe(403);
    expect((await send(stranger, 'GET', `/workloads/${key}/${part}`)).status).toBe(404);
    expect((await send(stranger, 'PUT', `/workloads/${key}/${part}`, body)).status).toBe(404);
  });

  describe('custom fields', () => {
    it('are defined, filled, filtered by, changed and archived', async () => {
      const made = await send(admin, 'POST', '/custom-fields', { key: 'bureau', label: 'Bureau', type: 'choice', choices: ['CBP', 'ICE'] });
      expect([made.status, made.headers['etag'], made.body]).toEqual([201, '"v1"', expect.objectContaining({ key: 'bureau', filterable: true, archived: false })]);
      expect((await send(admin, 'POST', '/custom-fields', { key: 'bureau', label: 'x', type: 'text' })).body['code']).toBe('INVENTORY_CUSTOM_FIELD_TAKEN');
      const { key } = await register(admin, { custom: { bureau: 'CBP' } });
      expect((await send(admin, 'GET', '/workloads?filter[custom.bureau]=cbp')).body.items.map((item) => item.key)).toEqual([key]);
      expect(paths(await send(admin, 'PATCH', `/workloads/${key}`, { custom: { bureau: 'FBI' } }, { 'if-match': '*' }))).toEqual(['custom.bureau']);
      const inUse = await send(admin, 'PATCH', '/custom-fields/bureau', { choices: ['ICE'] }, { 'if-match': '"v1"' });
      expect([inUse.status, paths(inUse)]).toEqual([400, ['choices']]);
      await send(admin, 'PATCH', '/custom-fields/bureau', { filterable: false }, { 'if-match': '"v1"' });
      expect((await send(admin, 'GET', '/workloads?filter[custom.bureau]=cbp')).body.items).toEqual([]);
      await send(admin, 'PATCH', '/custom-fields/bureau', { filterable: true, choices: ['CBP', 'ICE', 'FBI'] }, { 'if-match': '"v2"' });
      expect((await send(admin, 'GET', '/workloads?filter[custom.bureau]=CBP')).body.items).toHaveLength(1);
      expect((await send(admin, 'PATCH', '/custom-fields/bureau', { archived: true }, { 'if-match': '"v2"' })).status).toBe(412);
      expect((await send(admin, 'PATCH', '/custom-fields/bureau', { archived: true })).status).toBe(428);
      expect((await send(admin, 'PATCH', '/custom-fields/bureau', { archived: true }, { 'if-match': '*' })).body).toMatchObject({ archived: true });
      expect(paths(await send(admin, 'PATCH', `/workloads/${key}`, { custom: { bureau: 'ICE' } }, { 'if-match': '*' }))).toEqual(['custom.bureau']);
      expect((await send(admin, 'PATCH', `/workloads/${key}`, { custom: { bureau: null } }, { 'if-match': '*' })).body['custom']).toEqual({});
      expect((await send(admin, 'GET', '/custom-fields?filter[archived]=true')).body.items.map((item) => item.key)).toEqual(['bureau']);
    });

    it('belong to one organization and to those who manage them', async () => {
      await send(admin, 'POST', '/custom-fields', { key: 'cost_center', label: 'Cost centre', type: 'number' });
      expect((await send(stranger, 'GET', '/custom-fields/cost_center')).status).toBe(404);
      expect((await send(stranger, 'GET', '/custom-fields')).body.items).toEqual([]);
      expect((await send(stranger, 'PATCH', '/custom-fields/cost_center', { label: 'x' }, { 'if-match': '*' })).status).toBe(404);
      expect((await send(stranger, 'POST', '/workloads', { name: 'x', kind: 'agent', purpose: 'x', team: 'x', processesRealData: 'no', riskOwner: stranger.memberId, custom: { cost_center: 5 } })).status).toBe(400);
      expect((await send(viewer, 'POST', '/custom-fields', { key: 'a', label: 'a', type: 'text' })).status).toBe(403);
      expect((await send(viewer, 'GET', '/custom-fields/cost_center')).body).toMatchObject({ label: 'Cost centre' });
    });

    it.each([[{ key: 'Bad', label: 'x', type: 'text' }, 'key'], [{ key: 'ok', label: 'x', type: 'enum' }, 'type'], [{ key: 'ok', label: 'x', type: 'choice' }, 'choices'], [{ key: 'ok', label: 'x', type: 'text', choices: ['a'] }, 'choices'], [{ key: 'ok', label: 'x', type: 'choices', choices: ['a', 'a '] }, 'choices']])(
      'refuse %j', async (body, path) => expect(paths(await send(admin, 'POST', '/custom-fields', body))).toEqual([path]));
  });
});
