import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StartProblem } from '@roster/platform-embedded';

const READY_MS = 60_000;
const STOP_MS = 15_000;
const LOG_ROTATE_BYTES = 20 * 1_048_576;

interface LogLine { readonly level: number; readonly msg?: string; readonly err?: { readonly message?: string } }

/** Frames, pointers and version of a crash: the file has them, a person needs the message. */
const CRASH_NOISE = /^\s*$|^\s+at |^\s*\^+\s*$|^Node\.js v|^file:\/\/|^\s+(throw|const|return)\b|^[{}\s]+$/;

/** The last serious lines of a service's log (one JSON object a line; 50 and above are errors), for a person. */
export function lastErrors(log: string): string {
  const said = log.split('\n').flatMap((line) => {
    try {
      const { level, msg, err } = JSON.parse(line) as LogLine;
      return level >= 50 ? [[msg, err?.message].filter((text, index, all) => text && all.indexOf(text) === index).join(': ')] : [];
    } catch {
      return CRASH_NOISE.test(line) ? [] : [line.trim()]; // not JSON: what Node itself prints when a process crashes
    }
  });
  return said.slice(-3).join('\n  ');
}

/** One service (api or worker) as a child of the launcher: in a session of its own, so that Ctrl-C reaches the launcher, which stops in order. */
export class ServiceProcess {
  private child: ChildProcess | null = null;
  private stopping = false;

  /**
   * @param entry compiled main file
   * @param logFile where its output goes
   * @param onCrash told when it ends without having been asked to, after it was ready
   */
  constructor(readonly name: string, private readonly entry: string, private readonly environment: NodeJS.ProcessEnv, private readonly logFile: string, private readonly onCrash: (service: ServiceProcess, reason: string) => void) {}

  /** Starts it and waits until it says it is ready. @throws StartProblem with the last errors of its log */
  async start(): Promise<void> {
    this.stopping = false;
    await mkdir(dirname(this.logFile), { recursive: true });
    const before = (await stat(this.logFile).catch(() => null))?.size ?? 0;
    if (before > LOG_ROTATE_BYTES) await rename(this.logFile, `${this.logFile}.1`);
    const log = await open(this.logFile, 'a', 0o600);
    const from = (await log.stat()).size;
    const child = spawn(process.execPath, ['--enable-source-maps', this.entry], { env: this.environment, stdio: ['ignore', log.fd, log.fd, 'ipc'], detached: true });
    await log.close();
    this.child = child;
    const exited = once(child, 'exit').then(() => 'exited' as const);
    const ready = new Promise<'ready'>((resolve) => child.on('message', (message) => { if ((message as { ready?: boolean }).ready) resolve('ready'); }));
    const outcome = await Promise.race([ready, exited, sleep(READY_MS, 'late' as const, { ref: false })]);
    if (outcome === 'ready') {
      child.once('exit', (code, signal) => { void this.ended(child, signal ?? `exit code ${code}`, from); });
      return;
    }
    if (this.stopping) return;
    const reason = await this.logSince(from);
    await this.stop();
    throw new StartProblem(
      `The ${this.name} ${outcome === 'late' ? `was not ready within ${READY_MS / 1000} s` : 'could not start'}:\n  ${reason || 'it left no message'}`,
      `read ${this.logFile}; if a variable is named, correct it (docs/reference/configuration.md).`,
    );
  }

  /** Ends it: its work in progress is finished or handed back. Safe to call when it does not run. */
  async stop(): Promise<void> {
    this.stopping = true;
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    if (child.connected) child.disconnect();
    if ((await Promise.race([exited.then(() => 'exited'), sleep(STOP_MS, 'late', { ref: false })])) === 'late') {
      child.kill('SIGKILL');
      await exited;
    }
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  private async ended(child: ChildProcess, how: string, from: number): Promise<void> {
    if (this.stopping || this.child !== child) return;
    this.onCrash(this, `${how}${await this.logSince(from).then((text) => (text ? `: ${text}` : ''))}`);
  }

  private async logSince(from: number): Promise<string> {
    const file = await open(this.logFile);
    try {
      const size = (await file.stat()).size;
      const start = Math.max(from, size - 64_000);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(size - start, 0)), 0, Math.max(size - start, 0), start);
      return lastErrors(buffer.subarray(0, bytesRead).toString('utf8'));
    } finally {
      await file.close();
    }
  }
}
