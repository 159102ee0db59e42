import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { EmbeddedPostgres } from './embedded-postgres.js';
import { isPortFree } from './free-port.js';
import { parsePostmasterPid } from './postmaster-pid.js';
import { processIdentity } from './process-identity.js';
import { StartProblem } from './start-problem.js';

jest.setTimeout(60_000);
const repository = fileURLToPath(new URL('../../../../', import.meta.url));
const password = 'test-password';
let home: string;
let dataDir: string;
const children: ChildProcessWithoutNullStreams[] = [];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'roster-embedded-'));
  await chmod(home, 0o755);
  dataDir = join(home, 'postgres');
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  await until(async () => !(await readdir(home)).includes('postgres.lock'));
  await rm(home, { recursive: true, force: true });
});

/** A zombie that nobody has fetched yet does not run. */
const isRunning = (pid: number): boolean => processIdentity(pid) !== null;
async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let left = 400; !(await condition()); left -= 1) {
    if (left === 0) throw new Error('waited 10 s in vain');
    await sleep(25);
  }
}
async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}
/** A process that holds a server in the data folder. */
async function holder(): Promise<{ child: ChildProcessWithoutNullStreams; url: string }> {
  const child = spawn(process.execPath, ['--import', join(repository, 'tools/typescript-loader.mjs'), join(repository, 'libs/platform/embedded/fixtures/hold-postgres.ts'), dataDir], { cwd: repository });
  children.push(child);
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => { errors += text; });
  const url = await Promise.race([
    once(child.stdout, 'data').then(([data]) => String(data).trim()),
    once(child, 'exit').then(() => { throw new Error(errors); }),
  ]);
  return { child, url };
}
const servers: EmbeddedPostgres[] = [];
async function start(more: Partial<Parameters<typeof EmbeddedPostgres.start>[0]> = {}): Promise<EmbeddedPostgres> {
  const server = await EmbeddedPostgres.start({ dataDir, password, durable: false, ...more });
  servers.push(server);
  return server;
}
const postmasterPid = async (): Promise<number> => parsePostmasterPid(await readFile(join(dataDir, 'postmaster.pid'), 'utf8'))?.pid ?? 0;
async function problemOf(work: Promise<EmbeddedPostgres>): Promise<StartProblem> {
  const outcome = await work.then(async (server) => { await server.stop(); return null; }, (error: unknown) => error);
  if (!(outcome instanceof StartProblem)) throw outcome ?? new Error('it started');
  return outcome;
}

