import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Injectable, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { JOB_NAMES, type JobName } from '@roster/contracts';
import { ConfigModule } from '@roster/platform-config';
import { DatabaseModule, UnitOfWork } from '@roster/platform-database';
import { TelemetryModule } from '@roster/platform-telemetry';
import { SystemScope, type TenantScope } from '@roster/platform-context';
import { createTestDatabase, FakeClock, seedOrganization, startRedis, testConfig, waitFor, type TestDatabase, type TestOrganization } from '@roster/testing';
import { Redis } from 'ioredis';
import { HandlesJob, ListensTo, type EventListener, type JobHandler } from './handler.decorator.js';
import { JobProducer } from './job-producer.js';
import { JobWorker } from './job-worker.js';
import { Operations } from './operation.js';
import { Outbox } from './outbox.js';
import { OutboxRepository } from './outbox.repository.js';
import { QueueConnection } from './queue-connection.js';
import { QueueModule } from './queue.module.js';

const packs: { attempt: number; packId: string }[] = [];
let failFirst = true;
@Injectable()
@HandlesJob('packs.build-pack')
class FlakyPackJob implements JobHandler<'packs.build-pack'> {
  async handle(payload: { packId: string }, context: { attempt: number }): Promise<void> {
    packs.push({ attempt: context.attempt, packId: payload.packId });
    if (failFirst && context.attempt === 1) throw new Error('first try fails on purpose');
  }
}

const heard: string[] = [];
@Injectable()
@ListensTo('test.remember-review', 'reviews.review.due')
class RememberReview implements EventListener<'reviews.review.due'> {
  async on(scope: TenantScope, payload: { reviewId: string }): Promise<void> {
    heard.push(`${scope.tenantId}:${payload.reviewId}`);
  }
}

/** Every other job of the product, so that the registry is complete; each does nothing. */
const platformJobs: readonly JobName[] = ['platform.relay-outbox', 'platform.deliver-event', 'platform.sweep-retention', 'packs.build-pack'];
const idle = JOB_NAMES.filter((name) => !platformJobs.includes(name)).map((name) => {
  @Injectable()
  @HandlesJob(name)
  class IdleJob {
    async handle(): Promise<void> { return; }
  }
  return IdleJob;
});
@Module({ providers: [FlakyPackJob, RememberReview, ...idle] })
class CompleteModule {}
@Module({ providers: [FlakyPackJob, RememberReview, ...idle.slice(1)] })
class IncompleteModule {}
@Injectable()
@HandlesJob('packs.build-pack')
class SecondPackJob extends FlakyPackJob {}
@Module({ providers: [FlakyPackJob, SecondPackJob, ...idle] })
class DoubleModule {}

jest.setTimeout(30_000);

