import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHttpApp } from '@roster/platform-http';
import { RosterLogger } from '@roster/platform-logging';
import { createTestDatabase, TestClient, testConfig, type SignedInClient, type TestAnswer, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { ApiModule } from '../../apps/api/src/api.module.js';

const POOL = 2;
let db: TestDatabase;
let app: NestFastifyApplication;
let oracle: Client;
const tenants: { canary: string; admin: SignedInClient }[] = [];

beforeAll(async () => {
  db = await createTestDatabase();
  oracle = new Client({ connectionString: db.adminUrl });
  await oracle.connect();
  app = await createHttpApp(ApiModule.forRoot(testConfig(db, { databasePoolSize: POOL })), { trustedProxyHops: 0, logger: new RosterLogger('interleaving', 'silent') });
  const nobody = await TestClient.of(app);
  for (const canary of ['CANARYEAST', 'CANARYWEST']) {
    const admin = await nobody.signUp({ name: `${canary} organization` }, { name: `${canary} admin` });
    await admin.client.invite('viewer', { name: `${canary} guest` });
    await admin.client.post('/evidence', { kind: 'link', title: `${canary} evidence`, url: 'https://example.test/' });
    tenants.push({ canary, admin });
  }
}, 60_000);
afterAll(async () => {
  await app.close();
  await oracle.end();
  await db.drop();
});

/** What each request asks for; every answer carries the canary of its organization. */
const REQUESTS: ((client: TestClient, canary: string, round: number) => Promise<TestAnswer>)[] = [
  (client) => client.get('/me'),
  (client) => client.get('/members?limit=200'),
  (client) => client.get('/organization'),
  (client, canary, round) => client.patch('/organization', { name: `${canary} organization ${round}` }),
  (client, canary, round) => client.post('/evidence', { kind: 'link', title: `${canary} evidence ${round}`, url: 'https://example.test/' }),
  (client) => client.get('/evidence?limit=200'),
  (client) => client.get('/trail?limit=200'),
  (client, canary, round) => client.post('/api-keys', { name: `${canary} key ${round}`, permissions: ['evidence:item:read'] }),
];

/** The answer to a submission names ids only. */
const SUBMISSION = 4;

describe(`64 requests of two organizations at once over ${POOL} connections`, () => {
  it.each([1, 2, 3])('leak nothing, fail nowhere, and write each into its own organization (round %i)', async (round) => {
    const jobs = Array.from({ length: 64 }, (_, index) => ({ tenant: tenants[index % 2], ask: REQUESTS[Math.floor(index / 2) % REQUESTS.length], index }));
    const answers = await Promise.all(jobs.map(async ({ tenant, ask, index }) => {
      if (!tenant || !ask) throw new Error('nothing to ask');
      return { index, tenant, answer: await ask(tenant.admin.client, tenant.canary, round * 100 + index) };
    }));
    // Two changes of one organization at the same instant may meet: one of them is told so.
    expect(answers.filter(({ answer }) => answer.status >= 400 && answer.status !== 409).map(({ index, answer }) => `${index}: ${answer.status} ${answer.text}`)).toEqual([]);
    const leaks = answers.filter(({ tenant, answer }) => tenants.some((other) => other !== tenant && answer.text.includes(other.canary)));
    expect(leaks.map(({ index, answer }) => `${index}: ${answer.text}`)).toEqual([]);
    expect(answers.filter(({ index, tenant, answer }) => Math.floor(index / 2) % REQUESTS.length !== SUBMISSION && answer.status < 300 && !answer.text.includes(tenant.canary)).map(({ index }) => index)).toEqual([]);
  }, 60_000);

  it('left every row where it belongs', async () => {
    for (const { canary, admin } of tenants) {
      for (const [table, column] of [['organization', 'name'], ['evidence_item', 'title'], ['api_key', 'name'], ['member', 'name']] as const) {
        const { rows } = await oracle.query<{ text: string }>(`SELECT ${column} AS text FROM ${table} WHERE tenant_id = $1`, [admin.tenantId]);
        expect(rows.length).toBeGreaterThan(0);
        expect(rows.filter(({ text }) => !text.startsWith(canary))).toEqual([]);
      }
    }
  });

  it('would notice a mix-up: a connection keeps no organization after its transaction', async () => {
    const { rows } = await oracle.query<{ setting: string | null }>(`SELECT current_setting('app.tenant_id', true) AS setting`);
    expect(rows[0]?.setting ?? '').toBe('');
    const app2 = new Client({ connectionString: db.appUrl });
    await app2.connect();
    try {
      await app2.query(`BEGIN; SELECT set_config('app.tenant_id', '${tenants[0]?.admin.tenantId ?? ''}', true)`);
      expect((await app2.query('SELECT FROM organization')).rowCount).toBe(1);
      await app2.query('COMMIT');
      expect((await app2.query('SELECT FROM organization')).rowCount).toBe(0);
    } finally {
      await app2.end();
    }
  });
});
