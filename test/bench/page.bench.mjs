/**
 * What the pages of the web UI ask, over one organization of 100,000 workloads with results, reviews, actions, evidence and notifications: the
 * whole request from a client's view, one after the other, for somebody who owns a thousand workloads. Floor: the statements of the same
 * request over bare pg in one transaction. ROSTER_BENCH_STATEMENTS=<ms> prints the plan of each statement that takes longer.
 */
import pg from 'pg';
import { FullEvaluation } from '@roster/classification';
import { TenantScope } from '@roster/platform-context';
import { createHttpApp } from '@roster/platform-http';
import { percentile, withAdmin, workerContext } from './measure.mjs';
import { seedMixedInventory } from './mixed-inventory.mjs';

const ROWS = Number(process.env.ROSTER_BENCH_ROWS ?? 100_000);
const TIMES = Number(process.env.ROSTER_BENCH_TIMES ?? 20);
const EXPLAINED = Number(process.env.ROSTER_BENCH_STATEMENTS ?? Infinity);

/** What is there besides workloads: evidence that waits, actions, notifications, and owners of whom the reader is one. */
export async function seedRest(stack, tenantId, memberId) {
  await withAdmin(stack, async (client) => {
    const run = (sql, values = [tenantId]) => client.query(sql, values);
    await run(`SELECT set_config('app.tenant_id', $1, false)`);
    const { rows: [second] } = await run(`SELECT id FROM member WHERE tenant_id = $1 AND id <> $2 LIMIT 1`, [tenantId, memberId]);
    // One workload in a hundred is the reader's, one in fifty is proposed to them, of one in forty a former on-call owner has left.
    await run(`INSERT INTO owner_assignment (tenant_id, id, workload_id, role, member_id, status, proposed_at, effective_from, effective_to, responded_at, reaffirm_due_at)
      SELECT $1, gen_random_uuid(), w.id, r.role, CASE WHEN w.n % 50 IN (0, 7) THEN $2::uuid ELSE $3::uuid END, r.status, app_now(), CASE WHEN r.status <> 'proposed' THEN app_now() END, CASE WHEN r.status = 'orphaned' THEN app_now() END, app_now(),
             CASE WHEN r.status = 'accepted' THEN app_now() + w.n % 180 * interval '1 day' END
        FROM (SELECT id, row_number() OVER (ORDER BY key) AS n FROM workload WHERE tenant_id = $1) w
       CROSS JOIN LATERAL (VALUES ('risk_owner', CASE WHEN w.n % 50 = 7 THEN 'proposed' ELSE 'accepted' END), ('data_steward', 'orphaned')) r(role, status)
       WHERE (r.role = 'risk_owner' AND w.n % 40 <> 9) OR (r.role <> 'risk_owner' AND w.n % 40 = 0)`, [tenantId, memberId, second.id]);
    await run(`INSERT INTO evidence_item (tenant_id, id, kind, title, created_at, updated_at)
      SELECT $1, gen_random_uuid(), (ARRAY['document', 'contract', 'test_run'])[1 + n % 3], (ARRAY['Penetration test', 'Runbook', 'Evaluation'])[1 + n % 3] || ' ' || n, app_now() - n * interval '1 minute', app_now() - n * interval '1 minute' FROM generate_series(1, $2::int) n`, [tenantId, ROWS]);
    await run(`INSERT INTO evidence_version (tenant_id, item_id, version, url, submitted_at, submitter_member_id, status, checked_at, decided_at, decided_by, decider_member_id, expires_at)
      SELECT $1, i.id, 1, 'https://example.test/' || i.n, app_now(), $2, s.status, app_now(), CASE WHEN s.status = 'accepted' THEN app_now() END, CASE WHEN s.status = 'accepted' THEN '{"type":"member","id":"x","name":"x"}'::jsonb END,
             CASE WHEN s.status = 'accepted' THEN $3::uuid END, CASE WHEN i.n % 4 > 0 THEN app_now() + (1 + i.n % 700) * interval '1 day' END
        FROM (SELECT id, row_number() OVER (ORDER BY created_at) AS n FROM evidence_item e WHERE tenant_id = $1 AND NOT EXISTS (SELECT FROM evidence_version v WHERE v.tenant_id = e.tenant_id AND v.item_id = e.id)) i CROSS JOIN LATERAL (SELECT CASE WHEN i.n % 20 = 0 THEN 'submitted' ELSE 'accepted' END AS status) s`, [tenantId, second.id, memberId]);
    await run(`INSERT INTO review (tenant_id, id, workload_id, status, due_at, overdue_at, regular_due_at, started_by, submitted_by, started_at, submitted_at, sign_off_required, closed_at, submission, outcome, signed_off_by, created_at, updated_at)
      SELECT $1, gen_random_uuid(), w.id, s.status, s.due, s.due + interval '12 hours', s.due, $2, $2, app_now(), app_now(), true, CASE WHEN s.status = 'completed' THEN s.due END, CASE WHEN s.status = 'completed' THEN '{}'::jsonb END,
             CASE WHEN s.status = 'completed' THEN 'continue' END, CASE WHEN s.status = 'completed' THEN $3::uuid END, app_now(), app_now() - w.n * interval '1 second'
        FROM (SELECT id, row_number() OVER (ORDER BY key) AS n FROM workload WHERE tenant_id = $1) w
       CROSS JOIN LATERAL (VALUES ('completed', app_now() - w.n % 300 * interval '1 day'), (CASE WHEN w.n % 30 = 0 THEN 'awaiting_sign_off' ELSE 'due' END, app_now() - w.n % 9 * interval '1 day')) s(status, due)
       WHERE s.status = 'completed' OR w.n % 10 = 0`, [tenantId, second.id, memberId]);
    await run(`INSERT INTO action (tenant_id, id, workload_id, review_id, title, severity, owner_member_id, due_at, created_at, updated_at, status, closed_at, closed_by, note)
      SELECT $1, gen_random_uuid(), r.workload_id, r.id, 'Do it ' || r.n, (ARRAY['low', 'medium', 'high'])[1 + r.n % 3], CASE WHEN r.n % 100 = 0 THEN $2::uuid ELSE $3::uuid END, r.due_at + interval '30 days', app_now(), app_now() - r.n * interval '1 second',
             CASE WHEN r.n % 5 = 0 THEN 'open' ELSE 'done' END, CASE WHEN r.n % 5 > 0 THEN app_now() END, CASE WHEN r.n % 5 > 0 THEN '{"type":"member","id":"x","name":"x"}'::jsonb END, CASE WHEN r.n % 5 > 0 THEN 'Done' END
        FROM (SELECT *, row_number() OVER (ORDER BY due_at, id) AS n FROM review WHERE tenant_id = $1 AND status = 'completed') r`, [tenantId, memberId, second.id]);
    await run(`INSERT INTO notification (tenant_id, id, member_id, kind, key, title, body, href, mail, created_at, read_at)
      SELECT $1, gen_random_uuid(), CASE WHEN n % 10 = 0 THEN $2::uuid ELSE $3::uuid END, 'review_due', 'bench-' || n, 'A review is due', 'Of a workload', '/reviews', 'none', app_now() - n * interval '1 minute', CASE WHEN n % 100 > 10 THEN app_now() END FROM generate_series(1, $4::int) n`, [tenantId, memberId, second.id, ROWS]);
    await run('VACUUM ANALYZE', []);
  });
}

