import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { JOB_NAMES, SYSTEM_TICKS, type JobName, type JobPayloads } from '@roster/contracts';
import { isId, Clock, newId, TenantScope } from '@roster/platform-context';
import { NotificationListener } from '@roster/platform-database';
import { Metrics } from '@roster/platform-telemetry';
import type { Job, Worker } from 'bullmq';
import { JobDispatcher } from './job-dispatcher.js';
import { OUTBOX_JOB_PREFIX } from './job-producer.js';
import { JobRegistry } from './job-registry.js';
import { OutboxRepository } from './outbox.repository.js';
import { QUEUE_NAMES, QueueConnection } from './queue-connection.js';

/** Runs the queues and the system ticks of one worker process. */
@Injectable()
export class JobWorker implements BeforeApplicationShutdown {
  private readonly logger = new Logger(JobWorker.name);
  private readonly workers: Worker[] = [];
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly running = new Map<JobName, Promise<void>>();
  private readonly lastTick = new Map<JobName, number>();
  private readonly stop = new AbortController();

  constructor(
    private readonly registry: JobRegistry, private readonly dispatcher: JobDispatcher,
    private readonly connection: QueueConnection, private readonly listener: NotificationListener, private readonly metrics: Metrics,
    private readonly outbox: OutboxRepository, private readonly clock: Clock,
  ) {}

  /**
   * Starts working.
   * @param concurrency jobs at once on the short queue; the heavy queue runs two
   * @throws when a job has no handler or two, or when Redis may evict
   */
  async start(concurrency: number): Promise<void> {
    this.registry.assertComplete();
    await this.connection.assertDurable();
    await this.connection.prepare();
    for (const name of QUEUE_NAMES) {
      const worker = this.connection.worker(name, (job) => this.process(job), name === 'heavy' ? 2 : concurrency);
      worker.on('error', (error) => this.logger.warn(`Queue ${name}: ${error.message}`));
      worker.on('completed', (job) => this.metrics.countJob(job.name, 'completed'));
      worker.on('failed', (job) => this.metrics.countJob(job?.name ?? 'unknown', 'failed'));
      worker.on('failed', (job, error) => this.logger.error(`Job ${job?.name ?? '?'} ${job?.id ?? '?'} failed on attempt ${job?.attemptsMade ?? 0}`, error));
      worker.on('stalled', (jobId) => this.logger.warn(`Job ${jobId} lost its worker and runs again`));
      // `run` settles when the worker closes; its failures arrive as 'error' events.
      void worker.run();
      this.workers.push(worker);
    }
    for (const [name, interval] of Object.entries(SYSTEM_TICKS) as [keyof typeof SYSTEM_TICKS, number][]) {
      this.timers.push(setInterval(() => void this.tick(name), interval));
    }
    this.listener.on('roster_outbox', () => void this.tick('platform.relay-outbox'));
  }

  /** Runs a system tick now unless it is running. Never rejects: a failed tick is logged and the next one tries again. */
  async tick(name: keyof typeof SYSTEM_TICKS): Promise<void> {
    const current = this.running.get(name);
    if (current) return current;
    const run = this.dispatcher.dispatch(name, {}, { attempt: 1, signal: this.stop.signal, jobId: newId() })
      .then(() => void this.lastTick.set(name, performance.now()))
      .catch((error: unknown) => this.logger.error(`Tick ${name} failed`, error))
      .finally(() => this.running.delete(name));
    this.running.set(name, run);
    return run;
  }

  /** Ticks that have not succeeded for ten intervals: the worker is up but makes no progress. */
  lateTicks(): string[] {
    return (Object.entries(SYSTEM_TICKS) as [JobName, number][])
      .filter(([name, interval]) => performance.now() - (this.lastTick.get(name) ?? 0) > Math.max(interval * 10, 60_000))
      .map(([name]) => name);
  }

  async beforeApplicationShutdown(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    this.stop.abort();
    await Promise.all(this.workers.map((worker) => worker.close()));
    await Promise.all(this.running.values());
  }

  private async process(job: Job): Promise<void> {
    const name = job.name as JobName;
    if (!JOB_NAMES.includes(name)) throw new Error(`The job ${job.name} is not known to this version`);
    const { tenantId } = job.data as { tenantId?: string };
    await this.dispatcher.dispatch(name, job.data as JobPayloads[JobName], { attempt: job.attemptsMade + 1, signal: this.stop.signal, jobId: job.id ?? newId() });
    const outboxId = job.id?.startsWith(OUTBOX_JOB_PREFIX) ? job.id.slice(OUTBOX_JOB_PREFIX.length) : null;
    // A sweep asks for jobs by ids of its own; their rows are not in the outbox.
    if (outboxId && tenantId && isId(outboxId)) await this.outbox.markDone(TenantScope.forSystem(tenantId, 'job worker'), outboxId, this.clock.now());
  }
}
