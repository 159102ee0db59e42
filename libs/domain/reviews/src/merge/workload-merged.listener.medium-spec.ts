import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { FrameworkCatalogue } from '@roster/frameworks';
import { InventoryModule } from '@roster/inventory';
import { NotificationsModule } from '@roster/notifications';
import { newId } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { JobDispatcher, Outbox } from '@roster/platform-queue';
import { asAdmin, createTestDatabase, createTestWorkerContext, FakeClock, seedOrganization, seedWorkloads, testConfig, type TestDatabase, type TestOrganization } from '@roster/testing';
import { OutOfCycleService } from '../review/out-of-cycle.service.js';
import { ReviewsJobsModule } from '../reviews-jobs.module.js';
import { ReviewScheduleService } from '../schedule/review-schedule.service.js';
import { ReviewEditions } from '../template/review-editions.port.js';

let database: TestDatabase;
let context: INestApplicationContext;
let org: TestOrganization;
let other: TestOrganization;
const clock = new FakeClock('2026-03-15T10:00:00Z');
const catalogue = FrameworkCatalogue.load();

beforeAll(async () => {
  database = await createTestDatabase();
  context = await createTestWorkerContext({ config: testConfig(database), clock, imports: [
    InventoryModule, { module: class Editions {}, global: true, providers: [{ provide: ReviewEditions, useValue: catalogue }], exports: [ReviewEditions] }, NotificationsModule, ReviewsJobsModule,
  ] });
  org = await seedOrganization(database);
  other = await seedOrganization(database);
});
afterAll(async () => {
  await context.close();
  await database.drop();
});

const ensure = (workloadId: string, riskTier: 'low' | 'critical', of = org): Promise<void> => context.get(UnitOfWork).run(of.scope, () => context.get(ReviewScheduleService).ensure(of.scope, [
  { workloadId, classificationId: newId(clock.now()), stage: 'production', hardening: false, riskTier, handlesPii: 'yes', executesTools: 'no', decidedAt: clock.now() }]));
async function merge(from: string, into: string, of = org): Promise<void> {
  clock.advance({ seconds: 1 });
  await asAdmin(database, of.tenantId, clock.now(), (client) => client.query('UPDATE workload SET merged_into_id = $3 WHERE tenant_id = $1 AND id = $2', [of.tenantId, from, into]));
  await context.get(UnitOfWork).run(of.scope, () => context.get(Outbox).publish(of.scope, 'inventory.workload.merged', { workloadId: from, intoId: into }));
  const rows = await asAdmin(database, of.tenantId, clock.now(), async (client) => (await client.query<{ id: string }>(`SELECT id FROM outbox WHERE tenant_id = $1 AND name = 'inventory.workload.merged' ORDER BY id DESC LIMIT 1`, [of.tenantId])).rows);
  for (let delivery = 0; delivery < 2; delivery += 1) {
    await context.get(JobDispatcher).dispatch('platform.deliver-event', { tenantId: of.tenantId, outboxId: rows[0]?.id ?? '' }, { attempt: 1, signal: new AbortController().signal, jobId: newId() });
  }
}
interface Seen { kind: string; status: string; due: string; active: boolean | null }
const seen = (workloadId: string, of = org): Promise<Seen[]> => asAdmin(database, of.tenantId, clock.now(), async (client) => (await client.query<Seen>(
  `SELECT CASE WHEN r.schedule_id IS NULL THEN 'extra' ELSE 'series' END AS kind, r.status, to_char(r.due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS due, s.active
     FROM review r LEFT JOIN review_schedule s ON s.tenant_id = r.tenant_id AND s.id = r.schedule_id WHERE r.tenant_id = $1 AND r.workload_id = $2 ORDER BY 1 DESC, r.created_at, r.id`, [of.tenantId, workloadId])).rows);
const next = (workloadId: string): Promise<string | null> => asAdmin(database, org.tenantId, clock.now(), async (client) => (await client.query<{ next: string | null }>(
  `SELECT to_char(next_review_due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS next FROM workload WHERE tenant_id = $1 AND id = $2`, [org.tenantId, workloadId])).rows[0]?.next ?? null);
const trail = (workloadId: string): Promise<string[]> => asAdmin(database, org.tenantId, clock.now(), async (client) => (await client.query<{ action: string }>(
  `SELECT action FROM trail_entry WHERE tenant_id = $1 AND workload_id = $2 AND action LIKE 'reviews.%' ORDER BY id`, [org.tenantId, workloadId])).rows.map(({ action }) => action));
const pair = async (name: string): Promise<[string, string]> => {
  const [from = '', into = ''] = await seedWorkloads(database, org, clock.now(), [`${name}-TWIN`, `${name}-ORIGINAL`]);
  return [from, into];
};
const setStatus = (workloadId: string, status: string): Promise<unknown> => asAdmin(database, org.tenantId, clock.now(), (client) => client.query(`UPDATE review SET status = $3 WHERE tenant_id = $1 AND workload_id = $2`, [org.tenantId, workloadId, status]));
const ask = (workloadId: string, reason: string): Promise<string> => context.get(OutOfCycleService).request(org.scope, workloadId, reason, null);

