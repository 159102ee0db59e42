import { loadConfig, loadOperatorSettings } from '@roster/platform-config';
import { QUEUE_NAMES, QueueConnection } from '@roster/platform-queue';
import { withDatabase } from './database.js';
import { openHome } from './roster-home.js';

const PAGE = 200;

export interface RedriveOptions {
  /** Only this job name. */
  readonly job?: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}
export interface DeadLetter { readonly queue: string; readonly id: string; readonly name: string; readonly reason: string; readonly attempts: number }

/**
 * Puts failed jobs back to work.
 * @returns what was found; with `dryRun` nothing is put back
 */
export async function redriveQueues(connection: QueueConnection, options: Pick<RedriveOptions, 'job' | 'dryRun'>): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  for (const name of QUEUE_NAMES) {
    const queue = connection.queue(name);
    try {
      // A job that is retried leaves the list, so what stays in front moves the window forward.
      for (let passed = 0; ;) {
        const jobs = await queue.getFailed(passed, passed + PAGE - 1);
        if (jobs.length === 0) break;
        for (const job of jobs) {
          if (options.job !== undefined && job.name !== options.job) {
            passed += 1;
            continue;
          }
          letters.push({ queue: name, id: job.id ?? '', name: job.name, reason: job.failedReason, attempts: job.attemptsMade });
          if (options.dryRun) passed += 1;
          else await job.retry('failed');
        }
      }
    } finally {
      await queue.close();
    }
  }
  return letters;
}

/**
 * `roster-ops redrive`: runs the jobs again that failed on every attempt (dead letters). Safe to repeat: effects are fenced in the database.
 * @returns 0, also when there was nothing to do
 */
export async function redrive(options: RedriveOptions): Promise<number> {
  const config = loadConfig();
  const operator = loadOperatorSettings();
  const found = await withDatabase(config, operator, await openHome(operator.home), async (urls) => {
    const connection = new QueueConnection({ redisUrl: config.redisUrl, databaseQueueUrl: urls.queue });
    try {
      return await redriveQueues(connection, options);
    } finally {
      await connection.close();
    }
  });
  if (options.json) console.log(JSON.stringify(found));
  else {
    for (const letter of found) console.log(`${letter.name}  ${letter.id}  after ${letter.attempts} attempts: ${letter.reason}`);
    console.log(found.length === 0 ? 'No failed jobs.' : `${found.length} failed job${found.length === 1 ? '' : 's'}${options.dryRun ? '; run again without --dry-run to redrive.' : ' handed back to the queue.'}`);
  }
  return 0;
}
