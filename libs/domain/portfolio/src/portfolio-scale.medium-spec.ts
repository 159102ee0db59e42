import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ClassificationHttpModule } from '@roster/classification';
import { EvidenceHttpModule } from '@roster/evidence';
import { FrameworkCatalogue, FrameworksModule } from '@roster/frameworks';
import { IncidentsHttpModule } from '@roster/incidents';
import { InventoryHttpModule } from '@roster/inventory';
import { NotificationsHttpModule } from '@roster/notifications';
import { ReviewEditions, ReviewsHttpModule } from '@roster/reviews';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { PortfolioHttpModule } from './portfolio-http.module.js';

/** Enough to walk pages and weeks; ROSTER_PLAN_ROWS=100000 prints how long a large organization takes. */
const ROWS = Number(process.env['ROSTER_PLAN_ROWS'] ?? 600);
const NOW = '2026-06-01T09:00:00.000Z';
/** SQL of an id that depends on a text, in the form of our ids. */
const idOf = (text: string): string => `overlay(overlay(md5(${text}) placing '7' from 13) placing '8' from 17)::uuid`;

/** One in fifty is retired ten days ago, one in three has no stage. What is missing repeats from 0 to 8. */
const WORKLOADS = `
  INSERT INTO workload (tenant_id, id, key, name, team, risk_tier, executes_tools, processes_real_data, lifecycle, retired_at, retire_reason, decommission_record, stage, missing_evidence, registered_at, updated_at)
  SELECT $1::uuid, ${idOf(`$1::uuid::text || i`)}, $3::text || i, 'Workload ' || i, 'Team ' || i % 7, (ARRAY['low', 'medium', 'high', NULL])[1 + i % 4], 'no', 'yes', CASE WHEN i % 50 = 0 THEN 'retired' ELSE 'active' END,
         CASE WHEN i % 50 = 0 THEN $4::timestamptz - interval '10 days' END, CASE WHEN i % 50 = 0 THEN 'x' END, CASE WHEN i % 50 = 0 THEN '"x"'::jsonb END,
         (ARRAY['experiment', 'pilot', NULL])[1 + i % 3], CASE WHEN i % 3 <> 2 THEN i % 9 END, $4::timestamptz - interval '200 days', $4::timestamptz - i * interval '1 minute'
    FROM generate_series(1, $2::int) i`;
/** Everything with a stage began as an Experiment 100 days ago; the Pilots became that 20 days ago. */
const CLASSIFICATIONS = `
  INSERT INTO classification (tenant_id, id, workload_id, number, tree_digest, edition, policy_digest, stage, hardening, undetermined, frozen, trace, trace_digest, triggers, decided_at, previous_id)
  SELECT $1::uuid, ${idOf(`'c' || n || w.id`)}, w.id, n, 'sha256:' || repeat('a', 64), 'psf-1.1', repeat('b', 64), CASE n WHEN 1 THEN 'experiment' ELSE 'pilot' END, false, false, false, '{}', repeat('c', 64), ARRAY['test'],
         $2::timestamptz - CASE n WHEN 1 THEN interval '100 days' ELSE interval '20 days' END, CASE n WHEN 2 THEN ${idOf(`'c1' || w.id`)} END
    FROM workload w, generate_series(1, 2) n WHERE w.tenant_id = $1 AND (n = 1 AND w.stage IS NOT NULL OR w.stage = 'pilot') ORDER BY n`;
/** One workload in five has a review that was due 35 days ago; every second of these was done 14 days ago, too late. */
const REVIEWS = `
  INSERT INTO review (tenant_id, id, workload_id, status, due_at, overdue_at, regular_due_at, closed_at, skip_reason, created_at, updated_at)
  SELECT $1::uuid, ${idOf(`'r' || w.id`)}, w.id, CASE WHEN n % 2 = 0 THEN 'skipped' ELSE 'due' END, $2::timestamptz - interval '35 days', $2::timestamptz - interval '34 days', $2::timestamptz - interval '35 days',
         CASE WHEN n % 2 = 0 THEN $2::timestamptz - interval '14 days' END, CASE WHEN n % 2 = 0 THEN 'Test' END, $2::timestamptz - interval '90 days', $2::timestamptz - interval '14 days'
    FROM (SELECT id, row_number() OVER (ORDER BY key) AS n FROM workload WHERE tenant_id = $1) w WHERE n % 10 IN (1, 2)`;
