import { open, readFile, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parsePostmasterPid } from './postmaster-pid.js';
import { EMBEDDED_MAJOR } from './postgres-binaries.js';
import { commandOf, isAlive, processIdentity, workingFolderOf } from './process-identity.js';
import { StartProblem } from './start-problem.js';

/** A lock of another host counts as live while its guard touches it: three missed heartbeats of 2 s. */
const HEARTBEAT_GRACE_MS = 7_000;
/** A process that was just killed takes a moment to vanish. */
const DYING_MS = 500;
const GUARD_GRACE_MS = 2_000;
const IMMEDIATE_MS = 8_000;
const SHUTDOWN_MS = 25_000;

interface Lock {
  readonly pid: number;
  readonly identity: string | null;
  readonly host: string;
}
export const lockFileOf = (dataDir: string): string => `${dataDir}.lock`;

async function readOptional(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}
function parseLock(text: string): Lock | null {
  try {
    return JSON.parse(text) as Lock;
  } catch {
    return null; // cut off by a full disk or a power failure: nobody holds it
  }
}
async function isHeld(path: string, lock: Lock): Promise<boolean> {
  if (lock.host === hostname()) return lock.identity !== null && !(await gone(lock.pid, lock.identity, DYING_MS));
  // Another host, or this container under a new name: only the heartbeat of its guard tells.
  const before = (await stat(path).catch(() => null))?.mtimeMs;
  await sleep(HEARTBEAT_GRACE_MS);
  const after = (await stat(path).catch(() => null))?.mtimeMs;
  return after !== undefined && before !== after;
}

/**
 * Takes the data folder for this process. One winner, also when two starts race.
 * @returns the text of the lock, which the guard compares before it removes the file
 * @throws StartProblem when a live process holds it
 */
export async function lockDataFolder(dataDir: string): Promise<string> {
  const path = lockFileOf(dataDir);
  const mine = JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid), host: hostname() } satisfies Lock);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    try {
      const file = await open(path, 'wx', 0o600);
      await file.writeFile(mine);
      await file.close();
      return mine;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const text = await readOptional(path);
    const holder = text === null ? null : parseLock(text);
    if (holder !== null && (await isHeld(path, holder))) {
      throw new StartProblem(
        `The data folder ${dataDir} is in use by a running Roster (process ${holder.pid}${holder.host === hostname() ? '' : ` on ${holder.host}`}).`,
        'stop that one first (Ctrl-C in its terminal), or give this one a folder of its own with ROSTER_HOME.',
      );
    }
    if (text !== null && (await readOptional(path)) === text) await rm(path, { force: true });
  }
  throw new StartProblem(`The data folder ${dataDir} is being started by another process.`, 'wait a moment and start again.');
}

export async function unlockDataFolder(dataDir: string, lock: string): Promise<void> {
  if ((await readOptional(lockFileOf(dataDir))) === lock) await rm(lockFileOf(dataDir), { force: true });
}

/**
 * The major version the folder was made with.
 * @returns null for a folder without a database
 * @throws StartProblem when it is not the one of the embedded server
 */
export async function checkMajor(dataDir: string): Promise<number | null> {
  const text = await readOptional(join(dataDir, 'PG_VERSION'));
  if (text === null) return null;
  const major = Number.parseInt(text, 10);
  if (major === EMBEDDED_MAJOR) return major;
  throw new StartProblem(
    `The data folder ${dataDir} was made by PostgreSQL ${text.trim()}, the embedded server is ${EMBEDDED_MAJOR}.`,
    `move the data with pg_upgrade, or dump it with the old server (pg_dumpall) and load it into a new folder; to start empty instead, set ROSTER_HOME to another folder.`,
  );
}

async function gone(pid: number, identity: string, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (processIdentity(pid) === identity) {
    if (performance.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}

/**
 * Deals with what an earlier run left in the folder, once the lock is ours: a server that lost its Roster is stopped (data is written),
 * a lock file of a dead server is removed. PostgreSQL would refuse to start when the dead server's number belongs to some other process now.
 * @throws StartProblem when a server that Roster did not start, or that does not stop, owns the folder
 */
export async function clearLeftovers(dataDir: string, notify: (message: string) => void): Promise<void> {
  const path = join(dataDir, 'postmaster.pid');
  const text = await readOptional(path);
  if (text === null) return;
  const server = parsePostmasterPid(text);
  const identity = server === null || !isAlive(server.pid) ? null : processIdentity(server.pid);
  const command = server === null || identity === null ? null : commandOf(server.pid);
  const folder = server === null ? null : workingFolderOf(server.pid);
  const isServer = command !== null && /postgres/.test(command) && (folder === null ? command.includes(dataDir) : folder === dataDir);
  if (server === null || identity === null || !isServer) {
    await rm(path, { force: true });
    return;
  }
  // Its guard is most likely stopping it right now.
  if (await gone(server.pid, identity, GUARD_GRACE_MS)) return;
  notify(`A PostgreSQL of an earlier run (process ${server.pid}) was still running and is stopped now.`);
  try {
    process.kill(server.pid, 'SIGINT');
    if (await gone(server.pid, identity, SHUTDOWN_MS)) return;
    process.kill(server.pid, 'SIGQUIT');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
  if (await gone(server.pid, identity, IMMEDIATE_MS)) return;
  throw new StartProblem(
    `Another PostgreSQL (process ${server.pid}) uses the data folder ${dataDir} and cannot be stopped from here.`,
    `stop it (\`kill ${server.pid}\` as the user that started it), or set ROSTER_HOME to another folder.`,
  );
}
