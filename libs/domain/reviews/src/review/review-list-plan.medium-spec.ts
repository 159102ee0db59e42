import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '@roster/platform-database';
import { PLAN_ROWS, PlanBench, recordStatements, type PlanBenchOptions, type Statement } from '@roster/testing';
import { ALL_REVIEWS, ReviewListRepository, type ReviewFilter } from './review-list.repository.js';

const NOW = new Date('2026-05-01T12:00:00.000Z');
const YEAR_AGO = new Date('2025-05-01T12:00:00.000Z');
const LIMIT = 50;

describe(`the list of ${PLAN_ROWS} reviews by how they count for punctuality, under row security`, () => {
  let bench: PlanBench;
  let reviews: ReviewListRepository;
  let sent: Statement[];

  beforeAll(async () => {
    const fill: PlanBenchOptions['fill'] = async (admin, tenant, count) => {
      const [author, second] = tenant.members;
      // Four reviews a workload over two years. One in a hundred is late, one in fifty was skipped, one in ten of the last ones is open; periods passed during half of the late ones.
      await admin.query(`
        INSERT INTO workload (tenant_id, id, key, name, kind, purpose, team, registered_at, updated_at)
        SELECT $1, gen_random_uuid(), 'WL-' || i, 'Workload ' || i, 'agent', 'Answers', 'Team ' || i % 50, $3, $3 FROM generate_series(1, $2::int) i`, [tenant.tenantId, Math.ceil(count / 4), NOW]);
      await admin.query(`
        INSERT INTO review (tenant_id, id, workload_id, status, due_at, overdue_at, regular_due_at, started_by, submitted_by, started_at, submitted_at, sign_off_required, closed_at, submission, outcome, signed_off_by, skip_reason, missed_periods, created_at, updated_at)
        SELECT $1, gen_random_uuid(), s.workload, s.status, s.due, s.due + interval '12 hours', s.due, $3, $3, $2, $2, true, CASE WHEN s.status IN ('completed', 'skipped') THEN s.due + CASE WHEN s.n % 101 = 3 THEN interval '9 days' ELSE interval '1 hour' END END,
               CASE WHEN s.status = 'completed' THEN '{}'::jsonb END, CASE WHEN s.status = 'completed' THEN 'continue' END, CASE WHEN s.status = 'completed' THEN $4::uuid END, CASE WHEN s.status = 'skipped' THEN 'Retired' END,
               CASE WHEN s.n % 202 = 3 THEN 2 ELSE 0 END, $2, $2
          FROM (SELECT w.id AS workload, w.n * 4 + q AS n, $2::timestamptz - (q * 180 + w.n % 180 - 30) * interval '1 day' AS due, CASE WHEN q = 0 AND w.n % 10 = 0 THEN 'due' WHEN (w.n * 4 + q) % 53 = 1 THEN 'skipped' ELSE 'completed' END AS status
                  FROM (SELECT id, row_number() OVER (ORDER BY key) AS n FROM workload WHERE tenant_id = $1) w CROSS JOIN generate_series(0, 3) q) s`,
      [tenant.tenantId, NOW, author?.id, second?.id]);
    };
    bench = await PlanBench.start({ now: NOW, imports: [], members: 3, neighbourRows: 500, fill, tables: ['workload', 'review'] });
    reviews = new ReviewListRepository(bench.context.get(Database));
    sent = recordStatements(reviews);
  }, 900_000);
  afterAll(() => bench.stop());

  const year = { dueFrom: YEAR_AGO, dueBefore: NOW };
  it.each<[string, Partial<ReviewFilter>, RegExp]>([
    ['on time', { verdicts: ['on_time'] }, /review_(due|status)_idx/], ['on time, a year', { verdicts: ['on_time'], ...year }, /review_(due|status)_idx/],
    ['late', { verdicts: ['late'] }, /review_(due|status)_idx/], ['late, a year', { verdicts: ['late'], ...year }, /review_(due|status)_idx/],
    ['not done', { verdicts: ['not_done'] }, /review_(due|status|open)_idx/], ['not done, a year', { verdicts: ['not_done'], ...year }, /review_(due|status|open)_idx/],
    ['all that count, a year', { verdicts: ['on_time', 'late', 'not_done'], ...year }, /review_(due|status)_idx/],
    ['missed periods', { missedPeriods: true }, /review_(due|status)_idx/], ['missed periods, a year', { missedPeriods: true, ...year }, /review_(due|status)_idx/],
  ])('answers %s in the order of an index, page by page', async (what, filter, index) => {
    const { scope } = bench.org;
    const asked: ReviewFilter = { ...ALL_REVIEWS, ...filter, now: NOW };
    for (const descending of [false, true]) {
      const first = await reviews.page(scope, asked, null, { sort: 'dueAt', descending, after: null, limit: LIMIT });
      const middle = first[Math.floor(first.length / 2)];
      if (!middle) throw new Error(`There is nothing that is ${what}`);
      sent.splice(0);
      await reviews.page(scope, asked, null, { sort: 'dueAt', descending, after: null, limit: LIMIT });
      const rest = await reviews.page(scope, asked, null, { sort: 'dueAt', descending, after: { value: middle.dueAt.toISOString(), id: middle.id }, limit: LIMIT });
      expect(rest.slice(0, first.length - Math.floor(first.length / 2) - 1).map(({ id }) => id)).toEqual(first.slice(Math.floor(first.length / 2) + 1).map(({ id }) => id));
      for (const statement of sent.splice(0)) {
        const { names, milliseconds } = await bench.explain(statement);
        bench.note(`${what}${descending ? ', latest first' : ''}`, milliseconds);
        // A small organization is read as it is; in a large one a page costs what it shows.
        if (PLAN_ROWS < 50_000) continue;
        expect([what, names]).toEqual([what, expect.stringMatching(index)]);
        expect(milliseconds).toBeLessThan(100);
      }
    }
  });
});
