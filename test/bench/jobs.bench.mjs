/** Jobs per second through outbox, relay, queue and fence, against bare BullMQ on the same backend. */
import { createPostgresBackend, Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { startRedis } from '@roster/testing';
import { SystemScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { JobWorker, Outbox, OutboxRepository } from '@roster/platform-queue';
import { seconds, seedOrganization, workerContext } from './measure.mjs';

const JOBS = 3_000;
const CONCURRENCY = 8;

async function bare(options, factory) {
  const queue = factory ? new Queue('bare', options, factory) : new Queue('bare', options);
  await queue.waitUntilReady();
  await queue.addBulk(Array.from({ length: JOBS }, (_unused, n) => ({ name: 'noop', data: { n } })));
  let done = 0;
  const elapsed = await seconds(() => new Promise((resolve) => {
    const process = async () => {
      done += 1;
      if (done === JOBS) setImmediate(resolve);
    };
    const workerOptions = { ...options, concurrency: CONCURRENCY };
    const worker = factory ? new Worker('bare', process, workerOptions, factory) : new Worker('bare', process, workerOptions);
    worker.on('error', () => undefined);
    queue.once('closing', () => void worker.close());
    queue.benchWorker = worker;
  }));
  await queue.benchWorker.close();
  await queue.close();
  return JOBS / elapsed;
}

async function ours(stack, redisUrl) {
  const context = await workerContext(stack, { redisUrl });
  const org = await seedOrganization(stack);
  await context.get(JobWorker).start(CONCURRENCY);
  const undone = () => context.get(OutboxRepository).countOverdue(SystemScope.because('bench: undone rows'), new Date(Date.now() + 60_000));
  const elapsed = await seconds(async () => {
    await context.get(UnitOfWork).run(org.scope, () => context.get(Outbox).publishMany(org.scope, Array.from({ length: JOBS }, () => ({ name: 'packs.pack.built', payload: { packId: org.tenantId } }))));
    while ((await undone()) > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  });
  await context.close();
  return JOBS / elapsed;
}

export async function run(stack) {
  const rows = [];
  const add = (name, mine, floor, note) => rows.push({ name, ours: Math.round(mine), floor: Math.round(floor), unit: 'jobs/s', ratio: mine / floor, note });
  const mine = await ours(stack, null);
  const floor = await bare({ connection: { connectionString: stack.url('queue'), schema: 'bullmq', max: CONCURRENCY + 4 } }, createPostgresBackend);
  add('outbox to effect, Postgres backend', mine, floor, 'floor: bare BullMQ worker, jobs already queued');
  const redis = await startRedis();
  try {
    const connection = new Redis(redis.url, { maxRetriesPerRequest: null });
    const redisFloor = await bare({ connection });
    connection.disconnect();
    add('outbox to effect, Redis', await ours(stack, redis.url), redisFloor, 'floor: bare BullMQ worker, jobs already queued');
  } finally {
    await redis.stop();
  }
  return rows;
}
