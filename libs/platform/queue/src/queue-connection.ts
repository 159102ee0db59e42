import { Queue, Worker, createPostgresBackend, type JobsOptions, type Processor } from 'bullmq';
import { Redis } from 'ioredis';

export type QueueName = 'default' | 'heavy';
export const QUEUE_NAMES: readonly QueueName[] = ['default', 'heavy'];

const PREFIX = '{roster}';
/** How often a job is tried before it waits for the operator. */
export const JOB_ATTEMPTS = 6;
/** Failed jobs are kept for the operator (redrive); finished ones only as long as their id must refuse a repeat. */
const KEEP: JobsOptions = { removeOnComplete: { age: 3_600, count: 5_000 }, removeOnFail: { age: 30 * 86_400 }, attempts: JOB_ATTEMPTS, backoff: { type: 'exponential', delay: 1_000 } };

interface QueueSettings {
  readonly redisUrl: string | null;
  readonly databaseQueueUrl: string;
}

/** Where the queues live: Redis when configured, else the Postgres backend of BullMQ. The same code runs on both. */
export class QueueConnection {
  private readonly redis: Redis[] = [];

  constructor(private readonly settings: QueueSettings) {}

  get backend(): 'redis' | 'postgres' {
    return this.settings.redisUrl ? 'redis' : 'postgres';
  }

  /** For producers: fails fast instead of holding commands while the server is away. */
  queue(name: QueueName): Queue {
    const onError = (queue: Queue): Queue => queue.on('error', () => undefined);
    if (this.settings.redisUrl) {
      const connection = this.connect({ maxRetriesPerRequest: 1, enableOfflineQueue: true });
      return onError(new Queue(name, { connection, prefix: PREFIX, defaultJobOptions: KEEP, streams: { events: { maxLen: 1_000 } } }));
    }
    return onError(new Queue(name, { connection: this.postgres(3) as never, defaultJobOptions: KEEP }, createPostgresBackend as never) as unknown as Queue);
  }

  worker(name: QueueName, process: Processor, concurrency: number): Worker {
    const options = { concurrency, autorun: false, lockDuration: 30_000, stalledInterval: 15_000, maxStalledCount: 3 };
    if (this.settings.redisUrl) return new Worker(name, process, { ...options, connection: this.connect({ maxRetriesPerRequest: null }), prefix: PREFIX });
    return new Worker(name, process, { ...options, connection: this.postgres(concurrency + 2) as never }, createPostgresBackend as never) as unknown as Worker;
  }

  /**
   * Refuses a Redis that may silently drop jobs. Eviction loses acknowledged jobs without an error (BullMQ, going to production).
   * @throws Error with the remedy
   */
  async assertDurable(): Promise<void> {
    if (!this.settings.redisUrl) return;
    const redis = new Redis(this.settings.redisUrl, { lazyConnect: true, maxRetriesPerRequest: 1, retryStrategy: () => null });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
      const [, policy] = (await redis.config('GET', 'maxmemory-policy')) as [string, string];
      if (policy !== 'noeviction') {
        throw new Error(`Redis has maxmemory-policy ${policy}: it would silently drop jobs when memory is full. Set "maxmemory-policy noeviction" and start again.`);
      }
    } finally {
      redis.disconnect();
    }
  }

  /** Creates or upgrades the queue tables of the Postgres backend. */
  async prepare(): Promise<void> {
    if (this.settings.redisUrl) return;
    const queue = new Queue('default', { connection: { ...this.postgres(1), migrate: true } as never }, createPostgresBackend as never) as unknown as Queue;
    await queue.waitUntilReady();
    await queue.close();
  }

  async close(): Promise<void> {
    await Promise.all(this.redis.map((connection) => connection.quit().catch(() => connection.disconnect())));
  }

  private postgres(max: number): { connectionString: string; schema: string; max: number } {
    return { connectionString: this.settings.databaseQueueUrl, schema: 'bullmq', max };
  }

  private connect(options: { maxRetriesPerRequest: number | null; enableOfflineQueue?: boolean }): Redis {
    const connection = new Redis(this.settings.redisUrl ?? '', { ...options, retryStrategy: (times) => Math.min(1_000 * times, 5_000) });
    connection.on('error', () => undefined);
    this.redis.push(connection);
    return connection;
  }
}
