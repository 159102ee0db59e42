/** A page of 50 out of 100,000 workloads of one organization, listed and searched, against the same SQL over bare Fastify + pg. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import Fastify from 'fastify';
import pg from 'pg';
import { createHttpApp } from '@roster/platform-http';
import { percentile, withAdmin } from './measure.mjs';

const ROWS = 100_000;
const LIST = '/api/v1/workloads?limit=50&sort=-updatedAt';
const run_ = promisify(execFile);
const TIMES = 25;
/** What people search, by how much it finds among the rows: about a fifth, all (a word of the purpose), one of each hundred, a handful, one, none. */
const SEARCHES = ['claims', 'questions', 'team 17', 'invoice 1234', 'W-50123', 'fraud orders', 'zzzz'];

async function load(url, headers) {
  const { stdout } = await run_(process.execPath, ['node_modules/autocannon/autocannon.js', '-j', '-n', '-c', '8', '-d', '8', ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}=${value}`]), url], { maxBuffer: 2 ** 24 });
  const result = JSON.parse(stdout);
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} errors`);
  return { perSecond: result.requests.average, p50: result.latency.p50, p99: result.latency.p99 };
}

export async function run(stack) {
  const { ApiModule } = await import('../../apps/api/dist/api.module.js');
  const app = await createHttpApp(ApiModule.forRoot(stack.config), { trustedProxyHops: 0, logger: false });
  await app.listen(0, '127.0.0.1');
  const base = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  const rows = [];

  const signUp = await fetch(`${base}/api/v1/sign-up`, { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ organization: { name: 'Bench' }, user: { name: 'Bench', email: 'bench@example.test', password: 'a long bench passphrase' } }) });
  if (signUp.status !== 201) throw new Error(`sign-up: ${await signUp.text()}`);
  const cookie = signUp.headers.get('set-cookie').split(';')[0];
  const call = async (path, init = {}) => (await fetch(`${base}${path}`, { ...init, headers: { cookie, 'sec-fetch-site': 'same-origin', ...init.headers } })).json();
  const tenantId = (await call('/api/v1/me')).organization.id;

  await withAdmin(stack, async (client) => {
    await client.query(`SELECT set_config('app.tenant_id', $1, false)`, [tenantId]);
    await client.query(`INSERT INTO workload (tenant_id, id, key, name, kind, purpose, team, handles_pii, risk_tier, registered_at, updated_at)
      SELECT $1, gen_random_uuid(), 'W-' || n, (ARRAY['Support bot', 'Invoice reader', 'Fraud scoring', 'Search ranking', 'Claims triage'])[1 + n % 5] || ' ' || n, (ARRAY['agent', 'model', 'rag_pipeline', 'vision'])[1 + n % 4],
             'Answers questions of customers about orders ' || md5(n::text), 'Team ' || n % 200,
             (ARRAY['yes', 'no', 'unknown'])[1 + n % 3], (ARRAY['low', 'medium', 'high', 'critical'])[1 + n % 4], app_now(), app_now() + n * interval '1 millisecond' FROM generate_series(1, $2::int) n`, [tenantId, ROWS]);
    await client.query('VACUUM ANALYZE');
  });

  // List of 50: the SQL of one real request, replayed by a server that does nothing else.
  const statementsOf = async (ask) => {
    const seen = [];
    const original = pg.Client.prototype.query;
    pg.Client.prototype.query = function spy(text, values, ...rest) {
      if (typeof text === 'string' && /\b(FROM\s+workload|search_workloads|count_searched_workloads)\b/i.test(text) && Array.isArray(values)) seen.push({ text, values });
      return original.call(this, text, values, ...rest);
    };
    await ask();
    pg.Client.prototype.query = original;
    return seen;
  };
  const list = (await statementsOf(() => call(LIST))).at(-1);
  if (!list) throw new Error('The list ran no statement on workload');
  const pool = new pg.Pool({ connectionString: stack.config.databaseUrl, max: 10 });
  const bare = Fastify();
  bare.get('/', async () => {
    const client = await pool.connect();
    try {
      await client.query(`BEGIN; SELECT set_config('app.tenant_id', '${tenantId}', true)`);
      const { rows: items } = await client.query(list.text, list.values);
      await client.query('COMMIT');
      return { items };
    } finally {
      client.release();
    }
  });
  const bareUrl = await bare.listen({ port: 0, host: '127.0.0.1' });
  const floor = await load(bareUrl, {});
  const ours = await load(`${base}${LIST}`, { cookie });
  rows.push({ name: `list 50 of ${ROWS}`, ours: ours.perSecond.toFixed(0), floor: floor.perSecond.toFixed(0), unit: 'req/s', ratio: ours.perSecond / floor.perSecond, note: `floor: same SQL over bare Fastify + pg; p50 ${ours.p50}/${floor.p50} ms, p99 ${ours.p99}/${floor.p99} ms, 8 connections` });
  await bare.close();

  // Searches: the whole request from a client's view, against its statements over bare pg in one transaction.
  const replay = async (statements) => {
    const client = await pool.connect();
    try {
      await client.query(`BEGIN; SELECT set_config('app.tenant_id', '${tenantId}', true)`);
      for (const { text, values } of statements) await client.query(text, values);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  };
  for (const [what, suffix] of [['search of', '&limit=60&sort=-updatedAt'], ['count of a search of', '&limit=1&count=true']]) {
    const times = [];
    const floors = [];
    const slowest = new Map();
    for (const q of SEARCHES) {
      const path = `/api/v1/workloads?q=${encodeURIComponent(q)}${suffix}`;
      const sent = await statementsOf(() => call(path));
      for (let time = 0; time < TIMES; time += 1) {
        const started = performance.now();
        const answer = await fetch(`${base}${path}`, { headers: { cookie, 'sec-fetch-site': 'same-origin' } });
        const body = await answer.json();
        times.push(performance.now() - started);
        if (answer.status !== 200 || !Array.isArray(body.items)) throw new Error(`${path}: ${answer.status}`);
        slowest.set(q, Math.max(slowest.get(q) ?? 0, times.at(-1)));
        const bareStarted = performance.now();
        await replay(sent);
        floors.push(performance.now() - bareStarted);
      }
    }
    const [p50, p95, p99] = [50, 95, 99].map((p) => percentile(times, p));
    rows.push({ name: `${what} ${ROWS}`, ours: p95.toFixed(0), floor: percentile(floors, 95).toFixed(0), unit: 'ms p95', ratio: p95 / percentile(floors, 95),
      note: `p50 ${p50.toFixed(0)}, p99 ${p99.toFixed(0)}; floor: its statements over bare pg; ${SEARCHES.length} searches x ${TIMES}, one after the other; slowest ${[...slowest].map(([q, ms]) => `${q} ${ms.toFixed(0)}`).join(', ')}; target 200` });
  }
  await pool.end();
  await app.close();
  return rows;
}
