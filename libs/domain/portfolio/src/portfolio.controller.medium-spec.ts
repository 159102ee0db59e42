import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { EvidenceModule } from '@roster/evidence';
import { FrameworksModule } from '@roster/frameworks';
import { InventoryModule } from '@roster/inventory';
import { newId } from '@roster/platform-context';
import { createTestApp, createTestDatabase, FakeClock, testConfig, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { PortfolioHttpModule } from './portfolio-http.module.js';

describe('GET /portfolio', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  const clock = new FakeClock('2026-06-01T09:00:00Z');

  const signUp = async (name: string): Promise<{ cookie: string; tenantId: string }> => {
    const answer = await app.inject({ method: 'POST', url: '/api/v1/sign-up', headers: { 'sec-fetch-site': 'same-origin' },
      payload: { organization: { name }, user: { name: 'Ada', email: `ada@${name.toLowerCase()}.example`, password: 'correct horse battery staple' } } });
    expect(answer.statusCode).toBe(201);
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    const me = await app.inject({ method: 'GET', url: '/api/v1/me', headers: { cookie } });
    return { cookie, tenantId: (me.json() as { organization: { id: string } }).organization.id };
  };
  const addWorkload = async (tenantId: string, key: string): Promise<void> => {
    const client = new Client({ connectionString: db.adminUrl });
    await client.connect();
    await client.query(`SELECT set_config('app.tenant_id', $1, false)`, [tenantId]);
    await client.query(`INSERT INTO workload (tenant_id, id, key, name, registered_at, updated_at) VALUES ($1, $2, $3, $5, $4, $4)`, [tenantId, newId(), key, clock.now(), key]);
    await client.end();
  };

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await createTestApp({ config: testConfig(db), clock, imports: [FrameworksModule, InventoryModule, EvidenceModule, PortfolioHttpModule] });
  });
  afterAll(async () => {
    await app.close();
    await db.drop();
  });

  it('counts an organization, names the rows behind each figure, and sees nothing of another one', async () => {
    const mine = await signUp('Mine');
    const theirs = await signUp('Theirs');
    await addWorkload(theirs.tenantId, 'CANARY');
    await addWorkload(mine.tenantId, 'ONE');
    await addWorkload(mine.tenantId, 'TWO');
    const answer = await app.inject({ method: 'GET', url: '/api/v1/portfolio', headers: { cookie: mine.cookie } });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      funnel: [{ stage: null, hardening: false, count: 2 }], total: { count: 2 }, unowned: { count: 2, rows: '/api/v1/workloads?filter[unowned]=true&filter[lifecycle][ne]=retired' }, incomplete: { count: 2 },
      punctuality: { due: 0, onTime: 0, rate: null, reference: 0.4, overdue: 0 }, forecast: { count: 0, next: [] }, concentration: [],
    });
    expect(answer.body).not.toContain('CANARY');
  });

  it('needs a sign-in', async () => {
    expect((await app.inject({ method: 'GET', url: '/api/v1/portfolio' })).statusCode).toBe(401);
  });
});
