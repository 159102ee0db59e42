import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { EvidenceHttpModule } from '@roster/evidence';
import { FrameworksHttpModule } from '@roster/frameworks';
import { InventoryHttpModule } from '@roster/inventory';
import { asAdmin, createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { TenantScope } from '@roster/platform-context';
import { PortfolioSearchHttpModule } from './search.module.js';
import type { SearchResultDto } from './search.dto.js';
import { SearchRepository } from './search.repository.js';

const ROWS = Number(process.env['ROSTER_PLAN_ROWS'] ?? 2_000);

describe('GET /search', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  let ada: SignedInClient;
  let other: SignedInClient;
  const clock = new FakeClock('2026-05-10T12:00:00Z');
  const search = async (who: TestClient, q: string): Promise<SearchResultDto> => (await who.get<SearchResultDto>(`/search?q=${encodeURIComponent(q)}`)).body;

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await createTestApp({ config: testConfig(db), clock, imports: [PortfolioSearchHttpModule, InventoryHttpModule, EvidenceHttpModule, FrameworksHttpModule] });
    const client = await TestClient.of(app);
    ada = await client.signUp({}, { name: 'Ada Lovelace' });
    other = await client.signUp({}, { name: 'Claims CANARY' });
    for (const [who, key, name, purpose] of [[ada, 'CLAIMS', 'Reader', 'x'], [ada, 'BOT', 'Claims triage', 'x'], [ada, 'PAY', 'Payments', 'Answers about claims'], [other, 'CANARY', 'Claims CANARY', 'x']] as const) {
      await who.client.post('/workloads', { key, name, kind: 'agent', purpose, team: 'T', riskOwner: who.email, processesRealData: 'unknown' });
      await who.client.post('/evidence', { kind: 'link', title: `Runbook of ${name}`, url: 'https://example.test/x', links: [] });
    }
    await ada.client.invite('viewer', { name: 'Claims Person' });
  });
  afterAll(async () => {
    await app.close();
    await db.drop();
  });

  it('finds workloads, people and evidence of the organization, best first', async () => {
    const found = await search(ada.client, 'claims');
    expect(found.workloads.items.map(({ key }) => key)).toEqual(['CLAIMS', 'BOT', 'PAY']);
    expect(found.people?.items.map(({ name }) => name)).toEqual(['Claims Person']);
    expect(found.evidence?.items.map(({ title }) => title)).toEqual(['Runbook of Claims triage']);
    expect(found).toMatchObject({ q: 'claims', withheld: [], workloads: { more: false } });
    expect(JSON.stringify(found)).not.toContain('CANARY');
    expect((await search(ada.client, 'nothing at all')).workloads).toEqual({ items: [], more: false });
    expect((await search(other.client, 'claims')).workloads.items.map(({ key }) => key)).toEqual(['CANARY']);
  });

  it('takes what is typed as text and not as a pattern', async () => {
    for (const q of ['%', '_', '\\', '\'', '"', '(', ':*', '&']) expect((await ada.client.get(`/search?q=${encodeURIComponent(q)}`)).status).toBe(200);
    expect((await search(ada.client, '%')).evidence?.items).toEqual([]);
  });

  it('leaves out what the caller may not see, and says which permission that is', async () => {
    const { key } = await ada.client.createKey(['inventory:workload:read']);
    const found = await search(ada.client.as(key), 'claims');
    expect(found).toMatchObject({ people: null, evidence: null, withheld: ['access:member:read', 'evidence:item:read'] });
    expect(found.workloads.items).toHaveLength(3);
  });

  it.each(['', '   ', 'x'.repeat(201), Array.from({ length: 11 }, () => 'a').join(' ')])('refuses %j', async (q) => {
    expect((await ada.client.get(`/search?q=${encodeURIComponent(q)}`)).status).toBe(400);
  });

  it('finds evidence as the library does: by words, file name and address, and nothing that was withdrawn', async () => {
    await ada.client.post('/evidence', { kind: 'link', title: 'Yearly test of recovery', url: 'https://zeppelin.test/report', links: [] });
    for (const q of ['recovery yearly', 'zeppelin']) expect((await search(ada.client, q)).evidence?.items.map(({ title }) => title)).toEqual(['Yearly test of recovery']);
    await asAdmin(db, ada.tenantId, clock.now(), (admin) => admin.query(`UPDATE evidence_item SET withdrawn_at = $2 WHERE tenant_id = $1 AND title LIKE 'Yearly%'`, [ada.tenantId, clock.now()]));
    expect((await search(ada.client, 'zeppelin')).evidence?.items).toEqual([]);
  });

  it(`ranks the name itself first among ${ROWS} that match as well, and reads evidence through its index`, async () => {
    const sql = new Client({ connectionString: db.adminUrl });
    await sql.connect();
    await sql.query('BEGIN');
    await sql.query(`SELECT set_config('app.tenant_id', $1, true), set_config('app.now', $2, true)`, [ada.tenantId, clock.now().toISOString()]);
    await sql.query(`INSERT INTO workload (tenant_id, id, key, name, purpose, registered_at, updated_at) SELECT $1, gen_random_uuid(), 'MANY-' || i, 'Many assistants ' || i, 'Answers ' || md5(i::text), $2, $2 FROM generate_series(1, $3::int) i`, [ada.tenantId, clock.now(), ROWS]);
    await sql.query(`INSERT INTO evidence_item (tenant_id, id, kind, title, created_at, updated_at) SELECT $1, gen_random_uuid(), 'document', 'Report ' || i, $2, $2 FROM generate_series(1, $3::int) i`, [ada.tenantId, clock.now(), ROWS]);
    await sql.query('COMMIT');
    await sql.query('VACUUM ANALYZE workload, workload_search, evidence_item');
    await sql.end();
    const repository = app.get(SearchRepository);
    const sent: { sql: string; values: readonly unknown[] }[] = [];
    const recording = Object.assign(Object.create(repository) as SearchRepository, { rows: (_scope: unknown, text: string, values: readonly unknown[]) => { sent.push({ sql: text, values }); return Promise.resolve([]); } });
    const scope = TenantScope.forSystem(ada.tenantId, 'test');
    await recording.workloads(scope, 'assistants 99');
    await recording.evidence(scope, 'report 5', 6);
    // Registered last, so that no look at some of the matches comes upon them by chance.
    for (const [key, name] of [['LATE-1', 'Assistants'], ['LATE-2', 'Assistants at night']] as const) await ada.client.post('/workloads', { key, name, kind: 'agent', purpose: 'x', team: 'T', riskOwner: ada.email, processesRealData: 'unknown' });
    expect((await search(ada.client, 'assistants')).workloads).toMatchObject({ more: true, items: [{ key: 'LATE-1' }, { key: 'LATE-2' }, {}, {}, {}, {}] });
    expect((await search(ada.client, 'many-')).workloads.items.every(({ key }) => key.startsWith('MANY-'))).toBe(true);
    const times: number[] = [];
    for (const q of ['many', 'MANY-77', 'assistants 99', 'report 5', 'zzzz', 'a', 'claims', 'answers', 'lovelace', 'Many assistants 1']) {
      const started = performance.now();
      expect((await ada.client.get(`/search?q=${encodeURIComponent(q)}`)).status).toBe(200);
      times.push(performance.now() - started);
    }
    if (process.env['ROSTER_PLAN_ROWS'] !== undefined) process.stdout.write(`search among ${ROWS}: ${times.map((time) => time.toFixed(1)).join(' ')} ms\n`);
    // What reads no table row by row costs the same however many rows there are; a clock on a busy machine would not tell.
    const asked = new Client({ connectionString: db.appUrl });
    await asked.connect();
    // Small tables are read as they are; what has an index keeps it when there is no other way.
    await asked.query(`SELECT set_config('app.tenant_id', $1, false), set_config('enable_seqscan', 'off', false)`, [ada.tenantId]);
    for (const { sql, values } of sent) {
      const { rows } = await asked.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, [...values]);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toMatch(/Function Scan on search_(workloads|evidence)/);
      expect(plan).not.toMatch(/Seq Scan|position/);
    }
    expect(sent).toHaveLength(2);
    await asked.end();
  }, 120_000);
});