/** One workload in ten leans on accepted evidence that expires within 90 days, and falls when it does. */
const EVIDENCE = [
  `INSERT INTO evidence_item (tenant_id, id, kind, title, created_at, updated_at) SELECT $1::uuid, ${idOf(`'e' || id`)}, 'document', 'Runbook of ' || key, $2::timestamptz, $2::timestamptz FROM workload WHERE tenant_id = $1 AND missing_evidence = 3`,
  `INSERT INTO evidence_version (tenant_id, item_id, version, url, status, expires_at, submitted_at, checked_at, decided_at, decided_by, decider_member_id)
   SELECT $1::uuid, ${idOf(`'e' || id`)}, 1, 'https://example.org', 'accepted', $2::timestamptz + (1 + abs(hashtext(key)) % 80) * interval '1 day', $2::timestamptz, $2::timestamptz, $2::timestamptz, '{"type":"member","id":"x","name":"x"}', (SELECT id FROM member WHERE tenant_id = $1 LIMIT 1) FROM workload WHERE tenant_id = $1 AND missing_evidence = 3`,
  `INSERT INTO evidence_link (tenant_id, id, item_id, workload_id, edition, requirement_key, status, proposed_at, decided_at, decided_by, decider_member_id)
   SELECT $1::uuid, ${idOf(`'l' || id`)}, ${idOf(`'e' || id`)}, id, 'psf-1.1', $3, 'accepted', $2::timestamptz, $2::timestamptz, '{"type":"member","id":"x","name":"x"}', (SELECT id FROM member WHERE tenant_id = $1 LIMIT 1) FROM workload WHERE tenant_id = $1 AND missing_evidence = 3`,
  `INSERT INTO classification_forecast (tenant_id, workload_id, falls_at, from_stage, to_stage, hardening, because, computed_at)
   SELECT $1::uuid, id, $2::timestamptz + (1 + abs(hashtext(key)) % 80) * interval '1 day', 'pilot', 'experiment', false, '[]', $2::timestamptz FROM workload WHERE tenant_id = $1 AND missing_evidence = 3 AND stage = 'pilot' AND lifecycle = 'active'`,
];