describe('EmbeddedPostgres', () => {
  it('keeps data over a restart and listens on the loopback interface only, with a password', async () => {
    const first = await start();
    expect(first.firstStart).toBe(true);
    await query(first.url({ database: 'postgres' }), 'CREATE TABLE kept AS SELECT 42 AS answer');
    await expect(query(first.url({ database: 'postgres', password: 'wrong' }), 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect(await query(first.url({ database: 'postgres' }), `SELECT current_setting('listen_addresses') AS a, current_setting('server_version_num')::int / 10000 AS v`)).toEqual([{ a: '127.0.0.1', v: 18 }]);
    await first.stop();
    await first.stop();
    expect(await first.exited).toBe(0);
    const second = await start();
    expect(second.firstStart).toBe(false);
    expect(await query(second.url({ database: 'postgres' }), 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    await second.stop();
    expect(await readdir(home)).toEqual(['postgres', 'postgres.log']);
  });

  it('refuses a busy port with a remedy and leaves nothing behind', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => { other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port)); });
    expect(await isPortFree(port)).toBe(false);
    const problem = await problemOf(start({ port }));
    expect(problem.problem).toContain(`Port ${port}`);
    expect(problem.remedy).toMatch(/another port/);
    expect(await readdir(home)).toEqual([]);
    other.close();
  });

  it('refuses a data folder that a live process holds, and names that process', async () => {
    const { child, url } = await holder();
    const problem = await problemOf(start());
    expect(problem.problem).toContain(`in use by a running Roster (process ${child.pid})`);
    expect(problem.remedy).toContain('ROSTER_HOME');
    expect(await query(url, 'SELECT 1 AS alive')).toEqual([{ alive: 1 }]);
  });

  it('lets exactly one of two simultaneous starts win', async () => {
    const outcomes = await Promise.allSettled([holder(), holder()]);
    expect(outcomes.map((o) => o.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(String((outcomes.find((o) => o.status === 'rejected') as PromiseRejectedResult).reason)).toMatch(/in use by a running Roster|being started by another process/);
  });

  it('stops the server when its process is killed with -9, and starts again at once', async () => {
    const { child, url } = await holder();
    await query(url, 'CREATE TABLE kept AS SELECT 1 AS n');
    const server = await postmasterPid();
    child.kill('SIGKILL');
    const again = await start();
    expect(isRunning(server)).toBe(false);
    expect(await query(again.url({ database: 'postgres' }), 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    await again.stop();
  });

  it('recovers when everything was killed with -9 at once', async () => {
    const { child, url } = await holder();
    await query(url, 'CREATE TABLE kept AS SELECT 1 AS n');
    await query(url, 'CHECKPOINT'); // the server of these tests is not durable, and this one dies without warning
    const server = await postmasterPid();
    child.kill('SIGKILL');
    process.kill(server, 'SIGKILL');
    await until(async () => !isRunning(server));
    const again = await start();
    expect(await query(again.url({ database: 'postgres' }), 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
    await again.stop();
  });

  it('starts although the number of the dead server belongs to another process now', async () => {
    const server = await start();
    await server.stop();
    await writeFile(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n1\n5432\n\n127.0.0.1\n 1 1\nready   \n`);
    const again = await start();
    expect(again.firstStart).toBe(false);
    await again.stop();
  });

  it('stops an orphaned server whose guard is gone too', async () => {
    const { child } = await holder();
    const server = await postmasterPid();
    const lock = await readFile(`${dataDir}.lock`, 'utf8');
    const guard = Number((await readFile(`/proc/${server}/stat`, 'utf8')).split(') ')[1]?.split(' ')[1]);
    process.kill(guard, 'SIGKILL');
    child.kill('SIGKILL');
    await until(async () => !isRunning(guard));
    expect(isRunning(server)).toBe(true);
    expect(await readFile(`${dataDir}.lock`, 'utf8')).toBe(lock);
    const notes: string[] = [];
    const again = await start({ notify: (note) => notes.push(note) });
    expect(isRunning(server)).toBe(false);
    expect(notes).toEqual([`A PostgreSQL of an earlier run (process ${server}) was still running and is stopped now.`]);
    await again.stop();
  });

  it('refuses a data folder of another major version and says what to do', async () => {
    const server = await start();
    await server.stop();
    await writeFile(join(dataDir, 'PG_VERSION'), '16\n');
    const problem = await problemOf(start());
    expect(problem.problem).toContain('made by PostgreSQL 16, the embedded server is 18');
    expect(problem.remedy).toMatch(/pg_upgrade.*pg_dumpall.*ROSTER_HOME/);
    await writeFile(join(dataDir, 'PG_VERSION'), '18\n');
  });

  it('makes a new database after a first start that was interrupted half-way', async () => {

    await mkdir(join(home, 'postgres.new'));
    await writeFile(join(home, 'postgres.new', 'PG_VERSION'), '18\n');
    const server = await start();
    expect(server.firstStart).toBe(true);
    await server.stop();
    expect(await readdir(home)).toEqual(['postgres', 'postgres.log']);
  });

  it('works in a folder that only this user can enter', async () => {
    await chmod(home, 0o700);
    const server = await start();
    expect(await query(server.url({ database: 'postgres' }), 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    await server.stop();
    const again = await start();
    expect(again.firstStart).toBe(false);
    await again.stop();
  });

  it('removes a temporary folder when it stops', async () => {
    const server = await start({ temporary: true });
    await server.stop();
    expect(await readdir(home)).toEqual([]);
  });
});