/** Path of the API by what it is; `then` is an instant after the inventory was filled. */
const pagesOf = (then) => [
  ['home', '/home'], ['home, gaps', '/home/gaps?limit=25'], ['home, gaps of a rare kind', '/home/gaps?limit=25&filter[kind]=record_drill'], ['ownerships to accept', '/home/ownerships?filter[status]=proposed&limit=50&count=true'],
  ['inventory', '/workloads?sort=-updatedAt&limit=60'], ['inventory, count', '/workloads?limit=1&count=true'], ['inventory, production, count', '/workloads?filter[stage]=production&limit=1&count=true'],
  ['inventory, mine', '/workloads?filter[mine]=true&sort=-updatedAt&limit=60'], ['inventory, mine, count', '/workloads?filter[mine]=true&limit=1&count=true'], ['inventory, accountable, count', '/workloads?filter[accountable]=me&limit=1&count=true'],
  ['inventory as of', `/workloads?sort=-updatedAt&limit=60&asOf=${then}`], ['inventory as of, by name', `/workloads?sort=name&limit=60&asOf=${then}`], ['inventory as of, production', `/workloads?filter[stage]=production&sort=-updatedAt&limit=60&asOf=${then}`],
  ['inventory as of, count', `/workloads?limit=1&count=true&asOf=${then}`], ['inventory as of, searched', `/workloads?q=${encodeURIComponent('workload 777')}&sort=-updatedAt&limit=60&asOf=${then}`],
  ['facets, the usual ones', '/workloads/facets'], ['facet stage', '/workloads/facets?fields=stage&values=50'], ['facet team', '/workloads/facets?fields=team&values=50'], ['facet riskOwner', '/workloads/facets?fields=riskOwner&values=50'], ['facet tags', '/workloads/facets?fields=tags&values=50'],
  ['facets of a stage', '/workloads/facets?fields=stage,riskTier&filter[stage]=production&values=50'], ['facets as of', `/workloads/facets?fields=stage,riskTier&asOf=${then}`],
  ['notifications, unread', '/notifications?limit=1&count=true&filter[read]=false'], ['notifications', '/notifications?limit=50&count=true'],
  ['reviews', '/reviews?sort=dueAt&count=true'], ['reviews, open', '/reviews?sort=dueAt&count=true&filter[status]=scheduled&filter[status]=due&filter[status]=in_progress&filter[status]=awaiting_sign_off'], ['reviews, overdue', '/reviews?sort=dueAt&count=true&filter[overdue]=true'],
  ['reviews, mine', '/reviews?sort=dueAt&count=true&filter[status]=scheduled&filter[status]=due&filter[status]=in_progress&filter[owner]=me'], ['reviews, to sign off', '/reviews?sort=dueAt&count=true&filter[signOffBy]=me'], ['reviews, done', '/reviews?sort=-updatedAt&count=true&filter[status]=completed'],
  ['reviews of a month', `/reviews?sort=dueAt&limit=200&count=true&filter[dueFrom]=now&filter[dueBefore]=now%2B30d`], ['reviews as of', `/reviews?sort=dueAt&count=true&asOf=${then}`], ['punctuality', '/reviews/punctuality'], ['punctuality, trend', '/reviews/punctuality/trend?months=12'],
  ['actions', '/actions?sort=dueAt&count=true'], ['actions, open', '/actions?sort=dueAt&count=true&filter[status]=open&filter[status]=in_progress'], ['actions, mine', '/actions?sort=dueAt&count=true&filter[owner]=me'], ['actions, overdue', '/actions?sort=dueAt&count=true&filter[overdue]=true'],
  ['evidence', '/evidence?limit=50&count=true'], ['evidence, to decide', '/evidence?limit=50&count=true&filter[awaiting]=my_decision'], ['evidence, expired', '/evidence?limit=50&count=true&filter[status]=expired'], ['evidence, accepted', '/evidence?limit=50&count=true&filter[status]=accepted'],
  ['evidence, searched', '/evidence?limit=50&count=true&q=runbook'], ['evidence, soon ending', '/evidence?limit=50&count=true&sort=expiresAt&filter[expiresAt][lt]=now%2B30d'], ['palette', '/search?q=workload%20777'],
];

