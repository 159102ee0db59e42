import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import type { JobName, JobPayloads } from '@roster/contracts';
import { FrameworkCatalogue } from '@roster/frameworks';
import { InventoryModule } from '@roster/inventory';
import { NotificationsJobsModule } from '@roster/notifications';
import type { RosterConfig } from '@roster/platform-config';
import { newId } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { JobDispatcher, JobProducer, Outbox, QueueConnection } from '@roster/platform-queue';
import { ReviewEditions, ReviewQuery, ReviewScheduleService, ReviewsJobsModule } from '@roster/reviews';
import {
  asAdmin, createTestDatabase, createTestWorkerContext, FakeClock, seedOrganization, seedWorkloads, startRedis, testConfig, waitFor, type TestDatabase, type TestOrganization, type TestRedis,
} from '@roster/testing';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { SharedClock, WorkerProcess } from './worker-process.js';

const START = new Date('2026-03-15T10:00:00Z');
/** All first reviews: quarterly, nine o'clock in Berlin. */
const DUE = new Date('2026-06-15T07:00:00Z');
const after = (minutes: number): Date => new Date(DUE.getTime() + minutes * 60_000);

/** What the database says about an organization: the oracle of every test here. */
interface Oracle {
  /** Reviews that are due, and how often each of them became so. */
  readonly due: number;
  readonly transitions: number;
  readonly trail: number;
  readonly events: number;
  /** Due notifications, and (member, key) pairs that have more than one. */
  readonly notifications: number;
  readonly mails: number;
  readonly keysTwice: number;
  /** Reviews without the notification they must have. */
  readonly silent: number;
  readonly missed: number;
}
const everythingOnce = (count: number): Oracle => ({ due: count, transitions: count, trail: count, events: count, notifications: count, mails: count, keysTwice: 0, silent: 0, missed: 0 });

/**
 * The promise "no review is silently missed", on one backend of the queue. The same suite runs on BullMQ's Postgres backend and on a real
 * Redis (architecture.md section 5).
 */