describe(`the portfolio of ${ROWS} workloads`, () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  let mine: SignedInClient;
  let theirs: SignedInClient;
  const clock = new FakeClock(NOW);
  const figures: string[] = [];

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await createTestApp({ config: testConfig(db), clock, imports: [
      FrameworksModule, InventoryHttpModule, EvidenceHttpModule, IncidentsHttpModule, NotificationsHttpModule, ReviewsHttpModule, ClassificationHttpModule, PortfolioHttpModule,
      { module: class Editions {}, global: true, providers: [{ provide: ReviewEditions, useFactory: () => FrameworkCatalogue.load() }], exports: [ReviewEditions] },
    ] });
    const anybody = await TestClient.of(app);
    mine = await anybody.signUp({ name: 'Mine' });
    theirs = await anybody.signUp({ name: 'Theirs' });
    const admin = new Client({ connectionString: db.adminUrl });
    await admin.connect();
    const requirement = app.get(FrameworkCatalogue).requirementsOf('psf-1.1')[0]?.key ?? '';
    for (const [org, count, prefix] of [[mine, ROWS, 'WL-'], [theirs, 40, 'CANARY-']] as const) {
      await admin.query('BEGIN');
      await admin.query(`SELECT set_config('app.tenant_id', $1, true), set_config('app.now', $2, true)`, [org.tenantId, NOW]);
      await admin.query(WORKLOADS, [org.tenantId, count, prefix, NOW]);
      await admin.query(`INSERT INTO classification_tree (tenant_id, digest, tree_id, document, first_used_at) VALUES ($1, 'sha256:' || repeat('a', 64), 'test', '{}', $2)`, [org.tenantId, NOW]);
      await admin.query(CLASSIFICATIONS, [org.tenantId, NOW]);
      await admin.query(REVIEWS, [org.tenantId, NOW]);
      for (const [index, statement] of EVIDENCE.entries()) await admin.query(statement, index === 2 ? [org.tenantId, NOW, requirement] : [org.tenantId, NOW]);
      await admin.query('COMMIT');
    }
    await admin.query('VACUUM ANALYZE workload, classification, review, evidence_version, evidence_link, evidence_item');
    await admin.end();
  }, 600_000);
  afterAll(async () => {
    if (process.env['ROSTER_PLAN_ROWS'] !== undefined) process.stdout.write(`${figures.join('\n')}\n`);
    await app.close();
    await db.drop();
  });
  const read = async <Body>(path: string, who = mine): Promise<Body> => {
    const started = performance.now();
    const { status, body, text } = await who.client.get<Body & Record<string, unknown>>(path);
    figures.push(`${Math.round(performance.now() - started)} ms  ${path}`);
    if (status !== 200) throw new Error(text);
    if (who === mine) expect(text).not.toContain('CANARY');
    return body;
  };
  interface Heatmap { edition: string; total?: number; nextCursor: string | null; domains: { id: string; name: string }[]; items: { key: string; met: number; total: number; tier: string; tierIsSet: boolean; cells: { domain: string; status: string; met: number; total: number }[] }[] }

  it('shows the heatmap in pages, most missing first, with every domain of the edition', async () => {
    const first = await read<Heatmap>('/portfolio/heatmap?limit=50&count=true&filter[lifecycle][ne]=retired');
    expect(first.total).toBe(ROWS - Math.floor(ROWS / 50));
    expect(first.domains.map(({ id }) => id)).toEqual(first.items[0]?.cells.map(({ domain }) => domain));
    const missing = await read<{ items: { key: string; missingEvidence: number | null }[] }>('/workloads?limit=50&sort=-missingEvidence&filter[lifecycle][ne]=retired');
    expect(first.items.map(({ key }) => key)).toEqual(missing.items.map(({ key }) => key));
    expect(missing.items.map(({ missingEvidence }) => missingEvidence)).toEqual([...missing.items.map(({ missingEvidence }) => missingEvidence)].sort((a, b) => (b ?? -1) - (a ?? -1)));
    const second = await read<Heatmap>(`/portfolio/heatmap?limit=50&filter[lifecycle][ne]=retired&cursor=${encodeURIComponent(first.nextCursor ?? '')}`);
    expect(second.items.filter(({ key }) => first.items.some((row) => row.key === key))).toEqual([]);
  });

  it('takes the filters of the inventory, and computes a cell by the rules of coverage', async () => {
    const { items } = await read<Heatmap>('/portfolio/heatmap?filter[missingEvidence]=3&filter[team]=team 3&filter[lifecycle]=active&limit=200');
    expect(items.length).toBeGreaterThan(0);
    for (const { key, cells, met, total } of items) {
      expect({ key, met, total }).toEqual({ key, met: cells.reduce((sum, cell) => sum + cell.met, 0), total: cells.reduce((sum, cell) => sum + cell.total, 0) });
      expect(cells[0]?.met).toBe(1);
      expect(cells.slice(1).map(({ status, met: each }) => [status, each])).toEqual(cells.slice(1).map(() => ['missing', 0]));
    }
    expect((await mine.client.get('/portfolio/heatmap?filter[missingEvidence]=many')).body['code']).toBe('PLATFORM_REQUEST_INVALID');
  });

  it('counts stages and overdue reviews week by week', async () => {
    const { points } = await read<{ points: { at: string; experiment: number; pilot: number; overdue: number }[] }>('/portfolio/trend?weeks=20');
    const { funnel } = await read<{ funnel: { stage: string | null; count: number }[] }>('/portfolio');
    const now = { experiment: funnel.find(({ stage }) => stage === 'experiment')?.count ?? 0, pilot: funnel.find(({ stage }) => stage === 'pilot')?.count ?? 0 };
    const at = (weeksAgo: number) => points.at(-1 - weeksAgo);
    const count = async (path: string): Promise<number> => (await read<{ total: number }>(`/workloads?limit=1&count=true&${path}`)).total;
    const retired = { experiment: await count('filter[lifecycle]=retired&filter[stage]=experiment'), pilot: await count('filter[lifecycle]=retired&filter[stage]=pilot') };
    expect(points).toHaveLength(21);
    expect(at(0)).toMatchObject({ at: NOW, ...now });
    // Ten days ago the retired ones were still there; twenty days ago the Pilots were Experiments; a hundred days ago there was nothing.
    expect(at(2)).toMatchObject({ experiment: now.experiment + retired.experiment, pilot: now.pilot + retired.pilot });
    expect(at(3)).toMatchObject({ experiment: now.experiment + retired.experiment + now.pilot + retired.pilot, pilot: 0 });
    expect(at(15)).toMatchObject({ experiment: 0, pilot: 0 });
    const reviews = ROWS / 5;
    expect([at(0), at(1), at(3), at(4), at(5)].map((point) => point?.overdue)).toEqual([reviews / 2, reviews / 2, reviews, reviews, 0]);
    for (const weeks of ['0', '105', 'x', '1.5']) expect((await mine.client.get(`/portfolio/trend?weeks=${weeks}`)).status).toBe(400);
  });

  it('lists the changes behind the movement, newest first', async () => {
    const { movement } = await read<{ movement: { from: string | null; to: string; count: number }[] }>('/portfolio');
    expect(movement).toEqual([{ from: 'experiment', to: 'pilot', count: expect.any(Number) }]);
    interface Changes { items: { key: string; from: string | null; to: string; at: string }[]; nextCursor: string | null }
    const found: string[] = [];
    for (let cursor: string | null = ''; cursor !== null && found.length < 1_000;) {
      const page: Changes = await read<Changes>(`/portfolio/movements?limit=200&filter[from]=experiment&filter[to]=pilot${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      found.push(...page.items.map(({ key }) => key));
      cursor = page.nextCursor;
    }
    expect(new Set(found).size).toBe(found.length);
    if (ROWS <= 1_000) expect(found).toHaveLength(movement[0]?.count ?? -1);
    const first = await read<Changes>('/portfolio/movements?limit=5&filter[from]=none&filter[withinDays]=120');
    expect(first.items.map(({ from, to }) => [from, to])).toEqual(first.items.map(() => [null, 'experiment']));
    expect((await read<Changes>('/portfolio/movements?filter[to]=scaled')).items).toEqual([]);
    for (const wrong of ['filter[to]=done', 'count=true', 'sort=at', 'filter[withinDays]=1&filter[withinDays]=2']) expect((await mine.client.get(`/portfolio/movements?${wrong}`)).status).toBe(400);
  });

  it('foresees what expires and falls, day by day', async () => {
    interface Decay { expiring: number; falls: number; days: { date: string; expiring: number; falls: number }[]; next: { title: string; expiresAt: string; workloads: number; first: { key: string }[] }[] }
    const decay = await read<Decay>('/portfolio/decay?days=90');
    const expected = await read<{ total: number }>('/workloads?limit=1&count=true&filter[missingEvidence]=3');
    expect(decay.expiring).toBe(expected.total);
    expect([decay.days.reduce((sum, day) => sum + day.expiring, 0), decay.days.reduce((sum, day) => sum + day.falls, 0)]).toEqual([decay.expiring, decay.falls]);
    expect(decay.days.map(({ date }) => date)).toEqual([...decay.days.map(({ date }) => date)].sort());
    expect(decay.next.map(({ expiresAt }) => expiresAt)).toEqual([...decay.next.map(({ expiresAt }) => expiresAt)].sort());
    const one = decay.next.find(({ workloads }) => workloads === 1);
    expect(one?.title).toBe(`Runbook of ${one?.first[0]?.key ?? '?'}`);
    const week = await read<Decay>('/portfolio/decay?days=7');
    expect(week.expiring).toBeLessThan(decay.expiring);
    expect(week.next.every(({ expiresAt }) => expiresAt <= '2026-06-08T09:00:00.000Z')).toBe(true);
    // Any part of the period, however late: its first instant is part of it, its last is not.
    const late = decay.days.filter(({ expiring }) => expiring > 0).at(-1) ?? { date: '', expiring: 0 };
    const expiries = (await read<Decay>(`/portfolio/decay?days=90&from=${late.date}T00:00:00Z&until=2027-01-01T00:00:00Z`)).next.map(({ expiresAt }) => expiresAt);
    const [first = '', last = ''] = [expiries[0], expiries.at(-1)];
    expect(expiries.length).toBe(Math.min(200, late.expiring));
    const partOf = async (from: string, until: string) => (await read<Decay>(`/portfolio/decay?days=90&from=${from}&until=${until}`)).expiring;
    const next = new Date(Date.parse(last) + 1).toISOString();
    expect([await partOf(first, next), await partOf(next, '2027-01-01T00:00:00Z'), await partOf('2020-01-01T00:00:00Z', first) + late.expiring]).toEqual([late.expiring, 0, decay.expiring]);
    for (const wrong of ['from=2026-06-08T00:00:00Z', 'until=2026-06-08T00:00:00Z', 'from=2026-06-08&until=2026-06-09', 'from=2026-06-08T00:00:00Z&until=2026-06-08T00:00:00Z']) expect((await mine.client.get(`/portfolio/decay?${wrong}`)).status).toBe(400);
  });

  it('shows another organization its own figures only', async () => {
    expect((await read<Heatmap>('/portfolio/heatmap?limit=200', theirs)).items.every(({ key }) => key.startsWith('CANARY-'))).toBe(true);
    expect((await read<{ points: { overdue: number }[] }>('/portfolio/trend', theirs)).points.at(-1)?.overdue).toBe(4);
    for (const path of ['heatmap', 'movements', 'trend', 'decay']) {
      expect((await mine.client.as(null).get(`/portfolio/${path}`)).status).toBe(401);
      const { key } = await mine.client.createKey(['inventory:workload:read']);
      expect((await mine.client.as(key).get(`/portfolio/${path}`)).body['code']).toBe('ACCESS_PERMISSION_MISSING');
    }
  });
});
