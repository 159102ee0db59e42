import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findFreePort } from '@roster/platform-embedded';
import { waitFor } from './wait-for.js';

const run = promisify(execFile);
const guard = fileURLToPath(new URL('../assets/child-guard.mjs', import.meta.url));
const REMEDY = 'Install it (Debian, Ubuntu: `sudo apt-get install redis-server`; macOS: `brew install redis`) and run the tests again.';

export interface TestRedis {
  readonly url: string;
  readonly port: number;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}
export interface RedisOptions {
  /** Default `noeviction`, as production demands. */
  readonly maxmemoryPolicy?: string;
  /** Append-only file with fsync on every write; default off. */
  readonly appendOnly?: boolean;
}

const version = (): Promise<boolean> => run('redis-server', ['--version']).then(() => true, () => false);
let found: Promise<void> | undefined;

async function findOrInstall(): Promise<void> {
  if (await version()) return;
  if (process.getuid?.() !== 0) throw new Error(`The tests on Redis need redis-server, which is not installed. ${REMEDY}`);
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }; // RUNLEVEL=1: install it, do not start it as a service
    await run('apt-get', ['update', '-qq', '-o', 'DPkg::Lock::Timeout=120'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', 'redis-server'], { env });
  } catch (error) {
    throw new Error(`The tests on Redis need redis-server, and installing it failed. ${REMEDY}`, { cause: error });
  }
  if (!(await version())) throw new Error(`redis-server was installed but does not run. ${REMEDY}`);
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.once('data', (data) => { socket.destroy(); resolve(data.toString().startsWith('+PONG')); });
    socket.once('error', () => resolve(false));
  });

/** A real Redis on a free port, in a temporary folder, which ends with this process. Installed through apt-get when missing and allowed. */
export async function startRedis(options: RedisOptions = {}): Promise<TestRedis> {
  await (found ??= findOrInstall());
  const folder = await mkdtemp(join(tmpdir(), 'roster-redis-'));
  const port = await findFreePort();
  const child: ChildProcess = spawn(process.execPath, [
    guard, 'redis-server', '--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--daemonize', 'no',
    '--appendonly', options.appendOnly ? 'yes' : 'no', '--appendfsync', 'always', '--maxmemory-policy', options.maxmemoryPolicy ?? 'noeviction',
  ], { stdio: ['pipe', 'ignore', 'inherit'], env: { ...process.env, NODE_OPTIONS: '' }, detached: true });
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.stdin?.end();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await waitFor(() => answers(port), { what: `redis-server on port ${port}` });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `redis://127.0.0.1:${port}`, port, stop };
}
