import { spawn } from 'node:child_process';
import { writeFile, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { childEnvironment, loadConfig, loadOperatorSettings, type RosterConfig } from '@roster/platform-config';
import { EmbeddedPostgres, StartProblem } from '@roster/platform-embedded';
import { FileStorage } from '@roster/platform-storage';
import { Client } from 'pg';
import { prepareDatabase, withDatabase, type DatabaseUrls } from '../database.js';
import { openHome, type RosterHome } from '../roster-home.js';
import { removeDemo, type RemovedDemo } from './remove-demo.js';
import type { WrittenDemo } from './write-demo.js';

const loginFile = (home: RosterHome): string => join(home.folder, 'demo-login.json');
const main = process.argv[1] ?? '';

/** How to sign in to the demo, for people. */
export const describeDemo = (demo: WrittenDemo): string => [
  `Demo organization: ${demo.organization}, ${demo.workloads} made-up workloads`, `  Sign in    ${demo.email} / ${demo.password}`, '  Remove it  npx roster-ops demo remove',
].join('\n');

async function exists(migratorUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: migratorUrl, application_name: 'roster-ops' });
  await client.connect();
  try {
    return (await client.query('SELECT 1 FROM organization WHERE demo')).rowCount !== 0;
  } finally {
    await client.end();
  }
}

/**
 * Writes the demo organization in a process of its own, unless it is there. No api or worker may run meanwhile.
 * @returns how to sign in
 * @throws StartProblem when this installation cannot write one
 */
export async function ensureDemo(config: RosterConfig, home: RosterHome, urls: DatabaseUrls): Promise<WrittenDemo> {
  if (!urls.migrator) throw new StartProblem('The demo organization needs the role that owns the schema.', 'set DATABASE_ADMIN_URL or DATABASE_MIGRATOR_URL.');
  if (await exists(urls.migrator)) {
    return JSON.parse(await readFile(loginFile(home), 'utf8').catch(() => { throw new StartProblem('The demo organization exists, but its password is not known in this folder.', 'remove it with `npx roster-ops demo remove` and add it again.'); })) as WrittenDemo;
  }
  const child = spawn(process.execPath, ['--enable-source-maps', main, 'demo', 'write'], {
    env: {
      ...childEnvironment({
        DATABASE_URL: urls.app, DATABASE_SCHEDULER_URL: urls.scheduler, DATABASE_QUEUE_URL: urls.queue, STORAGE_URL: config.storageUrl || `file:${home.filesDir}`, SIGNING_KEY_FILE: config.signingKeyFile || home.signingKeyFile,
      }), DATABASE_MIGRATOR_URL: urls.migrator,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit') as Promise<[number | null]>]);
  if (code !== 0) {
    await eraseDemo(config, home, urls.migrator);
    throw new StartProblem('The demo organization could not be written; what there was of it has been removed.', 'see the message above; start without --demo meanwhile.');
  }
  const written = JSON.parse(output) as WrittenDemo;
  await writeFile(loginFile(home), `${JSON.stringify(written, null, 2)}\n`, { mode: 0o600 });
  return written;
}

/** `roster-ops demo write`: the process in which the demo is written. Internal: `up --demo` and `demo add` start it. */
export async function writeDemoProcess(): Promise<number> {
  const { writeDemo } = await import('./write-demo.js'); // loads the whole application
  const { databaseMigratorUrl } = loadOperatorSettings();
  if (!databaseMigratorUrl) throw new Error('DATABASE_MIGRATOR_URL is set by the process that starts this one');
  let shown = -1;
  const written = await writeDemo(loadConfig(), databaseMigratorUrl, (share) => {
    const percent = Math.floor(share * 10) * 10;
    if (percent <= shown) return;
    shown = percent;
    process.stderr.write(`Writing the demo organization: ${percent} %\n`);
  });
  process.stdout.write(JSON.stringify(written));
  return 0;
}

/** `roster-ops demo add` */
export async function addDemoCommand(): Promise<number> {
  const config = loadConfig();
  const operator = loadOperatorSettings();
  const home = await openHome(operator.home);
  if (!config.databaseUrl && !operator.databaseAdminUrl && (await EmbeddedPostgres.runningPort(home.dataDir)) !== null) {
    throw new StartProblem('Roster is running from this folder, and its worker would disturb the past of the demo.', 'stop it (Ctrl-C) and run `npm start -- --demo`.');
  }
  const database = await prepareDatabase(config, operator, home, (message) => console.error(message));
  try {
    console.log(describeDemo(await ensureDemo(config, home, database.urls)));
  } finally {
    await database.embedded?.stop();
  }
  return 0;
}

/** Rows, then files: a file without a row is waste, a row without its file would be a lie. */
async function eraseDemo(config: RosterConfig, home: RosterHome, migratorUrl: string): Promise<RemovedDemo> {
  const removed = await removeDemo(migratorUrl);
  const storage = FileStorage.fromUrl(config.storageUrl || `file:${home.filesDir}`);
  for (const { tenantId } of removed.organizations) await storage.deleteAll(`${tenantId}/`);
  await rm(loginFile(home), { force: true });
  return removed;
}

/** `roster-ops demo remove`: also while Roster runs. */
export async function removeDemoCommand(): Promise<number> {
  const config = loadConfig();
  const operator = loadOperatorSettings();
  const home = await openHome(operator.home);
  const removed = await withDatabase(config, operator, home, async (urls) => {
    if (!urls.migrator) throw new StartProblem('Removing the demo organization needs the role that owns the schema.', 'set DATABASE_ADMIN_URL or DATABASE_MIGRATOR_URL.');
    return eraseDemo(config, home, urls.migrator);
  });
  console.log(removed.organizations.length === 0 ? 'There is no demo organization.' : `Removed ${removed.organizations.map(({ name }) => name).join(', ')}: ${removed.rows} rows and all files.`);
  return 0;
}
