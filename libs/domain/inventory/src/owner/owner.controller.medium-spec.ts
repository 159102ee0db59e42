import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { EditionDirectory } from '@roster/access';
import { TenantScope } from '@roster/platform-context';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestAnswer, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { WorkloadFactsQuery } from '../fact/workload-facts.query.js';
import { InventoryHttpModule } from '../inventory-http.module.js';
import { InventoryJobsModule } from '../inventory-jobs.module.js';
import { SweepOwnershipJob } from './sweep-ownership.job.js';

@Global()
@Module({ providers: [{ provide: EditionDirectory, useValue: { assessableEditions: () => ['demo-1'], domainIds: (edition: string) => (edition === 'demo-1' ? ['D-1', 'D-2'] : []) } satisfies EditionDirectory }], exports: [EditionDirectory] })
class EditionsModule {}

type Json = Record<string, unknown> & { id: string; key: string; items: Json[]; errors: { path: string; code: string }[]; riskOwner: Json | null };

describe('owners over HTTP', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  let sql: Client;
  let admin: SignedInClient;
  let bob: SignedInClient;
  let eve: SignedInClient;
  let stranger: SignedInClient;
  let serial = 0;
  const clock = new FakeClock('2026-05-01T12:00:00.000Z');
  const send = (who: SignedInClient, method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH', url: string, body?: object, headers?: Record<string, string>): Promise<TestAnswer<Json>> => who.client.send<Json>(method, url, { body, headers });
  const register = async (over: Record<string, unknown> = {}): Promise<string> => (await send(admin, 'POST', '/workloads',
    { name: `Owned ${(serial += 1)}`, kind: 'agent', purpose: 'x', team: 'Care', processesRealData: 'no', riskOwner: admin.memberId, ...over })).body.key;
  const owners = async (key: string, query = ''): Promise<Json[]> => (await send(admin, 'GET', `/workloads/${key}/owners${query}`)).body.items;
  const events = async (): Promise<string[]> => (await sql.query<{ name: string }>(`SELECT name FROM outbox WHERE tenant_id = $1 AND name LIKE 'inventory.owner.%' ORDER BY id`, [admin.tenantId])).rows.map((row) => row.name);

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await createTestApp({ config: testConfig(db), clock, imports: [EditionsModule, InventoryHttpModule, InventoryJobsModule] });
    const anybody = await TestClient.of(app);
    admin = await anybody.signUp();
    bob = await admin.client.invite('engineering_lead', { name: 'Bob' });
    eve = await admin.client.invite('contributor', { name: 'Eve' });
    stranger = await anybody.signUp();
    sql = new Client({ connectionString: db.adminUrl });
    await sql.connect();
  });
  afterAll(async () => {
    await sql.end();
    await app.close();
    await db.drop();
  });

  it('proposes, and only the person concerned accepts', async () => {
    const key = await register();
    const proposed = await send(admin, 'PUT', `/workloads/${key}/owners/on_call`, { memberId: bob.memberId });
    expect([proposed.status, proposed.body]).toEqual([200, expect.objectContaining({ role: 'on_call', memberId: bob.memberId, name: 'Bob', status: 'proposed', effectiveFrom: null, invitation: 'not_needed' })]);
    for (const who of [admin, eve]) expect((await send(who, 'POST', `/workloads/${key}/owners/on_call/accept`)).body['code']).toBe('INVENTORY_OWNER_NOT_YOURS');
    expect((await send(stranger, 'POST', `/workloads/${key}/owners/on_call/accept`)).status).toBe(404);
    const bobsKey = await bob.client.createKey(['inventory:owner:respond', 'inventory:workload:read']);
    const byKey = await bob.client.as(bobsKey.key).send<Json>('POST', `/workloads/${key}/owners/on_call/accept`);
    expect([byKey.status, byKey.body['code']]).toEqual([403, 'INVENTORY_OWNER_NOT_YOURS']);
    const accepted = await send(bob, 'POST', `/workloads/${key}/owners/on_call/accept`, { note: 'gladly' });
    expect(accepted.body).toMatchObject({ status: 'accepted', effectiveFrom: '2026-05-01T12:00:00.000Z', reaffirmDueAt: '2026-10-28T12:00:00.000Z', note: 'gladly', reaffirmOverdue: false });
    const facts = (await app.get(WorkloadFactsQuery).load(TenantScope.forSystem(admin.tenantId, 'test'), [(await send(admin, 'GET', `/workloads/${key}`)).body.id])).values().next().value;
    expect(facts?.owners).toEqual([{ role: 'on_call', memberId: bob.memberId, acceptedAt: '2026-05-01T12:00:00.000Z' }]);
  });

  it('lets the one who answers stay until the successor accepts', async () => {
    const key = await register();
    await send(admin, 'POST', `/workloads/${key}/owners/risk_owner/accept`);
    await send(admin, 'PUT', `/workloads/${key}/owners/risk_owner`, { email: bob.email.toUpperCase() });
    expect((await send(admin, 'GET', `/workloads/${key}`)).body.riskOwner).toMatchObject({ memberId: admin.memberId, status: 'accepted' });
    clock.advance({ minutes: 1 });
    expect((await send(bob, 'POST', `/workloads/${key}/owners/risk_owner/accept`)).status).toBe(200);
    expect((await owners(key)).map((one) => [one['name'], one['status'], one['effectiveTo']])).toEqual([['Bob', 'accepted', null], [admin.name, 'ended', clock.now().toISOString()]]);
    expect((await owners(key, `?asOf=2026-05-01T12:00:30Z`)).map((one) => [one['name'], one['status']])).toEqual([[admin.name, 'accepted'], ['Bob', 'proposed']]);
  });

  it('lets somebody decline, and shows the workload as unowned then', async () => {
    const key = await register({ riskOwner: bob.memberId });
    expect((await send(bob, 'POST', `/workloads/${key}/owners/risk_owner/decline`, { note: 'not mine' })).body).toMatchObject({ status: 'declined', note: 'not mine' });
    expect((await send(admin, 'GET', `/workloads/${key}`)).body).toMatchObject({ riskOwner: null, unowned: true, incomplete: true, missing: ['riskOwner'] });
    expect((await send(bob, 'POST', `/workloads/${key}/owners/risk_owner/accept`)).body['code']).toBe('INVENTORY_OWNER_STATE_CONFLICT');
    expect((await send(admin, 'GET', '/workloads?filter[unowned]=true')).body.items.map((item) => item.key)).toContain(key);
  });

  it('changes nothing when the same person is proposed again, and takes back a proposal', async () => {
    const key = await register();
    const first = await send(admin, 'PUT', `/workloads/${key}/owners/data_steward`, { memberId: bob.memberId });
    const again = await send(admin, 'PUT', `/workloads/${key}/owners/data_steward`, { memberId: bob.memberId });
    expect(again.body.id).toBe(first.body.id);
    await send(admin, 'PUT', `/workloads/${key}/owners/data_steward`, { memberId: eve.memberId });
    expect((await owners(key)).filter((one) => one['role'] === 'data_steward').map((one) => [one['name'], one['status']])).toEqual([['Eve', 'proposed'], ['Bob', 'ended']]);
    expect((await send(admin, 'DELETE', `/workloads/${key}/owners/data_steward`)).status).toBe(204);
    expect((await send(admin, 'DELETE', `/workloads/${key}/owners/data_steward`)).body['code']).toBe('INVENTORY_OWNER_NOT_FOUND');
  });

  it('lets somebody who was named by e-mail accept after they joined', async () => {
    const key = await register({ riskOwner: 'Late.Joiner@example.test' });
    const invitations = await send(admin, 'GET', '/invitations?filter[status]=open');
    expect(invitations.body.items.map((one) => one['email'])).toContain('late.joiner@example.test');
    const joiner = await admin.client.invite('viewer', { name: 'Late', email: 'late.joiner@example.test' });
    expect((await send(joiner, 'POST', `/workloads/${key}/owners/risk_owner/accept`)).body).toMatchObject({ status: 'accepted', memberId: joiner.memberId });
    expect((await send(admin, 'GET', `/workloads/${key}`)).body.riskOwner).toMatchObject({ memberId: joiner.memberId, status: 'accepted' });
  });

  it.each([
    ['owners/boss', {}, 400, 'role'], ['owners/on_call', {}, 400, 'memberId'], ['owners/on_call', { memberId: '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b' }, 422, 'memberId'], ['owners/on_call', { email: 'x' }, 400, 'email'],
    ['owners/on_call', { email: 'a@b.co', position: 'boss' }, 400, 'position'], ['domain-owners/demo-1/D-9', { email: 'a@b.co' }, 422, 'domain'], ['domain-owners/other/D-1', { email: 'a@b.co' }, 422, 'domain'],
  ])('refuses PUT %s %j', async (path, body, status, field) => {
    const answer = await send(admin, 'PUT', `/workloads/${await register()}/${path}`, body);
    expect([answer.status, answer.body.errors.map((error) => error.path)]).toEqual([status, [field]]);
  });

  it('needs the permission to propose, and does not let those invite who may not', async () => {
    const key = await register();
    expect((await send(eve, 'PUT', `/workloads/${key}/owners/on_call`, { memberId: eve.memberId })).status).toBe(403);
    expect((await send(stranger, 'PUT', `/workloads/${key}/owners/on_call`, { memberId: stranger.memberId })).status).toBe(404);
    expect((await send(admin, 'PUT', `/workloads/${key}/owners/on_call`, { memberId: stranger.memberId })).status).toBe(422);
    expect((await send(bob, 'PUT', `/workloads/${key}/owners/on_call`, { email: 'outsider@example.test' })).body).toMatchObject({ status: 'proposed', invitation: 'not_permitted' });
  });

  it('orphans what a member owned in the transaction that deactivates them, and lets deputies take over', async () => {
    const leaver = await admin.client.invite('contributor', { name: 'Leaver' });
    const orphan = await register({ riskOwner: leaver.memberId, onCall: leaver.memberId });
    const covered = await register({ riskOwner: leaver.memberId });
    for (const key of [orphan, covered]) await send(leaver, 'POST', `/workloads/${key}/owners/risk_owner/accept`);
    await send(admin, 'PUT', `/workloads/${covered}/owners/risk_owner`, { memberId: eve.memberId, position: 'deputy' });
    expect((await send(eve, 'POST', `/workloads/${covered}/owners/risk_owner/accept`, { position: 'deputy' })).body).toMatchObject({ position: 'deputy', status: 'accepted' });
    await send(admin, 'PUT', `/workloads/${covered}/domain-owners/demo-1/D-1`, { memberId: leaver.memberId });
    await send(leaver, 'POST', `/workloads/${covered}/domain-owners/demo-1/D-1/accept`);
    await sql.query('DELETE FROM reevaluation_mark WHERE tenant_id = $1', [admin.tenantId]);
    const told = (await events()).length;
    clock.advance({ minutes: 1 });
    expect((await send(admin, 'DELETE', `/members/${leaver.memberId}`, undefined, { 'if-match': '*' })).status).toBe(204);

    expect((await owners(orphan)).map((one) => [one['role'], one['status']])).toEqual([['on_call', 'orphaned'], ['risk_owner', 'orphaned']]);
    expect((await send(admin, 'GET', `/workloads/${orphan}`)).body).toMatchObject({ riskOwner: null, unowned: true });
    expect((await owners(covered)).map((one) => [one['role'], one['domain'], one['position'], one['name'], one['status']])).toEqual([
      ['risk_owner', null, 'owner', 'Eve', 'accepted'], ['domain_owner', 'demo-1/D-1', 'owner', 'Leaver', 'orphaned'], ['risk_owner', null, 'owner', 'Leaver', 'orphaned'], ['risk_owner', null, 'deputy', 'Eve', 'ended'],
    ]);
    expect((await events()).slice(told).sort()).toEqual(['inventory.owner.changed', 'inventory.owner.orphaned', 'inventory.owner.orphaned', 'inventory.owner.orphaned']);
    const marked = await sql.query('SELECT w.key FROM reevaluation_mark m JOIN workload w ON w.tenant_id = m.tenant_id AND w.id = m.workload_id WHERE m.tenant_id = $1 ORDER BY w.key', [admin.tenantId]);
    expect(marked.rows.map((row: { key: string }) => row.key).sort()).toEqual([orphan, covered].sort());
    const trail = await sql.query(`SELECT action FROM trail_entry WHERE tenant_id = $1 AND action IN ('inventory.owner.orphaned', 'inventory.owner.succeeded')`, [admin.tenantId]);
    expect(trail.rows).toHaveLength(5);
  });

  it('asks for re-affirmation once per period, and accepting again re-affirms', async () => {
    const key = await register();
    await send(admin, 'POST', `/workloads/${key}/owners/risk_owner/accept`);
    const sweep = () => app.get(SweepOwnershipJob).handle({}, { attempt: 1, signal: new AbortController().signal });
    const asked = async (): Promise<number> => (await events()).filter((name) => name === 'inventory.owner.reaffirmation-due').length;
    await sweep();
    expect(await asked()).toBe(0);
    clock.advance({ days: 181 });
    await sweep();
    await sweep();
    const due = await asked();
    expect(due).toBeGreaterThan(0);
    // The session has expired long since; signing in again is what a person would do.
    const session = await admin.client.as(null).post('/sessions', { email: admin.email, password: admin.password });
    const again = admin.client.as(/__Host-roster_session=([^;]+)/.exec(session.headers['set-cookie'] ?? '')?.[1] ?? null);
    expect((await again.get<Json>(`/workloads/${key}/owners`)).body.items[0]).toMatchObject({ reaffirmOverdue: true });
    expect((await again.post<Json>(`/workloads/${key}/owners/risk_owner/accept`)).body).toMatchObject({ status: 'accepted', reaffirmOverdue: false, reaffirmedAt: clock.now().toISOString() });
    await sweep();
    expect(await asked()).toBe(due);
    clock.advance({ days: 181 });
    await sweep();
    expect(await asked()).toBe(due + 1);
  });
});