export async function run(stack) {
  const { ApiModule } = await import('../../apps/api/dist/api.module.js');
  const app = await createHttpApp(ApiModule.forRoot(stack.config), { trustedProxyHops: 0, logger: false });
  await app.listen(0, '127.0.0.1');
  const base = `${(await app.getUrl()).replace('[::1]', '127.0.0.1')}/api/v1`;
  const reader = await seed(stack, base);
  const rows = await measure(stack, base, reader);
  await app.close();
  return rows;
}

/** @returns the tenant, and the headers of somebody who signed up */
export async function seed(stack, base) {
  const signUp = await fetch(`${base}/sign-up`, { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ organization: { name: 'Bench' }, user: { name: 'Bench', email: 'page@example.test', password: 'a long bench passphrase' } }) });
  if (signUp.status !== 201) throw new Error(`sign-up: ${await signUp.text()}`);
  const headers = { cookie: signUp.headers.get('set-cookie').split(';')[0], 'sec-fetch-site': 'same-origin' };
  const me = await (await fetch(`${base}/me`, { headers })).json();
  const tenantId = me.organization.id;
  await seedMixedInventory(stack, tenantId, me.member.id, ROWS);
  await seedRest(stack, tenantId, me.member.id);
  const worker = await workerContext(stack);
  await worker.get(FullEvaluation).run(TenantScope.forSystem(tenantId, 'bench'), 'sweep', async () => true);
  await worker.close();
  await withAdmin(stack, (client) => client.query('VACUUM ANALYZE'));
  return { tenantId, headers };
}

