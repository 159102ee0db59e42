import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RosterConfig } from '@roster/platform-config';

const MAIN = join(import.meta.dirname, '..', '..', 'apps', 'worker', 'dist', 'main.js');

/** A clock that worker processes read from a file. */
export class SharedClock {
  constructor(readonly file: string) {}

  set(instant: string | Date): void {
    // Whole or not at all: a worker that reads meanwhile sees the old instant or the new one.
    writeFileSync(`${this.file}.next`, new Date(instant).toISOString());
    renameSync(`${this.file}.next`, this.file);
  }
}

/** A real worker process on a test database. */
export class WorkerProcess {
  private output = '';

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data: Buffer) => { this.output += data.toString(); });
  }

  /** Starts a worker and waits until it works. @throws with its output when it ends before */
  static async start(config: RosterConfig, clock: SharedClock): Promise<WorkerProcess> {
    const child = fork(MAIN, [], {
      silent: true, execArgv: [],
      env: {
        PATH: process.env['PATH'], ROSTER_ENV: 'test', LOG_LEVEL: 'error', DATABASE_URL: config.databaseUrl, DATABASE_SCHEDULER_URL: config.databaseSchedulerUrl, DATABASE_QUEUE_URL: config.databaseQueueUrl,
        DATABASE_POOL_SIZE: '8', JOB_CONCURRENCY: '4', REDIS_URL: config.redisUrl ?? '', STORAGE_URL: config.storageUrl, SIGNING_KEY_FILE: config.signingKeyFile, SIGNING_KEY_NAME: config.signingKeyName,
        PUBLIC_URL: config.publicUrl, MAIL_FROM: config.mailFrom, TEST_CLOCK_FILE: clock.file,
      },
    });
    const worker = new WorkerProcess(child);
    const ended = once(child, 'exit').then(() => { throw new Error(`The worker ended before it was ready:\n${worker.output}`); });
    await Promise.race([once(child, 'message'), ended]);
    ended.catch(() => undefined);
    return worker;
  }

  /** SIGKILL: no handler runs, nothing is handed back. */
  kill(): Promise<void> {
    return this.end('SIGKILL');
  }

  stop(): Promise<void> {
    return this.end('SIGTERM');
  }

  /** What it has written, for messages of failed tests. */
  get log(): string {
    return this.output;
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
  }
}
