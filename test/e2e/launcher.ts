import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '@roster/testing';

const repository = fileURLToPath(new URL('../../', import.meta.url));

/** A `roster-ops up` as a user runs it: a process of its own, seen from outside only. */
export class Launcher {
  output = '';
  /** From the start of the process to its banner, in milliseconds. */
  readyAfterMs: number | null = null;

  private constructor(readonly child: ChildProcess, readonly port: number, readonly exited: Promise<number>) {}

  /** Starts it and waits until it is ready or has ended. */
  static async start(home: string, options: { port?: number; env?: Record<string, string>; user?: number; args?: string[] } = {}): Promise<Launcher> {
    const port = options.port ?? (await findFreePort());
    const { NODE_OPTIONS: _options, ROSTER_TEST_POSTGRES: _postgres, npm_lifecycle_event: _event, ...inherited } = process.env;
    const started = performance.now();
    const child = spawn(process.execPath, ['apps/ops/dist/main.js', 'up', ...(options.args ?? [])], {
      cwd: repository, env: { ...inherited, ROSTER_HOME: home, PORT: String(port), ...options.env }, stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.user === undefined ? {} : { uid: options.user, gid: options.user }),
    });
    const exited = once(child, 'exit').then(([code, signal]) => (signal ? 128 : (code as number)));
    const launcher = new Launcher(child, port, exited);
    const ready = new Promise<void>((resolve) => {
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding('utf8').on('data', (text: string) => {
          launcher.output += text;
          if (/Roster is ready/.test(launcher.output)) {
            launcher.readyAfterMs ??= performance.now() - started;
            resolve();
          }
        });
      }
    });
    await Promise.race([ready, exited]);
    return launcher;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Ctrl-C. @returns the exit code */
  interrupt(): Promise<number> {
    this.child.kill('SIGINT');
    return this.exited;
  }

  /** The kind of end that no program can prepare for. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }
}
