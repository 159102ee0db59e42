import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { JobName } from '@roster/contracts';
import type { Queue } from 'bullmq';
import { queueOf } from './job-registry.js';
import { QUEUE_NAMES, QueueConnection, type QueueName } from './queue-connection.js';

/** Ids of jobs that came out of the outbox: the prefix and the id of the row. */
export const OUTBOX_JOB_PREFIX = 'o-';

/** Adds jobs to the queues. Only the relay and sweeps of the worker use it; requests write to the outbox instead. */
@Injectable()
export class JobProducer implements OnApplicationShutdown {
  private readonly queues = new Map<QueueName, Queue>();

  constructor(private readonly connection: QueueConnection) {}

  /** @param jobs `id` refuses a repeat while the earlier job is retained; the payload must match the name */
  async addMany(jobs: readonly { id: string; name: JobName; payload: unknown }[]): Promise<void> {
    for (const queueName of QUEUE_NAMES) {
      const mine = jobs.filter((job) => queueOf(job.name) === queueName);
      if (mine.length > 0) await this.queue(queueName).addBulk(mine.map((job) => ({ name: job.name, data: job.payload, opts: { jobId: `${OUTBOX_JOB_PREFIX}${job.id}` } })));
    }
  }

  /** How many jobs wait, run or have failed, for metrics and tests. */
  async counts(): Promise<Record<string, number>> {
    const total: Record<string, number> = {};
    for (const queue of QUEUE_NAMES.map((name) => this.queue(name))) {
      for (const [state, count] of Object.entries(await queue.getJobCounts('waiting', 'active', 'delayed', 'failed'))) total[state] = (total[state] ?? 0) + count;
    }
    return total;
  }

  /** Puts failed jobs back to work. @returns how many */
  async retryFailed(): Promise<number> {
    let count = 0;
    for (const queue of QUEUE_NAMES.map((name) => this.queue(name))) {
      for (const job of await queue.getFailed(0, 999)) {
        await job.retry('failed');
        count += 1;
      }
    }
    return count;
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.queues.values()].map((queue) => queue.close()));
    await this.connection.close();
  }

  /** Opened on first use: the Postgres backend checks its tables when it connects, and the worker creates them at start. */
  private queue(name: QueueName): Queue {
    const queue = this.queues.get(name) ?? this.connection.queue(name);
    this.queues.set(name, queue);
    return queue;
  }
}
