import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';

/** Whether a process with this id exists (also when it belongs to another user). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // no such process, or no /proc on this system: the callers fall back to ps
  }
}
function ps(pid: number, field: string): string | null {
  try {
    return execFileSync('ps', ['-o', `${field}=`, '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim() || null;
  } catch {
    return null; // ps exits with 1 when the process is gone
  }
}

/** The start time of a process out of the text of `/proc/<pid>/stat`, whose second field may itself contain spaces and brackets. */
export function startTicks(stat: string): string | null {
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return afterName[0] === 'Z' ? null : (afterName[19] ?? null);
}

/**
 * Tells a process from a later one with the same id: a number of a process table is used again, in containers within seconds.
 * @returns null when there is no such process (a zombie counts as gone)
 */
export function processIdentity(pid: number): string | null {
  const stat = readText(`/proc/${pid}/stat`);
  if (stat !== null) {
    const ticks = startTicks(stat);
    return ticks === null ? null : `${pid}@${ticks}@${(readText('/proc/sys/kernel/random/boot_id') ?? '').trim()}`;
  }
  const started = isAlive(pid) ? ps(pid, 'lstart') : null;
  return started === null ? null : `${pid}@${started}`;
}

/** The command line of a process, or null when it is gone. */
export function commandOf(pid: number): string | null {
  return readText(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').trim() ?? ps(pid, 'command');
}

/** The working folder of a process where the system tells it (Linux), else null. */
export function workingFolderOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}
