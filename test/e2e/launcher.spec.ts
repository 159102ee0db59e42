import { chmod, chown, mkdtemp, readFile, readdir, readlink, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres } from '@roster/platform-embedded';
import { findFreePort, startRedis, waitFor } from '@roster/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import { Launcher } from './launcher.js';

jest.setTimeout(180_000);
const FIRST_START_MS = 60_000;
const LATER_START_MS = 20_000;
const NOBODY = 65_534;

let home: string;
const launchers: Launcher[] = [];
beforeEach(async () => { home = await mkdtemp(join(tmpdir(), 'roster-launcher-')); });
afterEach(async () => {
  for (const launcher of launchers.splice(0)) if (launcher.child.exitCode === null && launcher.child.signalCode === null) await launcher.interrupt();
  await waitFor(async () => (await ownProcesses()).length === 0, { timeout: 30_000, what: 'the end of every process of this installation' });
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

async function start(...options: Parameters<typeof Launcher.start> extends [string, ...infer Rest] ? Rest : never): Promise<Launcher> {
  const launcher = await Launcher.start(home, ...options);
  launchers.push(launcher);
  return launcher;
}
async function started(...options: Parameters<typeof start>): Promise<Launcher> {
  const launcher = await start(...options);
  if (launcher.readyAfterMs === null) throw new Error(`It did not start:\n${launcher.output}`);
  return launcher;
}

/** Processes that belong to this installation: their environment or their working folder names it. */
async function ownProcesses(): Promise<number[]> {
  const found: number[] = [];
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const texts = await Promise.all([readFile(`/proc/${pid}/environ`, 'utf8').catch(() => ''), readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''), readlink(`/proc/${pid}/cwd`).catch(() => '')]);
    if (texts.some((text) => text.includes(home))) found.push(Number(pid));
  }
  return found;
}

async function workers(): Promise<number[]> {
  const commands = await Promise.all((await ownProcesses()).map(async (pid) => ({ pid, command: await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '') })));
  return commands.filter(({ command }) => command.includes('apps/worker/dist')).map(({ pid }) => pid);
}

