import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ClassificationHttpModule } from '@roster/classification';
import { EvidenceHttpModule } from '@roster/evidence';
import { FrameworkCatalogue, FrameworksModule } from '@roster/frameworks';
import { IncidentsHttpModule } from '@roster/incidents';
import { InventoryHttpModule } from '@roster/inventory';
import { NotificationsHttpModule } from '@roster/notifications';
import { newId } from '@roster/platform-context';
import { ReviewEditions, ReviewsHttpModule } from '@roster/reviews';
import { asAdmin, createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { HomeHttpModule } from './home/home-http.module.js';
import type { HomeDto } from './home/home.dto.js';
import { PortfolioHttpModule } from './portfolio-http.module.js';
import type { PortfolioDto } from './portfolio.dto.js';

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
    app = await createTestApp({ config: testConfig(db), clock, imports: [
      FrameworksModule, InventoryHttpModule, EvidenceHttpModule, IncidentsHttpModule, NotificationsHttpModule, ReviewsHttpModule, ClassificationHttpModule, PortfolioHttpModule, HomeHttpModule,
      { module: class Editions {}, global: true, providers: [{ provide: ReviewEditions, useFactory: () => FrameworkCatalogue.load() }], exports: [ReviewEditions] },
    ] });
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
      punctuality: { due: 0, onTime: 0, late: 0, notDone: 0, missedPeriods: 0, rate: null, reference: 0.4, overdue: 0, overdueRows: '/api/v1/reviews?filter[overdue]=true' }, forecast: { count: 0, next: [] }, concentration: [],
    });
    expect(answer.body).not.toContain('CANARY');
  });

  it('counts what the rows behind it are, on the portfolio and at home: stages, concentration of every dimension, and punctuality', async () => {
    const anybody = await TestClient.of(app);
    const [ada, theirs] = [await anybody.signUp({ name: 'Agree' }), await anybody.signUp({ name: 'Foreign' })];
    const must = async <Body>(answer: Promise<{ status: number; text: string; body: unknown }>): Promise<Body> => {
      const { status, text, body } = await answer;
      if (status > 299) throw new Error(`${status} ${text}`);
      return body as Body;
    };
    const parts: Record<string, object[]> = {
      ONE: [{ type: 'model', provider: 'Acme', name: 'acme-7b', version: '1' }, { type: 'tool', provider: 'ACME', name: 'Search' }], TWO: [{ type: 'model', provider: 'acme', name: 'acme-8b' }, { type: 'tool', provider: 'ACME', name: 'Search' }],
      THREE: [{ type: 'model', provider: 'R&D, own', name: 'house+1' }], RETIRED: [{ type: 'tool', provider: 'ACME', name: 'Search' }], PILOT: [{ type: 'tool', provider: 'ACME', name: 'Search' }],
    };
    for (const who of [ada, theirs]) {
      for (const [key, components] of Object.entries(parts)) {
        await must(who.client.post('/workloads', { key, name: key, kind: 'agent', purpose: 'Answers', team: 'Support', riskOwner: who.email, processesRealData: 'yes', jurisdictions: key === 'TWO' ? ['EU', 'us'] : ['eu'] }));
        await must(who.client.put(`/workloads/${key}/components`, { components }));
      }
      await asAdmin(db, who.tenantId, clock.now(), async (client) => {
        await client.query(`
          INSERT INTO review_schedule (tenant_id, id, workload_id, reason, tier, rrule, anchor_date, time_zone, due_at_local_time, next_due_at, classification_id, created_at, updated_at)
          SELECT $1, gen_random_uuid(), w.id, 'production', 'high', 'FREQ=MONTHLY', $2::timestamptz::date, 'UTC', '09:00', $2::timestamptz + interval '30 days', gen_random_uuid(), $2::timestamptz, $2::timestamptz FROM workload w WHERE w.tenant_id = $1`, [who.tenantId, clock.now()]);
        await client.query(`UPDATE workload SET stage = CASE key WHEN 'PILOT' THEN 'pilot' WHEN 'TWO' THEN 'scaled' ELSE 'production' END, hardening = key = 'PILOT', missing_evidence = 0,
          lifecycle = CASE key WHEN 'RETIRED' THEN 'retired' ELSE lifecycle END, retired_at = CASE key WHEN 'RETIRED' THEN $2::timestamptz END, retire_reason = CASE key WHEN 'RETIRED' THEN 'x' END, decommission_record = CASE key WHEN 'RETIRED' THEN '"x"'::jsonb END WHERE tenant_id = $1`, [who.tenantId, clock.now()]);
        // On time; late, while two periods passed; skipped after it had fallen due; open past its day; not due yet; due more than a year ago.
        await client.query(`
          INSERT INTO review (tenant_id, id, workload_id, status, due_at, overdue_at, regular_due_at, closed_at, submission, outcome, skip_reason, missed_periods, created_at, updated_at)
          SELECT $1, gen_random_uuid(), w.id, r.status, $2::timestamptz + r.due, $2::timestamptz + r.due + interval '12 hours', $2::timestamptz + r.due, $2::timestamptz + r.closed, CASE WHEN r.status = 'completed' THEN '{}'::jsonb END, CASE WHEN r.status = 'completed' THEN 'continue' END,
                 CASE WHEN r.status = 'skipped' THEN 'x' END, r.passed, $2, $2
            FROM (SELECT id FROM workload WHERE tenant_id = $1 AND key = 'ONE') w, (VALUES ('completed', interval '-90 days', interval '-90 days', 0), ('completed', '-60 days', '-20 days', 2), ('skipped', '-30 days', '-29 days', 0),
              ('due', '-5 days', NULL, 0), ('completed', '30 days', '-1 day', 0), ('completed', '-400 days', '-10 days', 0)) r(status, due, closed, passed)`, [who.tenantId, clock.now()]);
      });
    }
    const total = async (rows: string, who: SignedInClient = ada): Promise<number> => (await must<{ total: number }>(who.client.get(`${rows.replace('/api/v1', '')}${rows.includes('?') ? '&' : '?'}count=true`))).total;
    const portfolio = await must<PortfolioDto>(ada.client.get('/portfolio'));
    const { summary } = await must<HomeDto>(ada.client.get('/home'));
    if (!summary) throw new Error('Whoever signed up sees the summary');
    for (const concentration of [portfolio.concentration, summary.concentration]) {
      expect(concentration.map(({ dimension, name, workloads }) => [dimension, name.toLowerCase(), workloads])).toEqual([
        ['model', 'acme-7b', 1], ['model', 'acme-8b', 1], ['model', 'house+1', 1], ['component', 'search', 2], ['provider', 'acme', 2], ['provider', 'r&d, own', 1], ['risk_owner', ada.name.toLowerCase(), 3], ['region', 'eu', 3], ['region', 'us', 1],
      ]);
      for (const row of concentration) expect([row.dimension, row.name, await total(row.rows), await total(row.rows.replace(row.id, row.dimension === 'risk_owner' ? theirs.memberId : row.id), theirs) > 0]).toEqual([row.dimension, row.name, row.workloads, row.dimension !== 'model' && row.dimension !== 'component']);
    }
    for (const funnel of [portfolio.funnel, summary.funnel]) for (const step of funnel) expect([step.stage, await total(step.rows)]).toEqual([step.stage, step.count]);
    expect(portfolio.punctuality).toMatchObject({ due: 6, onTime: 1, late: 1, notDone: 2, missedPeriods: 2, rate: 1 / 6, overdue: 1 });
    expect(summary.punctuality).toMatchObject({ due: 6, onTime: 1, late: 1, notDone: 2, missedPeriods: 2, ratio: 1 / 6, rows: portfolio.punctuality.rows });
    const { rows } = portfolio.punctuality;
    expect([await total(rows.due), await total(rows.onTime), await total(rows.late), await total(rows.notDone), await total(rows.missedPeriods), await total(portfolio.punctuality.overdueRows)]).toEqual([4, 1, 1, 2, 1, 1]);
  });

  it('needs a sign-in', async () => {
    expect((await app.inject({ method: 'GET', url: '/api/v1/portfolio' })).statusCode).toBe(401);
  });
});