describe('reviews of a merged workload', () => {
  it('hand their schedule to a survivor that has none, which is then evaluated', async () => {
    const [from, into] = await pair('HAND');
    await ensure(from, 'critical');
    await asAdmin(database, org.tenantId, clock.now(), (client) => client.query('DELETE FROM reevaluation_mark WHERE tenant_id = $1', [org.tenantId]));
    await merge(from, into);
    expect([await seen(from), await seen(into)]).toEqual([[], [{ kind: 'series', status: 'scheduled', due: '2026-04-15', active: true }]]);
    expect([await next(from), await next(into)]).toEqual([null, '2026-04-15']);
    expect(await trail(into)).toEqual(['reviews.schedule.taken-over', 'reviews.review.taken-over']);
    const marked = await asAdmin(database, org.tenantId, clock.now(), async (client) => (await client.query(`SELECT 1 FROM reevaluation_mark WHERE tenant_id = $1 AND workload_id = $2 AND 'review' = ANY (reasons)`, [org.tenantId, into])).rowCount);
    expect(marked).toBe(1);
  });

  it('keep the earlier of two dates, in one series', async () => {
    const [from, into] = await pair('EARLIER');
    await ensure(from, 'critical');
    await ensure(into, 'low');
    await merge(from, into);
    expect(await seen(into)).toEqual([{ kind: 'series', status: 'scheduled', due: '2026-04-15', active: true }]);
    expect(await seen(from)).toEqual([{ kind: 'series', status: 'skipped', due: '2026-04-15', active: false }]);
    expect([await next(from), await next(into)]).toEqual([null, '2026-04-15']);
    expect(await trail(into)).toContain('reviews.review.rescheduled');
  });

  it('never postpone what the survivor has promised', async () => {
    const [from, into] = await pair('LATER');
    await ensure(from, 'low');
    await ensure(into, 'critical');
    await merge(from, into);
    expect(await seen(into)).toEqual([{ kind: 'series', status: 'scheduled', due: '2026-04-15', active: true }]);
  });

  it('that are under way are finished for the survivor', async () => {
    const [from, into] = await pair('BUSY');
    await ensure(from, 'critical');
    await ensure(into, 'critical');
    await setStatus(from, 'in_progress');
    await merge(from, into);
    expect((await seen(into)).map(({ status, active }) => [status, active]).sort()).toEqual([['in_progress', false], ['scheduled', true]]);
  });

  it('apart from the series join the one that is open, with what asked for them', async () => {
    const [from, into] = await pair('EXTRA');
    await ask(from, 'A new model');
    const stays = await ask(into, 'A new tool');
    await merge(from, into);
    expect((await seen(into)).map(({ status }) => status)).toEqual(['scheduled']);
    expect((await seen(from)).map(({ status }) => status)).toEqual(['skipped']);
    const triggers = await asAdmin(database, org.tenantId, clock.now(), async (client) => (await client.query<{ detail: string }>('SELECT detail FROM review_trigger WHERE tenant_id = $1 AND review_id = $2 ORDER BY detail', [org.tenantId, stays])).rows);
    expect(triggers.map(({ detail }) => detail)).toEqual(['A new model', 'A new tool']);
  });

  it('apart from the series stay apart when both have begun', async () => {
    const [from, into] = await pair('BEGUN');
    await ask(from, 'One');
    await ask(into, 'Other');
    await setStatus(from, 'in_progress');
    await setStatus(into, 'in_progress');
    await merge(from, into);
    expect([(await seen(from)).map(({ status }) => status), (await seen(into)).map(({ status }) => status)]).toEqual([['in_progress'], ['in_progress']]);
  });

  it('leave open actions to the survivor and closed ones in the history', async () => {
    const [from, into] = await pair('ACTION');
    const review = await ask(from, 'Why');
    await asAdmin(database, org.tenantId, clock.now(), (client) => client.query(
      `INSERT INTO action (tenant_id, id, workload_id, review_id, title, severity, due_at, status, closed_at, created_at, updated_at)
       SELECT $1, gen_random_uuid(), $2, $3, s, 'high', $4, s, CASE WHEN s = 'done' THEN $4::timestamptz END, $4, $4 FROM unnest(ARRAY['open', 'done']) s`, [org.tenantId, from, review, clock.now()]));
    await merge(from, into);
    const of = (workloadId: string) => asAdmin(database, org.tenantId, clock.now(), async (client) => (await client.query<{ title: string }>('SELECT title FROM action WHERE tenant_id = $1 AND workload_id = $2', [org.tenantId, workloadId])).rows.map(({ title }) => title));
    expect([await of(from), await of(into)]).toEqual([['done'], ['open']]);
    expect(await trail(into)).toContain('reviews.action.taken-over');
  });

  it('of another organization are out of reach', async () => {
    const [mine = ''] = await seedWorkloads(database, org, clock.now(), ['MINE']);
    await ensure(mine, 'critical');
    const [theirs = ''] = await seedWorkloads(database, other, clock.now(), ['THEIRS']);
    await merge(mine, theirs, other);
    expect([(await seen(mine)).map(({ status }) => status), await seen(theirs, other)]).toEqual([['scheduled'], []]);
  });
});
