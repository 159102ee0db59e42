import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { EvidenceHttpModule, EvidenceModule } from '@roster/evidence';
import { FrameworksModule } from '@roster/frameworks';
import { InventoryHttpModule, InventoryModule } from '@roster/inventory';
import { verifyPackFile } from '@roster/pack-verify';
import { TenantScope } from '@roster/platform-context';
import { asAdmin, createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { TrailSlices } from '@roster/trail';
import { PackSourceRepository } from '../content/pack-source.repository.js';
import { PacksHttpModule } from '../packs-http.module.js';
import { PacksJobsModule } from '../packs-jobs.module.js';
import { BuildPackJob } from './build-pack.job.js';

interface PackBody extends Record<string, unknown> { id: string; status: string; packKey: string; result?: { href: string; sha256: string; size: number; keyFingerprint: string }; items: PackBody[]; nextCursor: string | null; total?: number }

describe('packs over HTTP', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  let folder: string;
  let admin: SignedInClient;
  let stranger: SignedInClient;
  const clock = new FakeClock('2026-05-01T12:00:00.000Z');

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await createTestApp({ config: testConfig(db), clock, imports: [FrameworksModule, InventoryModule, InventoryHttpModule, EvidenceModule, EvidenceHttpModule, PacksHttpModule, PacksJobsModule] });
    folder = await mkdtemp(join(tmpdir(), 'roster-http-'));
    const anybody = await TestClient.of(app);
    admin = await anybody.signUp({ name: 'Acme' });
    stranger = await anybody.signUp();
  });
  afterAll(async () => {
    await app.close();
    await db.drop();
    await rm(folder, { recursive: true });
  });
  const work = (packId: string) => app.get(BuildPackJob).handle({ tenantId: admin.tenantId, packId }, { attempt: 1 });
  const ask = async (body: object = { scope: {} }) => {
    const { status, body: answer } = await admin.client.post<{ id: string; href: string }>('/packs', body);
    expect(status).toBe(202);
    return answer;
  };

  it('accepts, builds, shows and hands out a pack that verifies', async () => {
    const { id, href } = await ask();
    expect(href).toBe(`/api/v1/packs/${id}`);
    expect((await admin.client.get<PackBody>(`/packs/${id}`)).body).toMatchObject({ id, status: 'queued', progress: { done: 0, total: null, unit: 'files' }, scope: { kind: 'all' }, edition: 'psf-1.1', formats: ['csv', 'json'], asOf: '2026-05-01T12:00:00.000Z' });
    const early = await admin.client.get(`/packs/${id}/content`);
    expect([early.status, early.body['code'], early.headers['retry-after']]).toEqual([409, 'PACKS_PACK_NOT_READY', '2']);

    const events = admin.client.get(`/packs/${id}/events`);
    await work(id);
    const { text, headers } = await events;
    expect(headers['content-type']).toBe('text/event-stream');
    const ends = text.split('\n\n').filter((event) => event.startsWith('event: end'));
    expect(ends).toHaveLength(1);
    expect(JSON.parse(/data: (.*)/.exec(ends[0] ?? '')?.[1] ?? 'null')).toMatchObject({ id, status: 'succeeded', result: { counts: { workloads: 0 } } });

    const { body } = await admin.client.get<PackBody>(`/packs/${id}`);
    expect(body).toMatchObject({ status: 'succeeded', result: { href: `/api/v1/packs/${id}/content`, counts: { workloads: 0 } } });
    const path = join(folder, 'pack.zip');
    const response = await fetch(`${await app.getUrl()}/api/v1/packs/${id}/content`, { headers: { cookie: `__Host-roster_session=${admin.session}` } });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect([response.status, response.headers.get('content-type'), response.headers.get('content-length')]).toEqual([200, 'application/zip', String(body.result?.size)]);
    expect(response.headers.get('content-disposition')).toContain('attachment; filename="acme-evidence-pack-2026-05-01-');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(body.result?.sha256);
    await writeFile(path, bytes);
    const report = await verifyPackFile(path, { trustedFingerprint: body.result?.keyFingerprint ?? '' });
    expect(report.checks.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(report.ok).toBe(true);
  });

  it('lists packs newest first, in pages, by status', async () => {
    clock.advance({ seconds: 1 });
    const { id } = await ask({ scope: {}, formats: ['csv'] });
    const { body } = await admin.client.get<PackBody>('/packs?count=true');
    expect(body.total).toBe(body.items.length);
    expect(body.items[0]).toMatchObject({ id, status: 'queued' });
    const first = (await admin.client.get<PackBody>('/packs?limit=1')).body;
    const second = (await admin.client.get<PackBody>(`/packs?limit=1&cursor=${encodeURIComponent(first.nextCursor ?? '')}`)).body;
    expect([first.items[0]?.id, second.items[0]?.id]).toEqual(body.items.slice(0, 2).map((item) => item.id));
    expect((await admin.client.get<PackBody>('/packs?filter[status]=succeeded')).body.items.map((item) => item.id)).not.toContain(id);
    expect((await admin.client.get('/packs?filter[status]=lost')).body['code']).toBe('PLATFORM_REQUEST_INVALID');
  });

  it('narrows the list to an edition and to who asked', async () => {
    const all = (await admin.client.get<PackBody>('/packs?limit=200')).body.items.map(({ id }) => id);
    for (const filter of ['filter[edition]=psf-1.1', 'filter[requestedBy]=me']) expect((await admin.client.get<PackBody>(`/packs?limit=200&${filter}`)).body.items.map(({ id }) => id)).toEqual(all);
    for (const filter of ['filter[edition]=another', `filter[requestedBy]=${stranger.memberId}`]) expect((await admin.client.get<PackBody>(`/packs?limit=200&count=true&${filter}`)).body).toMatchObject({ items: [], total: 0 });
    // What a member's key asks for, the member asks for.
    const { key } = await admin.client.createKey(['packs:pack:build', 'packs:pack:read']);
    const asked = await admin.client.as(key).post<PackBody>('/packs', { scope: {}, formats: ['csv'] });
    expect(asked.status).toBe(202);
    for (const who of ['me', admin.memberId]) expect((await admin.client.get<PackBody>(`/packs?limit=200&filter[requestedBy]=${who}`)).body.items.map(({ id }) => id)).toEqual([String(asked.body.id), ...all]);
  });

  it('says before it is built what the pack then holds, and lists its workloads', async () => {
    const owner = await (await TestClient.of(app)).signUp({ name: 'Previews' });
    const register = (key: string, team: string) => owner.client.post('/workloads', { key, name: `Workload ${key}`, kind: 'agent', purpose: 'To be in a pack', team, riskOwner: 'owner@previews.example', processesRealData: 'no' });
    for (const [key, team] of [['B-2', 'Claims'], ['A-1', 'Claims'], ['C-3', 'Other']] as const) expect((await register(key, team)).status).toBe(201);
    const form = new FormData();
    form.append('kind', 'document');
    form.append('title', 'Runbook');
    form.append('links', JSON.stringify([{ workload: 'A-1' }]));
    form.append('file', new Blob(['How to stop it.\n'], { type: 'text/plain' }), 'runbook.txt');
    const sent = await owner.client.send<{ id: string }>('POST', '/evidence', { raw: form });
    expect([sent.status, sent.body]).toEqual([201, expect.anything()]);
    expect((await owner.client.post('/evidence', { url: 'https://example.org/policy', kind: 'link', title: 'Policy', links: [{ workload: 'B-2' }] })).status).toBe(201);
    clock.advance({ seconds: 5 });

    const body = { scope: { filter: { team: ['Claims'] } } };
    const preview = (await owner.client.post<Record<string, number> & { leftOut: Record<string, number> }>('/packs/preview', body)).body;
    expect(preview).toMatchObject({ workloads: 2, edition: 'psf-1.1', leftOut: { outsideFilter: 1, merged: 0, addresses: 1 } });
    expect(Number(preview['evidenceFiles']) + Number(preview.leftOut['quarantined'])).toBe(1);
    const scope = TenantScope.forSystem(owner.tenantId, 'test');
    const count = async (condition: string): Promise<number> => asAdmin(db, owner.tenantId, clock.now(), async (client) => Number((await client.query<{ n: string }>(`SELECT count(*) AS n FROM trail_entry e WHERE tenant_id = $1 AND ${condition}`, [owner.tenantId])).rows[0]?.n));
    const ofClaims = await count(`workload_id IN (SELECT id FROM workload WHERE team = 'Claims')`);
    expect(preview).toMatchObject({ trailEntries: ofClaims, trailEntriesCapped: false });
    expect(ofClaims).toBeGreaterThanOrEqual(2);
    // Of the whole organization the tree knows the number, before and after the entries have their leaves.
    const whole = async (more: object = {}): Promise<Record<string, number>> => (await owner.client.post<Record<string, number>>('/packs/preview', { scope: {}, ...more })).body;
    const all = await count('true');
    expect(await whole()).toMatchObject({ trailEntries: all, trailEntriesCapped: false });
    await app.get(TrailSlices).prepare(scope);
    expect(await whole()).toMatchObject({ trailEntries: all, trailEntriesCapped: false });
    const before = new Date(clock.now().getTime() - 5_000).toISOString();
    expect(await whole({ asOf: before, period: { from: before } })).toMatchObject({ trailEntries: await count(`at = '${before}'`), trailEntriesCapped: false });
    const source = app.get(PackSourceRepository);
    for (const wanted of [{ kind: 'all' }, { kind: 'filter', filter: { team: ['Claims'] } }] as const) expect(await source.trailEntries(scope, wanted, null, clock.now(), clock.now(), 1)).toBe(2);
    expect(await source.trailEntries(TenantScope.forSystem(stranger.tenantId, 'test'), { kind: 'filter', filter: { team: ['Claims'] } }, null, clock.now(), clock.now(), 10)).toBe(0);
    expect((await owner.client.get<PackBody>('/packs')).body.items).toEqual([]);

    const { body: { id } } = await owner.client.post<{ id: string }>('/packs', body);
    await app.get(BuildPackJob).handle({ tenantId: owner.tenantId, packId: id }, { attempt: 1 });
    const built = (await owner.client.get<PackBody & { result: { counts: Record<string, number> } }>(`/packs/${id}`)).body;
    expect(built.result.counts).toMatchObject({ workloads: preview['workloads'], evidenceFiles: preview['evidenceFiles'] });
    expect(built.result.counts['exclusions']).toBe(Object.values(preview.leftOut).reduce((sum, n) => sum + n, 0));
    const first = (await owner.client.get<{ items: { key: string; evidence: number }[]; nextCursor: string }>(`/packs/${id}/workloads?limit=1`)).body;
    expect(first.items).toMatchObject([{ key: 'A-1', team: 'Claims', evidence: 1 }]);
    expect((await owner.client.get(`/packs/${id}/workloads?limit=1&cursor=${encodeURIComponent(first.nextCursor)}`)).body).toMatchObject({ items: [{ key: 'B-2' }], nextCursor: null });
    expect((await owner.client.post('/packs/preview', { scope: { workloads: ['A-1'], filter: {} } })).body['code']).toBe('PACKS_SCOPE_AMBIGUOUS');
    expect((await stranger.client.post('/packs/preview', { scope: { workloads: ['A-1'] } })).status).toBe(422);
  });

  it.each<[string, object, number, string]>([
    ['no scope', {}, 400, 'scope'], ['an unknown field', { scope: {}, color: 'red' }, 400, 'color'], ['an unknown format', { scope: {}, formats: ['pdf'] }, 400, 'formats'], ['an unknown stage', { scope: { filter: { stage: ['done'] } } }, 400, 'scope.filter.stage'],
    ['no instant', { scope: {}, asOf: 'yesterday' }, 400, 'asOf'], ['an empty list', { scope: { workloads: [] } }, 400, 'scope.workloads'], ['an unknown workload', { scope: { workloads: ['NOBODY'] } }, 422, 'scope.workloads[0]'],
  ])('refuses %s and names the field', async (_what, body, status, path) => {
    const answer = await admin.client.post<{ errors: { path: string }[] }>('/packs', body);
    expect([answer.status, answer.body.errors.map((error) => error.path)]).toEqual([status, expect.arrayContaining([path])]);
  });

  it('gives another organization, somebody without permission and nobody at all nothing', async () => {
    const { id } = await ask();
    await work(id);
    for (const path of ['', '/content', '/events', '/workloads']) {
      const foreign = await stranger.client.get(`/packs/${id}${path}`);
      expect([foreign.status, foreign.body['code']]).toEqual([404, 'PACKS_PACK_NOT_FOUND']);
      expect((await stranger.client.as(null).get(`/packs/${id}${path}`)).status).toBe(401);
    }
    expect((await stranger.client.get<PackBody>('/packs')).body.items).toEqual([]);
    const { key } = await admin.client.createKey(['packs:pack:read']);
    const reader = admin.client.as(key);
    expect((await reader.get(`/packs/${id}`)).status).toBe(200);
    expect((await reader.post('/packs', { scope: {} })).body['code']).toBe('ACCESS_PERMISSION_MISSING');
    expect((await reader.post('/packs/preview', { scope: {} })).body['code']).toBe('ACCESS_PERMISSION_MISSING');
  });
});