export function reviewJobSuite(backend: 'postgres' | 'redis'): void {
  let database: TestDatabase;
  let redis: TestRedis | null = null;
  let config: RosterConfig;
  let context: INestApplicationContext;
  let organizations: TestOrganization[];
  const clock = new FakeClock(START);
  let clockFolder: string;
  let shared: SharedClock;
  const workers: WorkerProcess[] = [];

  const setTime = (to: Date): void => {
    clock.set(to);
    shared.set(to);
  };
  const startWorker = async (): Promise<WorkerProcess> => {
    const worker = await WorkerProcess.start(config, shared);
    workers.push(worker);
    return worker;
  };
  const run = <Name extends JobName>(name: Name, payload: JobPayloads[Name]): Promise<void> =>
    context.get(JobDispatcher).dispatch(name, payload, { attempt: 1, signal: new AbortController().signal, jobId: newId() });

  /** Pilots, as the worker will classify them too, that all have their first review due at `DUE`. */
  async function scheduleReviews(organization: TestOrganization, count: number): Promise<void> {
    const ids = await seedWorkloads(database, organization, START, Array.from({ length: count }, (_, index) => `JOB-${index}`), { riskTier: 'high' });
    await context.get(UnitOfWork).run(organization.scope, () => context.get(ReviewScheduleService).ensure(organization.scope, ids.map((workloadId) => (
      { workloadId, classificationId: newId(START), stage: 'pilot', hardening: false, riskTier: 'high', handlesPii: 'unknown', executesTools: 'unknown', decidedAt: START }))));
  }
  const query = <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
    asAdmin(database, first().tenantId, clock.now(), async (client: Client) => (await client.query<Row>(sql, values)).rows);
  async function oracle(): Promise<Oracle> {
    const tenants = organizations.map(({ tenantId }) => tenantId);
    const [row] = await query<Omit<Oracle, 'missed'>>(
      `SELECT (SELECT count(*)::int FROM review WHERE tenant_id = ANY($1) AND status = 'due') AS due,
              (SELECT count(*)::int FROM (SELECT h.status, lag(h.status) OVER (PARTITION BY h.id ORDER BY lower(h.valid), h.version) AS before FROM review_history h WHERE h.tenant_id = ANY($1)) s
                WHERE s.status = 'due' AND s.before IS DISTINCT FROM 'due') AS transitions,
              (SELECT count(*)::int FROM trail_entry WHERE tenant_id = ANY($1) AND action = 'reviews.review.due') AS trail,
              (SELECT count(*)::int FROM outbox WHERE tenant_id = ANY($1) AND name = 'reviews.review.due') AS events,
              (SELECT count(*)::int FROM notification WHERE tenant_id = ANY($1) AND kind = 'reviews.review.due') AS notifications,
              (SELECT count(*)::int FROM mail_message WHERE tenant_id = ANY($1) AND key LIKE 'notification:%:due') AS mails,
              (SELECT count(*)::int FROM (SELECT FROM notification WHERE tenant_id = ANY($1) GROUP BY tenant_id, member_id, key HAVING count(*) > 1) d) AS "keysTwice",
              (SELECT count(*)::int FROM review r WHERE r.tenant_id = ANY($1) AND r.status = 'due' AND NOT EXISTS (
                 SELECT FROM notification n WHERE n.tenant_id = r.tenant_id AND n.kind = 'reviews.review.due' AND n.href = '/reviews/' || r.id)) AS silent`, [tenants]);
    if (!row) throw new Error('The oracle is silent');
    return { ...row, missed: await context.get(ReviewQuery).missedCount() };
  }
  const dueCount = async (): Promise<number> => (await query<{ due: number }>(`SELECT count(*)::int AS due FROM review WHERE status = 'due'`))[0]?.due ?? 0;
  const allDue = (count: number): Promise<unknown> => waitFor(async () => (await dueCount()) === count, { timeout: 90_000, interval: 200, what: `${count} reviews to be due` });
  const waitingJobs = async (): Promise<number> => (await context.get(JobProducer).counts())['waiting'] ?? 0;

  /** The queue forgets everything, as after FLUSHALL or a lost volume. */
  async function loseQueue(): Promise<void> {
    if (redis) {
      const client = new Redis(redis.url);
      await client.flushall();
      client.disconnect();
    } else {
      const tables = await query<{ name: string }>(`SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'bullmq' AND tablename NOT LIKE '%migration%' AND tablename NOT LIKE '%version%'`);
      await query(`TRUNCATE ${tables.map(({ name }) => name).join(', ')}`);
    }
  }

  beforeAll(async () => {
    clockFolder = await mkdtemp(join(tmpdir(), 'roster-clock-'));
    shared = new SharedClock(join(clockFolder, 'now'));
    if (backend === 'redis') redis = await startRedis();
  });
  afterAll(async () => {
    await redis?.stop();
    await rm(clockFolder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    setTime(START);
    database = await createTestDatabase();
    config = testConfig(database, { redisUrl: redis?.url ?? null });
    context = await createTestWorkerContext({ config, clock, imports: [
      InventoryModule, { module: class Editions {}, global: true, providers: [{ provide: ReviewEditions, useFactory: () => FrameworkCatalogue.load() }], exports: [ReviewEditions] },
      NotificationsJobsModule, ReviewsJobsModule,
    ] });
    await context.get(QueueConnection).prepare();
    organizations = [await seedOrganization(database, { timeZone: 'Europe/Berlin' }), await seedOrganization(database, { timeZone: 'Europe/Berlin' })];
  });
  afterEach(async () => {
    await Promise.all(workers.splice(0).map((worker) => worker.kill()));
    await context.close();
    if (redis) await loseQueue();
    await database.drop();
  });
  const [first, second] = [(): TestOrganization => organizations[0] as TestOrganization, (): TestOrganization => organizations[1] as TestOrganization];

  describe(`review jobs on ${backend}`, () => {
    it('make every due review due exactly once when the worker is killed in the middle of 1,000', async () => {
      await scheduleReviews(first(), 700);
      await scheduleReviews(second(), 300);
      setTime(after(1));
      const victim = await startWorker();
      await waitFor(async () => (await dueCount()) >= 100, { timeout: 60_000, interval: 20, what: '100 reviews to be due' });
      await victim.kill();
      const reached = await dueCount();
      expect(reached).toBeLessThan(1_000);
      // What the dead worker had claimed is lost until its lease is over; two workers then share the rest.
      setTime(after(10));
      await Promise.all([startWorker(), startWorker()]);
      await allDue(1_000);
      expect(await oracle()).toEqual(everythingOnce(1_000));
    }, 240_000);

    it('make every due review due exactly once when the queue forgets everything, before and while it is worked on', async () => {
      await scheduleReviews(first(), 300);
      setTime(after(1));
      await run('reviews.sweep-due', {});
      expect(await waitingJobs()).toBe(300);
      await loseQueue();
      expect(await waitingJobs()).toBe(0);
      await startWorker();
      setTime(after(10));
      await waitFor(async () => (await dueCount()) >= 50, { timeout: 60_000, interval: 20, what: '50 reviews to be due' });
      await loseQueue();
      const reached = await dueCount();
      expect(reached).toBeLessThan(300);
      setTime(after(20));
      await allDue(300);
      expect(await oracle()).toEqual(everythingOnce(300));
    }, 240_000);

    it('lose no event when the queue forgets it after it was relayed', async () => {
      await scheduleReviews(first(), 3);
      await query(`UPDATE organization SET settings = jsonb_set(settings, '{reviewPolicy,pilotWithPiiOrTools}', '"monthly"') WHERE tenant_id = $1`, [first().tenantId]);
      await context.get(UnitOfWork).run(first().scope, () => context.get(Outbox).publish(first().scope, 'access.organization.changed', { fields: ['reviewPolicy'] }));
      await run('platform.relay-outbox', {});
      expect(await waitingJobs()).toBe(1);
      await loseQueue();
      setTime(new Date(START.getTime() + 10 * 60_000));
      await startWorker();
      await waitFor(async () => (await query<{ moved: number }>(`SELECT count(*)::int AS moved FROM review WHERE due_at = '2026-04-15T07:00:00Z'`))[0]?.moved === 3, { timeout: 30_000, what: 'the policy to take effect' });
    }, 120_000);

    it('change nothing when every processor runs twice at once, or late with an old fence', async () => {
      await scheduleReviews(first(), 40);
      await scheduleReviews(second(), 10);
      setTime(after(1));
      await Promise.all([run('reviews.sweep-due', {}), run('reviews.sweep-due', {})]);
      const claims = await query<{ tenantId: string; reviewId: string; fence: number }>(`SELECT tenant_id AS "tenantId", id AS "reviewId", fence FROM review WHERE claimed_at IS NOT NULL`);
      expect(claims).toHaveLength(50);
      expect(claims.every(({ fence }) => fence === 1)).toBe(true);
      for (const claim of claims) await run('reviews.make-due', { ...claim, fence: 0 });
      expect(await dueCount()).toBe(0);
      for (const claim of claims) await Promise.all([run('reviews.make-due', claim), run('reviews.make-due', claim)]);
      for (const claim of claims) await run('reviews.make-due', claim);
      expect(await oracle()).toEqual(everythingOnce(50));

      setTime(new Date('2026-06-18T08:00:00Z'));
      await Promise.all([run('reviews.sweep-reminders', {}), run('reviews.sweep-reminders', {}), run('reviews.sweep-reminders', {})]);
      await run('reviews.sweep-reminders', {});
      const [told] = await query<{ total: number; members: number }>(`SELECT count(*)::int AS total, count(DISTINCT (member_id, key))::int AS members FROM notification WHERE kind = 'reviews.review.escalated'`);
      // The risk owner and, one rung up, the administrators: both members of each organization.
      expect(told).toEqual({ total: 100, members: 100 });

      const mails = await query<{ tenantId: string; mailId: string }>(`SELECT tenant_id AS "tenantId", id AS "mailId" FROM mail_message`);
      expect(mails).toHaveLength(150);
      await Promise.all([run('notifications.sweep-mail', {}), run('notifications.sweep-mail', {})]);
      for (const mail of mails) await Promise.all([run('notifications.send-mail', mail), run('notifications.send-mail', mail)]);
      expect(await query(`SELECT status, attempts, count(*)::int AS count FROM mail_message GROUP BY 1, 2`)).toEqual([{ status: 'kept', attempts: 1, count: 150 }]);
    }, 120_000);

    it('take back what was claimed and lost, and show a review that cannot be made due', async () => {
      await scheduleReviews(first(), 2);
      const [poisoned] = await query<{ id: string; tenantId: string }>(`SELECT id, tenant_id AS "tenantId" FROM review LIMIT 1`);
      for (let claim = 1; claim <= 10; claim += 1) {
        setTime(after(claim * 6));
        await run('reviews.sweep-due', {});
        await loseQueue();
        expect(await query(`SELECT DISTINCT fence, attempts FROM review`)).toEqual([{ fence: claim, attempts: claim }]);
      }
      await query(`UPDATE review SET attempts = 0 WHERE id <> $1`, [poisoned?.id]);
      setTime(after(66));
      await run('reviews.sweep-due', {});
      await run('reviews.sweep-due', {});
      expect(await query(`SELECT id FROM review WHERE dead_letter_at IS NOT NULL`)).toEqual([{ id: poisoned?.id }]);
      expect(await query(`SELECT count(*)::int AS told FROM notification WHERE kind = 'reviews.review.stuck'`)).toEqual([{ told: 2 }]);
      // It still counts as missed: nobody may overlook it.
      expect(await context.get(ReviewQuery).missedCount()).toBe(2);
      await query(`UPDATE review SET dead_letter_at = NULL, attempts = 0, claimed_at = NULL WHERE id = $1`, [poisoned?.id]);
      setTime(after(80));
      await startWorker();
      await allDue(2);
      expect(await context.get(ReviewQuery).missedCount()).toBe(0);
    }, 120_000);

    it('move on by the clock alone: reminders before, due, escalation after', async () => {
      await scheduleReviews(first(), 5);
      setTime(new Date('2026-06-01T07:00:30Z'));
      await startWorker();
      const told = async (): Promise<string[]> => (await query<{ what: string }>(
        `SELECT DISTINCT split_part(key, 'Z:', 2) || ' ' || count(*) OVER (PARTITION BY split_part(key, 'Z:', 2)) AS what FROM notification ORDER BY 1`)).map(({ what }) => what);
      // The worker sweeps too: what it has taken, it tells a moment later.
      const expectTold = (expected: readonly string[]): Promise<unknown> => waitFor(async () => { expect(await told()).toEqual(expected); return true; }, { timeout: 30_000, interval: 100, what: `${expected.join(', ')} to be told` });
      await run('reviews.sweep-reminders', {});
      await expectTold(['before:14 5']);
      setTime(new Date('2026-06-08T07:00:30Z'));
      await run('reviews.sweep-reminders', {});
      await expectTold(['before:14 5', 'before:7 5']);
      setTime(new Date('2026-06-14T07:00:30Z'));
      await run('reviews.sweep-reminders', {});
      await expectTold(['before:1 5', 'before:14 5', 'before:7 5']);
      setTime(after(1));
      await allDue(5);
      setTime(new Date('2026-06-21T07:00:30Z'));
      await run('reviews.sweep-reminders', {});
      await run('reviews.sweep-reminders', {});
      await expectTold(['before:1 5', 'before:14 5', 'before:7 5', 'due 5', 'escalation:2 10']);
    }, 120_000);
  });
}
