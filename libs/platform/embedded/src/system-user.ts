import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { StartProblem } from './start-problem.js';

const run = promisify(execFile);
const NAME = 'postgres';

/** An account of the operating system. */
export interface SystemUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

async function find(name: string): Promise<SystemUser | null> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name])).stdout)));
    return uid === undefined || gid === undefined ? null : { name, uid, gid };
  } catch {
    return null; // `id` exits with 1 for an unknown name
  }
}

/**
 * PostgreSQL refuses to run as root. As root this is the system user `postgres`, created when missing; as anybody else null (nothing to do).
 * @throws StartProblem when the user is missing and cannot be created
 */
export async function serverUser(): Promise<SystemUser | null> {
  if (process.getuid?.() !== 0) return null;
  const existing = await find(NAME);
  if (existing) return existing;
  const attempts: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', NAME]],
    ['adduser', ['-S', '-D', '-H', NAME]],
  ];
  let failure: unknown;
  for (const [command, args] of attempts) {
    try {
      await run(command, args);
      const created = await find(NAME);
      if (created) return created;
    } catch (error) {
      failure = error;
    }
  }
  throw new StartProblem(
    'PostgreSQL does not run as root, and the system user "postgres" to run it as could not be created.',
    'create it (`useradd --system postgres`), start Roster as an ordinary user, or set DATABASE_URL.',
    { cause: failure },
  );
}

/** Whether the user can enter a folder; asked by trying, because access lists and mount options count too. */
export async function canEnter(user: SystemUser | null, folder: string): Promise<boolean> {
  if (user === null) return true;
  try {
    await run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { uid: user.uid, gid: user.gid, cwd: '/' });
    return true;
  } catch {
    return false;
  }
}
