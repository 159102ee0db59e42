/**
 * The PostgreSQL of one test run: own port, own folder under the system's temporary folder, roles, and one migrated template database that
 * every test file clones. Writes one line of JSON (TestPostgres) when ready, runs until stdin closes, then removes everything.
 * A process of its own, so that an interrupted or killed test run leaves nothing behind.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '@roster/platform-embedded';
import { applyMigrations, ensureRoles, schemaDigest } from '@roster/schema';
import { Client } from 'pg';
import type { TestPostgres } from './test-postgres.js';

const secret = (): string => randomBytes(18).toString('base64url');
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined); // stdin decides

const folder = await mkdtemp(join(tmpdir(), 'roster-run-'));
const removed = (error: unknown): Promise<never> => rm(folder, { recursive: true, force: true }).then(() => { throw error; });
const postgres = await EmbeddedPostgres.start({
  dataDir: join(tmpdir(), `roster-test-${process.pid}-${randomBytes(3).toString('hex')}`),
  password: secret(),
  durable: false,
  temporary: true,
  // Each connection would otherwise cost 4,096 rounds of hashing, a hundred times per run.
  settings: { scram_iterations: '1' },
}).catch(removed);
try {
  const template = `tpl_${(await schemaDigest()).slice(0, 16)}`;
  const passwords = { migrator: secret(), app: secret(), scheduler: secret(), queue: secret() };
  const admin = new Client({ connectionString: postgres.url({ database: 'postgres' }) });
  await admin.connect();
  await ensureRoles(admin, template, passwords);
  const migrator = new Client({ connectionString: postgres.url({ database: template, user: 'roster_migrator', password: passwords.migrator }) });
  await migrator.connect();
  try {
    await applyMigrations(migrator);
  } finally {
    await migrator.end();
  }
  await admin.query(`ALTER DATABASE ${template} IS_TEMPLATE true`);
  await admin.end();
  const ready: TestPostgres = { port: postgres.port, template, adminUrl: postgres.url({ database: 'postgres' }), passwords, folder };
  process.stdout.write(`${JSON.stringify(ready)}\n`);
} catch (error) {
  await postgres.stop();
  await removed(error);
}
// However the server ends, asked to or not, the files of the run go with it.
process.stdin.resume();
process.stdin.once('end', () => void postgres.stop());
const code = await postgres.exited;
await rm(folder, { recursive: true, force: true });
process.exit(code);
