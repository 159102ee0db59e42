/** 100,000 workloads: import against COPY, list of 50 against the same SQL over bare Fastify + pg, full re-evaluation. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import Fastify from 'fastify';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createHttpApp } from '@roster/platform-http';
import { JobWorker } from '@roster/platform-queue';
import { FullEvaluation } from '@roster/classification';
import { TenantScope } from '@roster/platform-context';
import { peakMemory, seconds, withAdmin, workerContext } from './measure.mjs';

const ROWS = 100_000;
const LIST = '/api/v1/workloads?limit=50&sort=-updatedAt';
const run_ = promisify(execFile);

const csvLine = (n) => `Workload ${n},${['agent', 'model', 'rag_pipeline', 'vision'][n % 4]},Answers question ${n} for people,Team ${n % 200},${['yes', 'no', 'N/A', ''][n % 4]},${n % 3 === 0 ? 'yes' : 'no'},${['low', 'medium', 'high', 'critical'][n % 4]}\n`;
const header = 'Name,Kind,Purpose,Team,Handles PII,Processes real data,Risk tier\n';

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
  const worker = await workerContext(stack);
  await worker.get(JobWorker).start(4);
  const rows = [];

  const signUp = await fetch(`${base}/api/v1/sign-up`, { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ organization: { name: 'Bench' }, user: { name: 'Bench', email: 'bench@example.test', password: 'a long bench passphrase' } }) });
  if (signUp.status !== 201) throw new Error(`sign-up: ${await signUp.text()}`);
  const cookie = signUp.headers.get('set-cookie').split(';')[0];
  const call = async (path, init = {}) => (await fetch(`${base}${path}`, { ...init, headers: { cookie, 'sec-fetch-site': 'same-origin', ...init.headers } })).json();
  const tenantId = (await call('/api/v1/me')).organization.id;

  // Import, from the upload to the last committed row.
  const csv = header + Array.from({ length: ROWS }, (_unused, n) => csvLine(n)).join('');
  const form = new FormData();
  form.set('options', JSON.stringify({ dryRun: false }));
  form.set('file', new Blob([csv], { type: 'text/csv' }), 'inventory.csv');
  let status;
  const { result: imported, mebibytes } = await peakMemory(() => seconds(async () => {
    const { href, ...problem } = await call('/api/v1/workload-imports', { method: 'POST', body: form });
    if (!href) throw new Error(JSON.stringify(problem));
    do {
      await new Promise((resolve) => setTimeout(resolve, 200));
      status = await call(href);
    } while (['queued', 'running'].includes(status.status));
  }));
  if (status.status !== 'succeeded' || status.result.created !== ROWS) throw new Error(`import: ${JSON.stringify(status.result ?? status.problem)}`);
  const copy = await withAdmin(stack, async (client) => {
    await client.query('CREATE TABLE bench_copy (name text, kind text, purpose text, team text, pii text, real_data text, tier text)');
    return seconds(async () => {
      const sink = client.query(copyFrom('COPY bench_copy FROM STDIN (FORMAT csv, HEADER true)'));
      await pipeline(Readable.from([csv]), sink);
    });
  });
  rows.push({ name: `import ${ROWS} rows (parse, check, stage, write, history)`, ours: imported.toFixed(1), floor: copy.toFixed(2), unit: 's', ratio: imported / copy, note: `floor: COPY of the same file into a table without keys; ${Math.round(ROWS / imported)} rows/s, peak ${mebibytes} MiB` });

  // Full re-evaluation.
  const scope = TenantScope.forSystem(tenantId, 'bench');
  await withAdmin(stack, (client) => client.query('ANALYZE'));
  let outcome;
  const first = await seconds(async () => { outcome = await worker.get(FullEvaluation).run(scope, 'sweep', async () => true); });
  const again = await seconds(() => worker.get(FullEvaluation).run(scope, 'sweep', async () => true));
  rows.push({ name: `evaluate ${outcome.evaluated} workloads, ${outcome.stored} results stored`, ours: first.toFixed(1), unit: 's', note: `${Math.round(outcome.evaluated / first)} workloads/s; target <= 30 s` });
  rows.push({ name: `evaluate them again, nothing changed`, ours: again.toFixed(1), unit: 's', note: `${Math.round(outcome.evaluated / again)} workloads/s` });

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
  await worker.close();
  await app.close();
  return rows;
}
