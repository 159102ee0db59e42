import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { FrameworkCatalogue } from '@roster/frameworks';
import { InventoryModule } from '@roster/inventory';
import { NotificationsModule } from '@roster/notifications';
import { newId } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { asAdmin, createTestContext, createTestDatabase, FakeClock, seedOrganization, seedWorkloads, testConfig, type TestDatabase, type TestOrganization } from '@roster/testing';
import { ReviewsModule } from '../reviews.module.js';
import { ReviewEditions } from '../template/review-editions.port.js';
import type { ClassifiedWorkload } from './schedule-plan.js';
import { ReviewScheduleRepository } from './review-schedule.repository.js';
import { ReviewScheduleService } from './review-schedule.service.js';

/** Binds the port of reviews as the processes do. */
const EDITIONS = { module: class Editions {}, global: true, providers: [{ provide: ReviewEditions, useFactory: () => FrameworkCatalogue.load() }], exports: [ReviewEditions] };
let database: TestDatabase;
let context: INestApplicationContext;
let organization: TestOrganization;
let other: TestOrganization;
const clock = new FakeClock('2026-03-15T10:00:00Z');

beforeAll(async () => {
  database = await createTestDatabase();
  context = await createTestContext({ config: testConfig(database), clock, imports: [InventoryModule, EDITIONS, NotificationsModule, ReviewsModule] });
  organization = await seedOrganization(database, { timeZone: 'Europe/Berlin' });
  other = await seedOrganization(database, { timeZone: 'America/New_York' });
});
afterAll(async () => {
  await context.close();
  await database.drop();
});

const demand = (workloadId: string, more: Partial<ClassifiedWorkload> = {}): ClassifiedWorkload => ({
  workloadId, classificationId: newId(clock.now()), stage: 'production', hardening: false, riskTier: 'high', handlesPii: 'yes', executesTools: 'no', decidedAt: clock.now(), ...more,
});
const ensure = (of: TestOrganization, ...rows: ClassifiedWorkload[]): Promise<void> => context.get(UnitOfWork).run(of.scope, () => context.get(ReviewScheduleService).ensure(of.scope, rows));
interface Seen { schedule: string; active: boolean; status: string; due: string; next: string | null }
const seen = (of: TestOrganization, workloadId: string): Promise<Seen[]> => asAdmin(database, of.tenantId, clock.now(), async (client) => (await client.query<Seen>(
  `SELECT s.id AS schedule, s.active, r.status, to_char(r.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS due, to_char(w.next_review_due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS next
     FROM review_schedule s JOIN review r ON r.tenant_id = s.tenant_id AND r.schedule_id = s.id JOIN workload w ON w.tenant_id = s.tenant_id AND w.id = s.workload_id
    WHERE s.tenant_id = $1 AND s.workload_id = $2 ORDER BY s.active, r.created_at, r.due_at`, [of.tenantId, workloadId])).rows);
const setPolicy = (of: TestOrganization, policy: object, timeZone: string): Promise<void> => asAdmin(database, of.tenantId, clock.now(), async (client) => {
  await client.query(`UPDATE organization SET settings = jsonb_set(settings, '{reviewPolicy}', settings->'reviewPolicy' || $2::jsonb), time_zone = $3 WHERE tenant_id = $1`, [of.tenantId, JSON.stringify(policy), timeZone]);
});