export async function measure(stack, base, { tenantId, headers }) {
  const ask = async (path) => {
    const answer = await fetch(`${base}${path}`, { headers });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${text.slice(0, 500)}`);
  };
  const statementsOf = async (path) => {
    const sent = [];
    const original = pg.Client.prototype.query;
    pg.Client.prototype.query = function spy(text, values, ...rest) {
      if (typeof text === 'string' && Array.isArray(values) && /^[\s(]*(SELECT|WITH)\b/i.test(text)) sent.push({ text, values });
      return original.call(this, text, values, ...rest);
    };
    await ask(path);
    pg.Client.prototype.query = original;
    return sent;
  };
  const client = new pg.Client({ connectionString: stack.config.databaseUrl });
  await client.connect();
  const replay = async (statements, prefix = '') => {
    const plans = [];
    await client.query(`BEGIN; SELECT set_config('app.tenant_id', '${tenantId}', true), set_config('app.now', '${new Date().toISOString()}', true), set_config('app.actor', '{"type":"system","id":"system","name":"bench"}', true)`);
    for (const { text, values } of statements) plans.push((await client.query(prefix + text, values)).rows);
    await client.query('COMMIT');
    return plans;
  };
  const rows = [];
  for (const [name, path] of pagesOf(new Date().toISOString())) {
    const statements = await statementsOf(path);
    if (Number.isFinite(EXPLAINED)) {
      for (const [index, plan] of (await replay(statements, 'EXPLAIN (ANALYZE, BUFFERS) ')).entries()) {
        const text = plan.map((row) => row['QUERY PLAN']).join('\n');
        if (Number(/Execution Time: ([\d.]+)/.exec(text)?.[1]) >= EXPLAINED) console.log(`### ${name}\n${statements[index].text.replace(/\s+/g, ' ').slice(0, 900)}\n${text}\n`);
      }
    }
    const times = [];
    const floors = [];
    for (let time = 0; time < TIMES; time += 1) {
      const started = performance.now();
      await ask(path);
      times.push(performance.now() - started);
      const bare = performance.now();
      await replay(statements);
      floors.push(performance.now() - bare);
    }
    const p95 = percentile(times, 95);
    rows.push({ name, ours: p95.toFixed(0), floor: percentile(floors, 95).toFixed(0), unit: 'ms p95', ratio: p95 / percentile(floors, 95), note: `p50 ${percentile(times, 50).toFixed(0)}, ${statements.length} statements` });
  }
  await client.end();
  return rows;
}
