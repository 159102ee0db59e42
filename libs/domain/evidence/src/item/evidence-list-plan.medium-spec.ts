import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PLAN_ROWS, PlanBench, type PlanBenchOptions } from '@roster/testing';
import { EvidenceModule } from '../evidence.module.js';
import { EvidenceItemRepository, type EvidenceFilter, type EvidencePage } from './evidence-item.repository.js';

const NOW = new Date('2026-05-01T12:00:00.000Z');
const ALL: EvidenceFilter = { kinds: null, statuses: null, workloadIds: null, requirementKeys: null, now: NOW, submitterIds: null, expiry: [], awaiting: null, search: null };

describe(`the list of ${PLAN_ROWS} items of evidence under row security`, () => {
  let bench: PlanBench;
  let items: EvidenceItemRepository;
  let workloadId = '';

  beforeAll(async () => {
    const fill: PlanBenchOptions['fill'] = async (admin, tenant, count) => {
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
      workloadId ||= (await admin.query<{ id: string }>(`SELECT id FROM workload WHERE tenant_id = $1 AND key = 'WL-7'`, [tenant.tenantId])).rows[0]?.id ?? '';
    };
    bench = await PlanBench.start({ now: NOW, imports: [EvidenceModule], fill, tables: ['evidence_item', 'evidence_version', 'evidence_link', 'workload'] });
    items = bench.context.get(EvidenceItemRepository);
  }, 600_000);
  afterAll(() => bench.stop());

  const member = (n: number): string => bench.org.members[n]?.id ?? '';
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
    const { conditions, milliseconds, rows } = await bench.explain(items.pageStatement(bench.org.scope, { ...ALL, ...filter() }, { ...newest, ...page }));
    bench.note(what, milliseconds, `${rows} rows`);
    expect([what, conditions]).toEqual([what, expect.stringMatching(expected)]);
    expect(rows).toBeGreaterThan(0);
  });

  it.each([['rare word', 'runbook 1236'], ['common word', 'penetration'], ['nothing', 'zzzz']])('searches for a %s', async (what, q) => {
    const started = performance.now();
    const search = await items.searchPlan(bench.org.scope, q);
    const searched = performance.now() - started;
    const { milliseconds, rows } = await bench.explain(items.pageStatement(bench.org.scope, { ...ALL, search }, newest));
    bench.note(`search ${what}`, milliseconds + searched, `${rows} rows`);
    expect(rows > 0).toBe(q !== 'zzzz');
  }, 30_000);
});
