import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QueueConnection } from '@roster/platform-queue';
import { createTestDatabase, startRedis, waitFor, type TestDatabase, type TestRedis } from '@roster/testing';
import { redriveQueues } from './redrive.command.js';

describe.each(['postgres', 'redis'] as const)('redrive on %s', (backend) => {
  let database: TestDatabase;
  let redis: TestRedis | undefined;
  let connection: QueueConnection;
  beforeAll(async () => {
    database = await createTestDatabase();
    redis = backend === 'redis' ? await startRedis() : undefined;
    connection = new QueueConnection({ redisUrl: redis?.url ?? null, databaseQueueUrl: database.queueUrl });
    await connection.prepare();
  });
  afterAll(async () => {
    await connection.close();
    await redis?.stop();
    await database.drop();
  });

  it('lists failed jobs, puts the chosen ones back, and they run again', async () => {
    let broken = true;
    const ran: string[] = [];
    const worker = connection.worker('default', async (job) => {
      if (broken) throw new Error(`no ${job.name}`);
      ran.push(job.name);
    }, 2);
    const failed = new Promise<void>((resolve) => {
      let count = 0;
      worker.on('failed', () => { if ((count += 1) === 3) resolve(); });
    });
    void worker.run();
    const queue = connection.queue('default');
    await queue.addBulk([1, 2].map((n) => ({ name: 'reviews.make-due', data: {}, opts: { jobId: `a-${n}`, attempts: 1 } })));
    await queue.add('packs.build-pack', {}, { jobId: 'b-1', attempts: 1 });
    await failed;
    await waitFor(async () => (await queue.getFailedCount()) === 3, { what: 'three failed jobs' });

    const listed = await redriveQueues(connection, { dryRun: true });
    expect(listed.map(({ name, reason, attempts }) => [name, reason, attempts]).sort()).toEqual([
      ['packs.build-pack', 'no packs.build-pack', 1], ['reviews.make-due', 'no reviews.make-due', 1], ['reviews.make-due', 'no reviews.make-due', 1],
    ]);
    broken = false;
    expect(await redriveQueues(connection, { job: 'reviews.make-due', dryRun: false })).toHaveLength(2);
    await waitFor(() => ran.length === 2, { what: 'both jobs' });
    expect(ran).toEqual(['reviews.make-due', 'reviews.make-due']);
    expect((await redriveQueues(connection, { dryRun: true })).map(({ name }) => name)).toEqual(['packs.build-pack']);
    await worker.close();
    await queue.close();
  });
});
