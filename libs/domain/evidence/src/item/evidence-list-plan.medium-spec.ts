import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { createTestContext, createTestDatabase, FakeClock, seedOrganization, testConfig, type TestDatabase, type TestOrganization } from '@roster/testing';
import { Client } from 'pg';
import { EvidenceModule } from '../evidence.module.js';
import { EvidenceItemRepository, type EvidenceFilter, type EvidencePage } from './evidence-item.repository.js';

/** Enough for the planner to prefer an index; ROSTER_PLAN_ROWS=100000 prints the figures of a large organization. */
const ROWS = Number(process.env['ROSTER_PLAN_ROWS'] ?? 5_000);
const NOW = new Date('2026-05-01T12:00:00.000Z');
const ALL: EvidenceFilter = { kinds: null, statuses: null, workloadIds: null, requirementKeys: null, now: NOW, submitterIds: null, expiry: [], awaiting: null, search: null };

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Actual Rows'?: number;
  readonly Plans?: PlanNode[];
}

describe(`the list of ${ROWS} items of evidence under row security`, () => {
  let db: TestDatabase;
  let context: INestApplicationContext;
  let app: Client;
  let org: TestOrganization;
  let workloadId: string;
  const figures: string[] = [];

  beforeAll(async () => {
    db = await createTestDatabase();
    context = await createTestContext({ config: testConfig(db), clock: new FakeClock(NOW), imports: [EvidenceModule] });
    org = await seedOrganization(db, { members: 20 });
    const other = await seedOrganization(db);
    const admin = new Client({ connectionString: db.adminUrl });
    await admin.connect();
    for (const [tenant, count] of [[org, ROWS], [other, 1_000]] as const) {
      await admin.query('BEGIN');
      await admin.query(`SELECT set_config('app.tenant_id', $1, true), set_config('app.now', $2, true)`, [tenant.tenantId, NOW.toISOString()]);
      await admin.query(`INSERT INTO workload (tenant_id, id, key, name, registered_at, updated_at) SELECT $1, gen_random_uuid(), 'WL-' || i, 'Workload ' || i, $2, $2 FROM generate_series(1, 200) i`, [tenant.tenantId, NOW]);
      await admin.query(`
        INSERT INTO evidence_item (tenant_id, id, kind, title, created_at, updated_at)
        SELECT $1, gen_random_uuid(), (ARRAY['document', 'link', 'drill', 'contract', 'test_run'])[1 + i % 5], (ARRAY['Penetration test', 'Runbook', 'Fire drill', 'Contract', 'Evaluation'])[1 + i % 5] || ' ' || i,
               $3::timestamptz - i * interval '1 minute', $3::timestamptz - i * interval '1 minute' FROM generate_series(1, $2::int) i`, [tenant.tenantId, count, NOW]);
      await admin.query(`
        INSERT INTO evidence_version (tenant_id, item_id, version, url, expires_at, status, submitted_at, submitter_member_id, checked_at, decided_at, decided_by, decider_member_id)
        SELECT $1, i.id, 1, 'https://example.test/' || h, CASE WHEN h % 4 > 0 THEN $2::timestamptz + (h % 1000) * interval '1 day' END, s.status, $2, m.one, $2,
               CASE WHEN s.status = 'accepted' THEN $2::timestamptz END, CASE WHEN s.status = 'accepted' THEN '{"type":"member","id":"x","name":"x"}'::jsonb END, CASE WHEN s.status = 'accepted' THEN m.two END
          FROM (SELECT id, abs(hashtext(id::text)) AS h FROM evidence_item WHERE tenant_id = $1) i
          CROSS JOIN LATERAL (SELECT CASE WHEN h % 50 = 0 THEN 'submitted' ELSE 'accepted' END AS status) s
          CROSS JOIN LATERAL (SELECT CASE WHEN h % 100 = 1 THEN $3::uuid ELSE $4::uuid END AS one, CASE WHEN h % 100 = 1 THEN $4::uuid ELSE $3::uuid END AS two) m`,
      [tenant.tenantId, NOW, tenant.members[0]?.id, tenant.members[1]?.id ?? tenant.members[0]?.id].map((value) => value ?? null));
      await admin.query(`
        INSERT INTO evidence_link (tenant_id, id, item_id, workload_id, edition, requirement_key, status, proposed_at, proposer_member_id, decided_at, decided_by, decider_member_id)
        SELECT $1, gen_random_uuid(), i.id, w.id, 'psf-1.1', 'psf-1.1/PSF-' || (1 + h / 200 % 8) || '.1', CASE WHEN waits THEN 'proposed' ELSE 'accepted' END, $2, $3, CASE WHEN NOT waits THEN $2::timestamptz END,
               CASE WHEN NOT waits THEN '{"type":"member","id":"x","name":"x"}'::jsonb END, CASE WHEN NOT waits THEN $4::uuid END
          FROM (SELECT id, abs(hashtext(id::text)) AS h, abs(hashtext(id::text)) % 500 = 7 AS waits FROM evidence_item WHERE tenant_id = $1) i
          JOIN (SELECT id, row_number() OVER (ORDER BY key) AS n FROM workload WHERE tenant_id = $1) w ON w.n = 1 + i.h % 200`, [tenant.tenantId, NOW, tenant.members[0]?.id ?? null, tenant.members[1]?.id ?? null]);
      await admin.query('COMMIT');
    }
    workloadId = (await admin.query<{ id: string }>(`SELECT id FROM workload WHERE tenant_id = $1 AND key = 'WL-7'`, [org.tenantId])).rows[0]?.id ?? '';
    await admin.query('VACUUM ANALYZE evidence_item, evidence_version, evidence_link, workload');
    await admin.end();
    app = new Client({ connectionString: db.appUrl });
    await app.connect();
  }, 600_000);
  afterAll(async () => {
    if (process.env['ROSTER_PLAN_ROWS'] !== undefined) process.stdout.write(`${figures.join('\n')}\n`);
    await app.end();
    await context.close();
    await db.drop();
  });

  const explain = async (filter: EvidenceFilter, page: EvidencePage): Promise<{ conditions: string; milliseconds: number; rows: number }> => {
    const { sql, values } = context.get(EvidenceItemRepository).pageStatement(org.scope, filter, page);
    await app.query('BEGIN');
    try {
      await app.query(`SELECT set_config('app.tenant_id', $1, true)`, [org.tenantId]);
      let best = { conditions: '', milliseconds: Number.POSITIVE_INFINITY, rows: 0 };
      for (let run = 0; run < 3; run += 1) {
        const { rows } = await app.query<{ 'QUERY PLAN': [{ Plan: PlanNode; 'Execution Time': number }] }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, values);
        const [plan] = rows[0]?.['QUERY PLAN'] ?? [];
        if (!plan) throw new Error('no plan');
        const nodes: PlanNode[] = [];
        const walk = (node: PlanNode): void => { nodes.push(node); node.Plans?.forEach(walk); };
        walk(plan.Plan);
        const conditions = nodes.filter((node) => node['Index Cond'] !== undefined).map((node) => `${node['Index Name'] ?? node['Node Type']}: ${node['Index Cond'] ?? ''}`).join('\n');
        if (plan['Execution Time'] < best.milliseconds) best = { conditions, milliseconds: plan['Execution Time'], rows: plan.Plan['Actual Rows'] ?? 0 };
      }
      return best;
    } finally {
      await app.query('ROLLBACK');
    }
  };
  const member = (n: number): string => org.members[n]?.id ?? '';
  const newest: EvidencePage = { sort: { field: 'updatedAt', descending: true }, after: null, limit: 50 };

  it.each<[string, () => Partial<EvidenceFilter>, Partial<EvidencePage>, RegExp]>([
    ['everything', () => ({}), {}, /evidence_item_(updated|created|status|kind|submitter)_idx: .*tenant_id/],
    ['by expiry', () => ({}), { sort: { field: 'expiresAt', descending: false } }, /evidence_item_expires_idx: .*tenant_id/],
    ['kind', () => ({ kinds: ['drill'] }), {}, /evidence_item_(kind|updated)_idx: .*tenant_id/],
    ['status', () => ({ statuses: ['submitted'] }), {}, /evidence_item_status_idx: .*latest_status = /],
    ['workload', () => ({ workloadIds: [workloadId] }), {}, /evidence_link_\w+_idx: .*tenant_id|evidence_link_active_idx/],
    ['criterion', () => ({ workloadIds: [workloadId], requirementKeys: ['psf-1.1/PSF-3.1', 'psf-1.1/PSF-4.1', 'psf-1.1/PSF-5.1'] }), {}, /evidence_link_\w+_idx/],
    ['ends within 30 days', () => ({ expiry: [{ operator: '<', at: new Date(NOW.getTime() + 30 * 86_400_000) }] }), { sort: { field: 'expiresAt', descending: false } }, /evidence_item_expires_idx: .*expires_sort < /],
    ['submitted by', () => ({ submitterIds: [member(0)] }), {}, /evidence_item_submitter_idx: .*latest_submitter_member_id = /],
    ['awaits my decision', () => ({ awaiting: { what: ['my_decision'], memberId: member(0) } }), {}, /evidence_item_status_idx: .*latest_status = /],
    ['awaits my decision about links', () => ({ awaiting: { what: ['my_link_decision'], memberId: member(5) } }), {}, /evidence_link_proposed_idx/],
  ])('answers %s through an index condition', async (what, filter, page, expected) => {
    const { conditions, milliseconds, rows } = await explain({ ...ALL, ...filter() }, { ...newest, ...page });
    figures.push(`${what.padEnd(32)} ${milliseconds.toFixed(2).padStart(8)} ms  ${String(rows).padStart(3)} rows`);
    expect([what, conditions]).toEqual([what, expect.stringMatching(expected)]);
    expect(rows).toBeGreaterThan(0);
  });

  it.each([['rare word', 'runbook 1236'], ['common word', 'penetration'], ['nothing', 'zzzz']])('searches for a %s', async (what, q) => {
    const started = performance.now();
    const search = await context.get(EvidenceItemRepository).searchPlan(org.scope, q);
    const searched = performance.now() - started;
    const { milliseconds, rows } = await explain({ ...ALL, search }, newest);
    figures.push(`search ${what.padEnd(25)} ${(milliseconds + searched).toFixed(2).padStart(8)} ms  ${String(rows).padStart(3)} rows`);
    expect(rows > 0).toBe(q !== 'zzzz');
  }, 30_000);
});