describe('schedules in the database', () => {
  it('appear with the classification, in its transaction, and on the workload', async () => {
    const [id = ''] = await seedWorkloads(database, organization, clock.now(), ['START-1'], { riskTier: 'high' });
    await expect(context.get(ReviewScheduleService).ensure(organization.scope, [demand(id)])).rejects.toThrow('in the transaction');
    await expect(context.get(UnitOfWork).run(organization.scope, async () => {
      await context.get(ReviewScheduleService).ensure(organization.scope, [demand(id)]);
      throw new Error('the classification failed');
    })).rejects.toThrow('the classification failed');
    expect(await seen(organization, id)).toEqual([]);
    await ensure(organization, demand(id));
    expect(await seen(organization, id)).toMatchObject([{ active: true, status: 'scheduled', due: '2026-06-15 07:00', next: '2026-06-15 07:00' }]);
  });

  it('stay one per workload, whatever arrives again', async () => {
    const [id = ''] = await seedWorkloads(database, organization, clock.now(), ['AGAIN-1']);
    await ensure(organization, demand(id));
    await ensure(organization, demand(id));
    await ensure(organization, demand(id, { stage: 'scaled' }));
    expect(await seen(organization, id)).toHaveLength(1);
  });

  it('follow stage and tier, never to a later date, and end with the obligation', async () => {
    const [id = ''] = await seedWorkloads(database, organization, clock.now(), ['FOLLOW-1']);
    await ensure(organization, demand(id, { riskTier: 'low' }));
    expect(await seen(organization, id)).toMatchObject([{ due: '2027-03-15 08:00' }]);
    await ensure(organization, demand(id, { riskTier: 'critical' }));
    expect(await seen(organization, id)).toMatchObject([{ due: '2026-04-15 07:00', next: '2026-04-15 07:00' }]);
    await ensure(organization, demand(id, { riskTier: 'low' }));
    expect(await seen(organization, id)).toMatchObject([{ due: '2026-04-15 07:00' }]);
    await ensure(organization, demand(id, { stage: 'experiment' }));
    expect(await seen(organization, id)).toMatchObject([{ active: false, status: 'skipped', next: null }]);
    await ensure(organization, demand(id, { stage: 'pilot', hardening: true }));
    expect(await seen(organization, id)).toMatchObject([{ active: false }, { active: true, status: 'scheduled', due: '2026-04-15 07:00' }]);
  });

  it('refuse a second active schedule and a second open review of a schedule', async () => {
    const [id = ''] = await seedWorkloads(database, organization, clock.now(), ['UNIQUE-1']);
    await ensure(organization, demand(id));
    const [first] = await context.get(UnitOfWork).run(organization.scope, () => context.get(ReviewScheduleRepository).lockOfWorkloads(organization.scope, [id]));
    if (!first) throw new Error('no schedule');
    const second = asAdmin(database, organization.tenantId, clock.now(), (client) => client.query(
      `INSERT INTO review_schedule SELECT (jsonb_populate_record(s, jsonb_build_object('id', $2::text))).* FROM review_schedule s WHERE s.id = $1`, [first.id, newId()]));
    await expect(second).rejects.toThrow('review_schedule_one_active');
    const twice = asAdmin(database, organization.tenantId, clock.now(), (client) => client.query(
      `INSERT INTO review SELECT (jsonb_populate_record(r, jsonb_build_object('id', $2::text, 'due_at', '2026-07-01T00:00:00Z', 'overdue_at', '2026-07-02T00:00:00Z'))).* FROM review r WHERE r.schedule_id = $1`, [first.id, newId()]));
    await expect(twice).rejects.toThrow('review_one_open');
  });

  it('write a thousand in a few statements', async () => {
    const ids = await seedWorkloads(database, organization, clock.now(), Array.from({ length: 1_000 }, (_, index) => `BULK-${index}`));
    const started = performance.now();
    await ensure(organization, ...ids.map((id) => demand(id)));
    expect(performance.now() - started).toBeLessThan(5_000);
    const [{ count } = { count: 0 }] = await asAdmin(database, organization.tenantId, clock.now(), async (client) => (await client.query<{ count: number }>(
      `SELECT count(DISTINCT w.id)::int AS count FROM workload w JOIN review_schedule s ON s.workload_id = w.id AND s.active JOIN review r ON r.schedule_id = s.id AND r.status = 'scheduled'
        WHERE w.tenant_id = $1 AND w.key LIKE 'BULK-%' AND w.next_review_due_at = r.due_at AND s.next_due_at = r.due_at`, [organization.tenantId])).rows);
    expect(count).toBe(1_000);
  }, 60_000);
});

describe('a new policy', () => {
  it('moves future reviews to the new cadence, time of day and time zone, and back', async () => {
    const [id = ''] = await seedWorkloads(database, other, clock.now(), ['POLICY-1']);
    await ensure(other, demand(id));
    expect(await seen(other, id)).toMatchObject([{ due: '2026-06-15 13:00' }]);
    await setPolicy(other, { productionCadence: { low: 'yearly', medium: 'half_yearly', high: 'monthly', critical: 'monthly' }, dueAtLocalTime: '17:00' }, 'Asia/Tokyo');
    expect(await context.get(ReviewScheduleService).recompute(other.scope)).toBe(1);
    expect(await seen(other, id)).toMatchObject([{ due: '2026-04-15 08:00', next: '2026-04-15 08:00' }]);
    expect(await context.get(ReviewScheduleService).recompute(other.scope)).toBe(0);
    await setPolicy(other, { productionCadence: { low: 'yearly', medium: 'half_yearly', high: 'yearly', critical: 'monthly' }, dueAtLocalTime: '09:00' }, 'America/New_York');
    await context.get(ReviewScheduleService).recompute(other.scope);
    expect(await seen(other, id)).toMatchObject([{ due: '2027-03-15 13:00' }]);
  });

  it('touches no other organization', async () => {
    const [id = ''] = await seedWorkloads(database, organization, clock.now(), ['UNTOUCHED-1']);
    await ensure(organization, demand(id));
    const before = await seen(organization, id);
    await setPolicy(other, { productionCadence: { low: 'yearly', medium: 'half_yearly', high: 'monthly', critical: 'monthly' } }, 'UTC');
    await context.get(ReviewScheduleService).recompute(other.scope);
    expect(await seen(organization, id)).toEqual(before);
    // A schedule of another organization is not there, not even to be ended.
    await context.get(ReviewScheduleService).end(other.scope, id);
    expect(await context.get(UnitOfWork).run(other.scope, () => context.get(ReviewScheduleRepository).lockOfWorkloads(other.scope, [id]))).toEqual([]);
    expect(await seen(organization, id)).toEqual(before);
  });
});
