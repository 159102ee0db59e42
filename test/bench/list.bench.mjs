/** A page of 50 out of 100,000 workloads of one organization, against the same SQL over bare Fastify + pg. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import Fastify from 'fastify';
import pg from 'pg';
import { createHttpApp } from '@roster/platform-http';
import { withAdmin } from './measure.mjs';

const ROWS = 100_000;
const LIST = '/api/v1/workloads?limit=50&sort=-updatedAt';
const run_ = promisify(execFile);

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
      SELECT $1, gen_random_uuid(), 'W-' || n, 'Workload ' || n, (ARRAY['agent', 'model', 'rag_pipeline', 'vision'])[1 + n % 4], 'Answers question ' || n, 'Team ' || n % 200,
             (ARRAY['yes', 'no', 'unknown'])[1 + n % 3], (ARRAY['low', 'medium', 'high', 'critical'])[1 + n % 4], app_now(), app_now() + n * interval '1 millisecond' FROM generate_series(1, $2::int) n`, [tenantId, ROWS]);
    await client.query('ANALYZE');
  });

  // List of 50: the SQL of one real request, replayed by a server that does nothing else.
  const seen = [];
  const original = pg.Client.prototype.query;
  pg.Client.prototype.query = function spy(text, values, ...rest) {
    if (typeof text === 'string' && /FROM\s+workload\b/i.test(text) && Array.isArray(values)) seen.push({ text, values });
    return original.call(this, text, values, ...rest);
  };
  await call(LIST);
  pg.Client.prototype.query = original;
  const list = seen.at(-1);
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
  await pool.end();
  await app.close();
  return rows;
}
