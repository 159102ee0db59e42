/**
 * `npm run bench [name …]`: measures the product against a floor in the same run on the same machine and prints ratios.
 * The floor is the least work that could do the same: the same SQL over bare pg, COPY, sha256, bare BullMQ. Absolute figures depend on the machine.
 * Each file test/bench/<name>.bench.mjs exports `run(stack)` and returns rows {name, ours, floor, unit, ratio, note}.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { buildWeb } from './build-web.mjs';

await build();
await buildWeb();
const { EmbeddedPostgres } = await import('@roster/platform-embedded');
const { applyMigrations, ensureRoles } = await import('@roster/schema');
const { default: pg } = await import('pg');

const folder = new URL('../test/bench/', import.meta.url);
const wanted = process.argv.slice(2);
const names = (await readdir(folder)).filter((file) => file.endsWith('.bench.mjs')).map((file) => file.replace('.bench.mjs', '')).sort();
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) throw new Error(`There is no bench ${unknown.join(', ')}; there are ${names.join(', ')}`);

const home = await mkdtemp(join(tmpdir(), 'roster-bench-'));
const secret = () => randomBytes(18).toString('base64url');
const postgres = await EmbeddedPostgres.start({ dataDir: join(home, 'postgres'), password: secret(), durable: true, temporary: true, settings: { shared_buffers: '512MB', max_connections: '200' } });
try {
  const passwords = { migrator: secret(), app: secret(), scheduler: secret(), queue: secret() };
  const admin = new pg.Client({ connectionString: postgres.url({ database: 'postgres' }) });
  await admin.connect();
  await ensureRoles(admin, 'roster', passwords);
  await admin.end();
  const url = (user) => postgres.url({ database: 'roster', user: `roster_${user}`, password: passwords[user] });
  const migrator = new pg.Client({ connectionString: url('migrator') });
  await migrator.connect();
  await applyMigrations(migrator);
  await migrator.end();
  const signingKeyFile = join(home, 'signing.pem');
  await writeFile(signingKeyFile, generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }));
  /** Configuration of the processes under test; see libs/platform/config. */
  const config = {
    environment: 'test', port: 0, host: '127.0.0.1', publicUrl: 'http://localhost', metricsPort: 0, trustedProxyHops: 0, databaseUrl: url('app'), databaseSchedulerUrl: url('scheduler'),
    databaseQueueUrl: url('queue'), databasePoolSize: 10, redisUrl: null, storageUrl: pathToFileURL(join(home, 'storage')).href, smtpUrl: null, mailFrom: 'Roster <roster@example.test>',
    signingKeyFile, signingKeyName: 'roster.example.test', clamavUrl: null, maxUploadBytes: 1_073_741_824, jobConcurrency: 8, logLevel: 'error', testClockFile: null, signUpOpen: true,
  };
  const stack = { home, config, adminUrl: postgres.url({ database: 'roster' }), url };
  console.log(`${cpus().length} x ${cpus()[0]?.model ?? 'cpu'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, PostgreSQL durable\n`);
  for (const name of wanted.length > 0 ? wanted : names) {
    const { run } = await import(new URL(`${name}.bench.mjs`, folder).href);
    const before = process.cpuUsage();
    const started = performance.now();
    const rows = await run(stack);
    const cpu = process.cpuUsage(before);
    console.log(`## ${name}  (${((performance.now() - started) / 1000).toFixed(1)} s, ${((cpu.user + cpu.system) / 1e6).toFixed(1)} s CPU in this process, ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MiB resident)`);
    for (const row of rows) {
      console.log(`  ${row.name.padEnd(56)} ${String(row.ours).padStart(12)} ${row.unit.padEnd(10)} floor ${String(row.floor ?? '-').padStart(12)}  ratio ${row.ratio === undefined ? '   -' : row.ratio.toFixed(2)}  ${row.note ?? ''}`);
    }
    console.log('');
  }
} finally {
  await postgres.stop();
  await rm(home, { recursive: true, force: true });
}
process.exit(0);