describe.each(['postgres', 'redis'] as const)('the worker on the %s backend', (backend) => {
  let db: TestDatabase;
  let context: INestApplicationContext;
  let org: TestOrganization;
  let redis: Awaited<ReturnType<typeof startRedis>> | null = null;
  const clock = new FakeClock();

  const create = (module: typeof CompleteModule, redisUrl: string | null): Promise<INestApplicationContext> => {
    const config = testConfig(db, { redisUrl });
    @Module({ imports: [ConfigModule.forRoot(config, clock), TelemetryModule.forRoot('test'), DatabaseModule.forRoot('job-worker-spec'), QueueModule, module] })
    class Root {}
    return NestFactory.createApplicationContext(Root, { logger: false, abortOnError: false });
  };

  beforeAll(async () => {
    db = await createTestDatabase();
    redis = backend === 'redis' ? await startRedis() : null;
    context = await create(CompleteModule, redis?.url ?? null);
    org = await seedOrganization(db);
    packs.length = 0;
    heard.length = 0;
    failFirst = true;
    await context.get(JobWorker).start(4);
  }, 60_000);
  afterAll(async () => {
    await context.close();
    await redis?.stop();
    await db.drop();
  });

  const publish = (reviewId: string): Promise<void> => context.get(UnitOfWork).run(org.scope, () =>
    context.get(Outbox).publish(org.scope, 'reviews.review.due', { reviewId, workloadId: 'w' }));
  const undone = (): Promise<number> => context.get(OutboxRepository).countOverdue(SystemScope.because('looking for undone rows'), new Date(clock.now().getTime() + 1));

  it('uses the configured backend', () => expect(context.get(QueueConnection).backend).toBe(backend));

  it('delivers an event to its listener once, and marks it done', async () => {
    await publish('r1');
    await waitFor(async () => (await undone()) === 0);
    expect(heard).toEqual([`${org.tenantId}:r1`]);
  });

  it('runs a job again when its handler throws', async () => {
    await context.get(UnitOfWork).run(org.scope, () => context.get(Outbox).enqueue(org.scope, 'packs.build-pack', { tenantId: org.tenantId, packId: 'p1' }));
    await waitFor(() => packs.length === 2, { timeout: 20_000 });
    expect(packs).toEqual([{ attempt: 1, packId: 'p1' }, { attempt: 2, packId: 'p1' }]);
    await waitFor(async () => (await undone()) === 0);
  });

  it('announces nothing when the transaction rolls back', async () => {
    await expect(context.get(UnitOfWork).run(org.scope, async () => {
      await context.get(Outbox).publish(org.scope, 'reviews.review.due', { reviewId: 'never', workloadId: 'w' });
      throw new Error('rolled back');
    })).rejects.toThrow('rolled back');
    await context.get(JobWorker).tick('platform.relay-outbox');
    expect(await undone()).toBe(0);
    expect(heard.join()).not.toContain('never');
  });

  it('refuses an outbox row outside a transaction', async () => {
    await expect(context.get(Outbox).publish(org.scope, 'reviews.review.due', { reviewId: 'x', workloadId: 'w' })).rejects.toThrow('in the transaction');
  });

  it('recovers an event whose job the queue lost', async () => {
    // As after FLUSHALL: the row is relayed, no job exists, nothing is done.
    await publish('lost');
    await context.get(UnitOfWork).run(org.scope, async () => {
      const rows = await context.get(OutboxRepository).pending(SystemScope.because('pretend that the relay ran'), 10, clock.now());
      await context.get(OutboxRepository).markRelayed(org.scope, rows.map((row) => row.id), clock.now());
    });
    clock.advance({ minutes: 3 });
    await context.get(JobWorker).tick('platform.relay-outbox');
    await waitFor(async () => (await undone()) === 0);
    expect(heard.filter((entry) => entry.endsWith(':lost'))).toHaveLength(1);
  });

  it('retries a job that this version does not know instead of dropping it', async () => {
    const producer = context.get(JobProducer);
    await producer.addMany([{ id: 'no-such-job', name: 'reviews.unknown' as JobName, payload: {} }]);
    await waitFor(async () => ((await producer.counts())['failed'] ?? 0) + ((await producer.counts())['delayed'] ?? 0) >= 1, { timeout: 15_000 });
  });

  it('shows the progress of an operation, and a repeated job cannot reopen it', async () => {
    const operations = context.get(Operations);
    const id = await operations.create(org.scope, 'test.count', 'rows', 10);
    expect(await operations.progress(org.scope, id, 4)).toBe(true);
    expect(await operations.find(org.scope, id)).toMatchObject({ status: 'running', done: 4, total: 10 });
    expect(await operations.succeed(org.scope, id, { counted: 10 }, 10)).toBe(true);
    expect(await operations.progress(org.scope, id, 5)).toBe(false);
    const other = await seedOrganization(db);
    expect(await operations.find(other.scope, id)).toBeNull();
  });

  it('refuses to start with a job that has no handler, or two', async () => {
    const incomplete = await create(IncompleteModule, redis?.url ?? null);
    await expect(incomplete.get(JobWorker).start(1)).rejects.toThrow('no handler');
    await incomplete.close();
    const double = await create(DoubleModule, redis?.url ?? null);
    await expect(double.get(JobWorker).start(1)).rejects.toThrow('two handlers');
    await double.close();
  });
});

describe('a Redis that may evict', () => {
  it('is refused with the remedy', async () => {
    const redis = await startRedis();
    const admin = new Redis(redis.url);
    await admin.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await admin.quit();
    await expect(new QueueConnection({ redisUrl: redis.url, databaseQueueUrl: '' }).assertDurable()).rejects.toThrow('maxmemory-policy noeviction');
    await redis.stop();
  });
});
