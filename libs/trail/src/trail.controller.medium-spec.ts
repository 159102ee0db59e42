import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { leafHash, openCheckpoint, parseTlogProof, parseVerifierKey, verifyConsistency, verifyInclusion } from '@roster/pack-verify';
import { TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { createTestApp, createTestDatabase, EditionDirectory, FakeClock, TestClient, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { SequenceEntriesJob } from './sequence-entries.job.js';
import { Trail } from './trail.js';
import { TrailHttpModule } from './trail-http.module.js';
import { TrailJobsModule } from './trail-jobs.module.js';
import { TrailWorkloads } from './trail-workloads.js';

const WORKLOAD = '019a0000-0000-7000-8000-0000000000aa';
interface Item { id: string; action: string; at: string; actor: { type: string; name: string }; workloadId: string | null; payload: { n?: number }; leafIndex: number | null }
interface Listed extends Record<string, unknown> { items: Item[]; nextCursor: string | null; total?: number }

/** The ports that other libraries bind. */
@Global()
@Module({
  providers: [
    { provide: EditionDirectory, useValue: { assessableEditions: () => ['psf-1.1'], domainIds: () => [] } satisfies EditionDirectory },
    { provide: TrailWorkloads, useValue: {
      require: (_scope: TenantScope, key: string) => (key === 'BOT' ? Promise.resolve({ id: WORKLOAD }) : Promise.reject(problem('PLATFORM_RESOURCE_NOT_FOUND', 'no such workload'))),
    } satisfies TrailWorkloads },
  ],
  exports: [EditionDirectory, TrailWorkloads],
})
class PortsModule {}

describe('the trail over HTTP', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  let admin: SignedInClient;
  let stranger: SignedInClient;
  const clock = new FakeClock('2026-05-01T12:00:00.000Z');
  const sequence = () => app.get(SequenceEntriesJob).handle({}, { signal: new AbortController().signal });
  const record = (count: number, workloadId: string | null = null, action = 'inventory.workload.changed') => {
    const scope = TenantScope.forSystem(admin.tenantId, 'test');
    return app.get(UnitOfWork).run(scope, () => app.get(Trail).recordMany(scope, Array.from({ length: count }, (_, n) => ({ action, object: { type: 'workload', id: workloadId ?? 'w' }, workloadId, payload: { n, apiKey: 'roster_secret' } }))));
  };

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await createTestApp({ config: testConfig(db), clock, imports: [PortsModule, TrailHttpModule, TrailJobsModule] });
    const anybody = await TestClient.of(app);
    admin = await anybody.signUp();
    stranger = await anybody.signUp();
    clock.advance({ minutes: 1 });
    await record(5);
    clock.advance({ minutes: 1 });
    await record(3, WORKLOAD, 'reviews.review.completed');
  });
  afterAll(async () => {
    await app.close();
    await db.drop();
  });
  const list = async (query = '', client = admin.client) => {
    const { status, body } = await client.get<Listed>(`/trail${query}`);
    expect([status, body]).toEqual([200, expect.anything()]);
    return body;
  };

  it('answers 404 until the first checkpoint is signed, and says when to come back', async () => {
    const { status, body, headers } = await admin.client.get('/trail/checkpoint');
    expect([status, body['code'], headers['retry-after']]).toEqual([404, 'TRAIL_CHECKPOINT_NOT_FOUND', '5']);
    const [newest] = (await list('?limit=1')).items;
    expect(newest?.leafIndex).toBeNull();
    expect((await admin.client.get(`/trail/entries/${newest?.id ?? ''}/proof`)).body['code']).toBe('TRAIL_ENTRY_PENDING');
    await sequence();
  });

  it('lists newest first, in pages without gaps or repetition, with the names people had and no secrets', async () => {
    const all = await list('?limit=200&count=true');
    expect(all.total).toBe(all.items.length);
    expect(all.items.length).toBeGreaterThanOrEqual(9);
    expect(all.items[0]).toMatchObject({ action: 'reviews.review.completed', payload: { n: 2, apiKey: '[redacted]' }, actor: { type: 'system', name: 'test' }, workloadId: WORKLOAD });
    expect(all.items.map(({ at }) => at)).toEqual(all.items.map(({ at }) => at).sort().reverse());
    const walked: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: Listed = await list(`?limit=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
      walked.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(walked).toEqual(all.items.map(({ id }) => id));
    expect((await list('?limit=200&sort=at')).items.map(({ id }) => id)).toEqual([...walked].reverse());
  });

  it('filters by workload, actor, action, object and time', async () => {
    const count = async (query: string) => (await list(`?limit=200&${query}`)).items.length;
    expect(await count('filter[workload]=BOT')).toBe(3);
    expect(await count('filter[action]=reviews.review.completed')).toBe(3);
    expect(await count('filter[action]=reviews.*&filter[action]=inventory.workload.changed')).toBe(8);
    expect(await count('filter[action]=reviews.*&filter[actor]=system')).toBe(3);
    expect(await count(`filter[actor]=${admin.memberId}`)).toBeGreaterThanOrEqual(1);
    expect(await count(`filter[object]=${WORKLOAD}`)).toBe(3);
    expect(await count('filter[objectType]=workload')).toBe(8);
    expect(await count('filter[since]=2026-05-01T12:02:00Z')).toBe(3);
    expect(await count('filter[since]=2026-05-01T12:01:00Z&filter[until]=2026-05-01T12:02:00Z')).toBe(5);
    expect(await count('filter[until]=2026-05-01T14:01:00%2B02:00&filter[objectType]=workload')).toBe(0);
  });

  it.each([
    ['filter[nobody]=x', 'PLATFORM_REQUEST_INVALID'], ['filter[since]=yesterday', 'PLATFORM_REQUEST_INVALID'], ['filter[workload]=NONE', 'PLATFORM_RESOURCE_NOT_FOUND'], ['cursor=abc', 'PLATFORM_CURSOR_INVALID'],
    [`cursor=${Buffer.from(JSON.stringify({ s: '-at', k: ['x'] })).toString('base64url')}`, 'PLATFORM_CURSOR_INVALID'],
  ])('refuses ?%s', async (query, code) => {
    const { status, body } = await admin.client.get(`/trail?${query}`);
    expect([status < 500, body['code']]).toEqual([true, code]);
  });

  it('proves entries and growth to somebody who only has the public key', async () => {
    const { body: checkpoint } = await admin.client.get<{ note: string; verifierKey: string; size: number; rootHash: string }>('/trail/checkpoint');
    const key = parseVerifierKey(checkpoint.verifierKey);
    const opened = key === null ? null : await openCheckpoint(checkpoint.note, key);
    expect(opened).toMatchObject({ size: checkpoint.size, origin: expect.stringContaining(admin.tenantId) });
    const text = await admin.client.get('/trail/checkpoint', { headers: { accept: 'text/plain' } });
    expect([text.headers['content-type'], text.text]).toEqual(['text/plain; charset=utf-8', checkpoint.note]);

    for (const { id } of (await list('?limit=200')).items) {
      const { body } = await admin.client.get<{ entry: string; leafIndex: number; hashes: string[] }>(`/trail/entries/${id}/proof`);
      expect(verifyInclusion({ index: body.leafIndex, size: checkpoint.size, leaf: leafHash(Buffer.from(body.entry)), proof: body.hashes.map((hash) => Buffer.from(hash, 'base64')), root: opened?.root ?? Buffer.alloc(32) })).toBe(true);
      const file = parseTlogProof((await admin.client.get(`/trail/entries/${id}/proof`, { headers: { accept: 'text/plain' } })).text);
      expect(file).toMatchObject({ index: body.leafIndex, checkpoint: checkpoint.note });
    }

    await record(4);
    await sequence();
    const { body } = await admin.client.get<{ from: number; to: number; fromRoot: string; toRoot: string; hashes: string[] }>(`/trail/consistency?from=${checkpoint.size}`);
    expect(body).toMatchObject({ to: checkpoint.size + 4, fromRoot: checkpoint.rootHash });
    const hash = (value: string) => Buffer.from(value, 'base64');
    expect(verifyConsistency({ from: body.from, to: body.to, fromRoot: hash(body.fromRoot), toRoot: hash(body.toRoot), proof: body.hashes.map(hash) })).toBe(true);
  });

  it.each(['', '?from=x', '?from=-1', '?from=99999', '?from=3&to=2', '?from=1&to=99999', '?from=01'])('refuses /trail/consistency%s', async (query) => {
    const { status, body } = await admin.client.get(`/trail/consistency${query}`);
    expect([status, body['code']]).toEqual([400, 'PLATFORM_REQUEST_INVALID']);
  });

  it('shows another organization nothing of it, not even that an entry exists', async () => {
    const ours = (await list('?limit=200')).items.map(({ id }) => id);
    const theirs = (await list('?limit=200', stranger.client)).items.map(({ id }) => id);
    expect(ours.filter((id) => theirs.includes(id))).toEqual([]);
    const foreign = await stranger.client.get(`/trail/entries/${ours[0] ?? ''}/proof`);
    const unknown = await stranger.client.get('/trail/entries/019a0000-0000-7000-8000-00000000ffff/proof');
    expect([foreign.status, foreign.body['code'], foreign.body['detail']]).toEqual([404, 'TRAIL_ENTRY_NOT_FOUND', unknown.body['detail']]);
    expect((await stranger.client.get('/trail/entries/not-an-id/proof')).status).toBe(404);
    expect((await stranger.client.as(null).get('/trail')).status).toBe(401);
  });
});