const account = { organization: { name: 'Launcher Test' }, user: { name: 'Ada', email: 'ada@launcher.example', password: 'correct horse battery staple' } };
async function post(launcher: Launcher, path: string, body: unknown): Promise<Response> {
  return fetch(`${launcher.url}/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}
const signUp = (launcher: Launcher): Promise<Response> => post(launcher, '/sign-up', account);
const signIn = (launcher: Launcher): Promise<Response> => post(launcher, '/sessions', { email: account.user.email, password: account.user.password });

describe('npm start', () => {
  it('starts with nothing installed, says what to do next, stops cleanly on Ctrl-C and keeps the data', async () => {
    const first = await started();
    expect(first.readyAfterMs).toBeLessThan(FIRST_START_MS);
    expect(first.output).toContain(`http://localhost:${first.port}`);
    expect(first.output).toMatch(/Next:\n +open http\S+\/sign-up.*\n +npx roster login --sign-up/);
    expect((await fetch(`${first.url}/api/v1/health/ready`)).status).toBe(200);
    expect(await (await fetch(first.url)).text()).toContain('<title>Roster</title>');
    expect((await signUp(first)).status).toBe(201);
    for (const file of ['secrets.json', 'keys/signing.pem']) expect((await stat(join(home, file))).mode & 0o777).toBe(0o600);
    const secrets = await readFile(join(home, 'secrets.json'), 'utf8');
    expect(await first.interrupt()).toBe(0);
    expect(await ownProcesses()).toEqual([]);

    const second = await started({ port: first.port });
    expect(second.readyAfterMs).toBeLessThan(LATER_START_MS);
    expect((await signIn(second)).status).toBe(201);
    expect(await readFile(join(home, 'secrets.json'), 'utf8')).toBe(secrets);
    process.stdout.write(`first start ${Math.round(first.readyAfterMs ?? 0)} ms, second start ${Math.round(second.readyAfterMs ?? 0)} ms\n`);
  });

  it('leaves nothing that blocks the next start when it is killed with -9', async () => {
    const first = await started();
    expect((await signUp(first)).status).toBe(201);
    await first.kill();
    const second = await started({ port: first.port });
    expect(second.readyAfterMs).toBeLessThan(LATER_START_MS);
    expect((await signIn(second)).status).toBe(201);
  });

  it('starts a service again that died', async () => {
    const launcher = await started();
    const [worker] = await workers();
    process.kill(worker ?? 0, 'SIGKILL');
    await waitFor(() => launcher.output.includes('The worker runs again.'), { timeout: 30_000, what: 'the new worker' });
    const after = await workers();
    expect(after).toHaveLength(1);
    expect(after).not.toContain(worker);
  });

  it('refuses a busy port with the remedy', async () => {
    const port = await findFreePort();
    const other = createServer();
    await new Promise<void>((resolve) => { other.listen(port, '127.0.0.1', resolve); });
    const launcher = await start({ port });
    expect(await launcher.exited).toBe(1);
    expect(launcher.output).toContain(`Port ${port} on 127.0.0.1 is in use by another program.`);
    expect(launcher.output).toContain(`PORT=${port + 1} npm start`);
    expect(launcher.output).not.toMatch(/\n +at /);
    other.close();
  });

  it('refuses a data folder that is in use, and leaves the other one alone', async () => {
    const first = await started();
    const second = await start();
    expect(await second.exited).toBe(1);
    expect(second.output).toContain(`in use by a running Roster (process ${first.child.pid})`);
    expect(second.output).toContain('ROSTER_HOME');
    expect((await fetch(`${first.url}/api/v1/health/ready`)).status).toBe(200);
  });

  it('refuses a Redis that may evict, and one that does not answer', async () => {
    const redis = await startRedis({ maxmemoryPolicy: 'allkeys-lru' });
    const evicting = await start({ env: { REDIS_URL: redis.url } });
    await redis.stop();
    expect(await evicting.exited).toBe(1);
    expect(evicting.output).toMatch(/maxmemory-policy allkeys-lru[^]*CONFIG SET maxmemory-policy noeviction/);
    const silent = await start({ env: { REDIS_URL: redis.url } });
    expect(await silent.exited).toBe(1);
    expect(silent.output).toMatch(/The Redis at 127\.0\.0\.1:\d+ does not answer/);
  });

  it('names a wrong variable', async () => {
    const launcher = await start({ env: { LOG_LEVEL: 'chatty' } });
    expect(await launcher.exited).toBe(1);
    expect(launcher.output).toMatch(/LOG_LEVEL: .*chatty/);
  });

  it('uses a server of its own choice: sets it up with an administrator, joins Redis, says when nobody answers', async () => {
    const external = await EmbeddedPostgres.start({ dataDir: join(home, 'external'), password: 'external', durable: false });
    const redis = await startRedis();
    try {
      // As managed databases give it: may create roles and databases, and is no superuser.
      const superuser = new Client({ connectionString: external.url({ database: 'postgres' }) });
      await superuser.connect();
      await superuser.query(`CREATE ROLE their_admin LOGIN CREATEROLE CREATEDB PASSWORD 'theirs'`);
      await superuser.end();
      const launcher = await started({ env: { DATABASE_URL: external.url({ database: 'their_roster', user: 'their_admin', password: 'theirs' }), REDIS_URL: redis.url } });
      expect(launcher.output).toContain(`at 127.0.0.1:${external.port}`);
      expect((await signUp(launcher)).status).toBe(201);
      expect(await launcher.interrupt()).toBe(0);
      expect(await readdir(home)).not.toContain('postgres');
    } finally {
      await redis.stop();
      await external.stop();
    }
    const alone = await start({ env: { DATABASE_URL: external.url({ database: 'their_roster' }) } });
    expect(await alone.exited).toBe(1);
    expect(alone.output).toMatch(/The database postgres@127\.0\.0\.1:\d+\/their_roster does not let us in: .*ECONNREFUSED/);
    expect(alone.output).not.toContain('external@');
  });

  it('runs as root and as an ordinary user', async () => {
    if (process.getuid?.() === 0) {
      await chmod(home, 0o700);
      await chown(home, NOBODY, NOBODY);
      const launcher = await started({ user: NOBODY });
      expect((await signUp(launcher)).status).toBe(201);
      expect((await stat(join(home, 'postgres'))).uid).toBe(NOBODY);
    } else {
      const launcher = await started();
      expect((await stat(join(home, 'postgres'))).uid).toBe(process.getuid?.());
      expect((await signUp(launcher)).status).toBe(201);
    }
  });
});
