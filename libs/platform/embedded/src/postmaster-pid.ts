/** What a running server writes into `postmaster.pid` (PostgreSQL source, `miscadmin.h`: LOCK_FILE_LINE_*). */
export interface PostmasterPid {
  readonly pid: number;
  readonly dataDir: string;
  readonly port: number | null;
  readonly ready: boolean;
}

/** @returns null when the text is not a complete lock file (half-written or foreign) */
export function parsePostmasterPid(text: string): PostmasterPid | null {
  const lines = text.split('\n');
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid === 0) return null;
  const port = Number(lines[3]);
  // A negative id marks a single-user server.
  return { pid: Math.abs(pid), dataDir: lines[1] ?? '', port: Number.isInteger(port) && port > 0 ? port : null, ready: (lines[7] ?? '').trim() === 'ready' };
}
