import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@roster/platform-database';
import { PLAN_ROWS, PlanBench, recordStatements, type PlanBenchOptions, type Statement, type TestOrganization } from '@roster/testing';
import { PortfolioRepository } from '../portfolio.repository.js';
import { HomeRepository } from './home.repository.js';

const NOW = new Date('2026-05-01T12:00:00.000Z');
const DAY = 86_400_000;

describe(`home over ${PLAN_ROWS} workloads under row security`, () => {
  let bench: PlanBench;
  let home: HomeRepository;
  let sent: Statement[];

  beforeAll(async () => {
    const fill: PlanBenchOptions['fill'] = async (admin, tenant, count) => {
      const [me, everybody] = tenant.members;
      // Member 0 owns one workload in a hundred, member 1 the rest: both ends of what one person may own.
      await admin.query(`
        INSERT INTO workload (tenant_id, id, key, name, kind, purpose, team, processes_real_data, processes_real_data_answered, risk_tier, stage, hardening, frozen, missing_evidence, falls_at, registered_at, updated_at)
        SELECT $1, gen_random_uuid(), 'WL-' || i, 'Workload ' || i, 'agent', 'Answers', 'Team ' || i % 50, 'yes', true, (ARRAY['low', 'medium', 'high', 'critical'])[1 + i % 4], (ARRAY['experiment', 'pilot', 'pilot'])[1 + i % 3],
               i % 3 = 1, i % 20 = 0, i % 9, CASE WHEN i % 25 = 0 THEN $3::timestamptz + i % 90 * interval '1 day' END, $3, $3::timestamptz - i * interval '1 minute' FROM generate_series(1, $2::int) i`, [tenant.tenantId, count, NOW]);
      await admin.query(`
        INSERT INTO owner_assignment (tenant_id, id, workload_id, role, member_id, status, proposed_at, effective_from, effective_to, responded_at, reaffirm_due_at)
        SELECT $1, gen_random_uuid(), w.id, r.role, CASE WHEN w.n % 100 = 0 THEN $2::uuid ELSE $3::uuid END, CASE WHEN r.role = 'risk_owner' THEN CASE WHEN w.n % 50 = 7 THEN 'proposed' ELSE 'accepted' END ELSE 'orphaned' END, $4,
               CASE WHEN w.n % 50 = 7 AND r.role = 'risk_owner' THEN NULL ELSE $4::timestamptz END, CASE WHEN r.role <> 'risk_owner' THEN $4::timestamptz END, $4,
               CASE WHEN w.n % 50 = 7 AND r.role = 'risk_owner' THEN NULL ELSE $4::timestamptz + w.n % 180 * interval '1 day' END
          FROM (SELECT id, row_number() OVER (ORDER BY key) AS n FROM workload WHERE tenant_id = $1) w CROSS JOIN (VALUES ('risk_owner'), ('on_call')) r(role) WHERE r.role = 'risk_owner' OR w.n % 40 = 0`,
      [tenant.tenantId, me?.id, everybody?.id, NOW]);
      await admin.query(`
        INSERT INTO review (tenant_id, id, workload_id, status, due_at, overdue_at, regular_due_at, started_by, submitted_by, started_at, submitted_at, sign_off_required, closed_at, submission, outcome, signed_off_by, created_at, updated_at)
        SELECT $1, gen_random_uuid(), w.id, s.status, s.due, s.due + interval '12 hours', s.due, $3, $3, $2, $2, true, CASE WHEN s.status = 'completed' THEN s.due END, CASE WHEN s.status = 'completed' THEN '{}'::jsonb END,
               CASE WHEN s.status = 'completed' THEN 'continue' END, CASE WHEN s.status = 'completed' THEN $4::uuid END, $2, $2
          FROM (SELECT id, row_number() OVER (ORDER BY key) AS n FROM workload WHERE tenant_id = $1) w
          CROSS JOIN LATERAL (VALUES (CASE WHEN w.n % 30 = 0 THEN 'awaiting_sign_off' ELSE 'scheduled' END, $2::timestamptz + (w.n % 400 - 20) * interval '1 day'), ('completed', $2::timestamptz - w.n % 300 * interval '1 day')) s(status, due)`,
      [tenant.tenantId, NOW, everybody?.id, me?.id]);
      await admin.query(`
        INSERT INTO action (tenant_id, id, workload_id, review_id, title, severity, owner_member_id, due_at, created_at, updated_at)
        SELECT $1, gen_random_uuid(), r.workload_id, r.id, 'Do it', 'high', CASE WHEN row_number() OVER () % 50 = 0 THEN $3::uuid ELSE $4::uuid END, r.due_at, $2, $2 FROM review r WHERE r.tenant_id = $1 AND r.status = 'completed'`,
      [tenant.tenantId, NOW, me?.id, everybody?.id]);
      await admin.query(`
        INSERT INTO evidence_item (tenant_id, id, kind, title, latest_version, latest_status, latest_submitter_member_id, created_at, updated_at)
        SELECT $1, gen_random_uuid(), 'document', 'Evidence ' || i, 1, CASE WHEN i % 20 = 0 THEN 'submitted' ELSE 'accepted' END, $4, $3, $3::timestamptz - i * interval '1 minute' FROM generate_series(1, $2::int) i`,
      [tenant.tenantId, count, NOW, everybody?.id]);
    };
    bench = await PlanBench.start({ now: NOW, imports: [], members: 3, neighbourRows: 500, fill, tables: ['workload', 'owner_assignment', 'review', 'action', 'evidence_item'] });
    home = new HomeRepository(bench.context.get(Database));
    sent = recordStatements(home);
  }, 900_000);
  afterAll(() => bench.stop());

  const ahead = (days: number): Date => new Date(NOW.getTime() + days * DAY);
  const never = (): Promise<never> => Promise.reject(new Error('What somebody owns is not asked for'));
  type Question = (home: HomeRepository, org: TestOrganization, me: string) => Promise<{ count: number; items: readonly unknown[] }>;
  const questions: [string, Question, RegExp][] = [
    ['overdue reviews, mine', (h, o, me) => h.reviews(o.scope, { memberId: me }, true, NOW, NOW, 5), /review_open_idx|review_workload_idx/],
    ['overdue reviews, all', (h, o) => h.reviews(o.scope, 'organization', true, NOW, NOW, 5), /review_open_idx/],
    ['reviews due soon, mine', (h, o, me) => h.reviews(o.scope, { memberId: me }, false, NOW, ahead(7), 5), /review_open_idx|review_workload_idx/],
    ['reviews to sign off', (h, o, me) => h.reviewsToSignOff(o.scope, me, NOW, 5), /review_status_idx/],
    ['evidence to decide', (h, o, me) => h.evidenceToDecide(o.scope, me, 5), /evidence_item_status_idx/],
    ['exceptions to decide', (h, o, me) => h.exceptionsToDecide(o.scope, me, 5), /coverage_exception_status_idx/],
    ['ownerships to accept', (h, o, me) => h.ownerships(o.scope, me, 'proposed', NOW, 5), /owner_assignment_member_idx/],
    ['ownerships to affirm', (h, o, me) => h.ownerships(o.scope, me, 'accepted', ahead(14), 5), /owner_assignment_(member|reaffirm)_idx/],
    ['orphaned owners, mine', (h, o, me) => h.orphaned(o.scope, { memberId: me }, 5), PLAN_ROWS < 50_000 ? /owner_assignment_(orphaned_since|workload)_idx/ : /owner_assignment_orphaned_since_idx/],
    ['orphaned owners, all', (h, o) => h.orphaned(o.scope, 'organization', 5), /owner_assignment_orphaned_since_idx/],
    ['unowned', (h, o) => h.unowned(o.scope, 5), /workload_unowned_idx/],
    ['falls, mine', (h, o, me) => h.falls(o.scope, { memberId: me }, ahead(30), 5, h.owned(o.scope, me, ahead(30))), /workload_falls_idx/],
    ['falls, all', (h, o) => h.falls(o.scope, 'organization', ahead(30), 5, never), /workload_falls_idx/],
    ['actions', (h, o, me) => h.actions(o.scope, me, NOW, ahead(7), 5), /action_(open|owner|due)_idx/],
    ['next stage', (h, o, me) => h.nextStage(o.scope, me, 5, h.owned(o.scope, me, ahead(30))), /workload_next_stage_idx|owner_assignment_member_idx/],
    ['freezes, mine', (h, o, me) => h.frozen(o.scope, { memberId: me }, 5, h.owned(o.scope, me, ahead(30))), /workload_frozen_idx/],
    ['packs', (h, o) => h.packs(o.scope, 5), /pack_built_idx/],
  ];

  it.each(questions)('answers %s through an index, for who owns little and for who owns almost everything', async (what, ask, index) => {
    for (const [who, member] of bench.org.members.slice(0, 2).entries()) {
      sent.splice(0);
      const started = performance.now();
      const { count, items } = await ask(home, bench.org, member.id);
      const took = performance.now() - started;
      bench.note(`${what}, owns ${who === 0 ? '1 %' : '99 %'}`, took, `${count} in all`);
      expect(items.length).toBe(Math.min(count, 5));
      for (const statement of sent.filter(({ sql }) => sql.includes('LIMIT'))) {
        const { names } = await bench.explain(statement, 1);
        // Small tables are read as they are; what grows with the inventory is not.
        if (PLAN_ROWS >= 50_000 || who === 0) expect([what, names]).toEqual([what, expect.stringMatching(count === 0 && PLAN_ROWS < 50_000 ? /./ : index)]);
      }
    }
  });

  it('counts overdue reviews of who owns almost everything without reading a workload', async () => {
    sent.splice(0);
    const { count } = await home.reviews(bench.org.scope, { memberId: bench.org.members[1]?.id ?? '' }, true, NOW, NOW, 0);
    expect(count).toBeGreaterThan(PLAN_ROWS / 50);
    const statement = sent.find(({ sql }) => sql.startsWith('SELECT count'));
    if (!statement) throw new Error('Nothing was counted');
    const { names, milliseconds } = await bench.explain(statement, 3, PLAN_ROWS < 50_000);
    bench.note('overdue reviews, count', milliseconds);
    expect(names).toMatch(/review_open_idx/);
    expect(names).toMatch(/workload_owner_idx/);
    expect(names).not.toMatch(/Seq Scan|workload_pkey/);
  });

  it('counts living workloads by stage from an index alone', async () => {
    const portfolio = new PortfolioRepository(bench.context.get(Database));
    const asked = recordStatements(portfolio);
    const funnel = await portfolio.funnel(bench.org.scope);
    expect(funnel.reduce((sum, { count }) => sum + count, 0)).toBe(PLAN_ROWS);
    const [statement] = asked;
    if (!statement) throw new Error('The funnel asked nothing');
    const { names, milliseconds } = await bench.explain(statement, 3, PLAN_ROWS < 50_000);
    bench.note('funnel', milliseconds);
    expect(names).toMatch(/workload_living_stage_idx/);
  });

  it('counts what is on its way, falls or is frozen of who owns almost everything in one walk over indexes', async () => {
    const me = bench.org.members[1]?.id ?? '';
    const owned = home.owned(bench.org.scope, me, ahead(30));
    sent.splice(0);
    const { count } = await home.nextStage(bench.org.scope, me, 0, owned);
    expect(count).toBeGreaterThan(PLAN_ROWS / 2);
    expect((await home.frozen(bench.org.scope, { memberId: me }, 0, owned)).count).toBeGreaterThan(PLAN_ROWS / 30);
    expect((await home.falls(bench.org.scope, { memberId: me }, ahead(30), 0, owned)).count).toBeGreaterThan(PLAN_ROWS / 100);
    const [statement, ...others] = sent.filter(({ sql }) => sql.startsWith('SELECT count'));
    if (!statement) throw new Error('Nothing was counted');
    expect(others).toEqual([]);
    const { names, milliseconds } = await bench.explain(statement, 3, PLAN_ROWS < 50_000);
    bench.note('owned, counts', milliseconds);
    // Both partial indexes hold living workloads only; which is cheaper among few depends on what was cleaned up when.
    expect(names).toMatch(PLAN_ROWS < 50_000 ? /workload_living(_stage)?_idx/ : /workload_living_idx/);
    expect(names).toMatch(PLAN_ROWS < 50_000 ? /owner_assignment_(member|reaffirm)_idx/ : /owner_assignment_member_idx/);
    expect(names).not.toMatch(/Seq Scan/);
  });
});
