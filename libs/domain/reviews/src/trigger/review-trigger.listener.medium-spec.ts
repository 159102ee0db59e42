import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import type { EventName, EventPayloads } from '@roster/contracts';
import { FrameworkCatalogue } from '@roster/frameworks';
import { InventoryModule } from '@roster/inventory';
import { NotificationsModule } from '@roster/notifications';
import { newId } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { JobDispatcher, Outbox } from '@roster/platform-queue';
import { asAdmin, createTestDatabase, createTestWorkerContext, FakeClock, seedInventory, seedOrganization, seedWorkloads, testConfig, type TestDatabase, type TestOrganization } from '@roster/testing';
import { ReviewDueService } from '../review/review-due.service.js';
import { ReviewSweepRepository } from '../review/review-sweep.repository.js';
import { ReviewsJobsModule } from '../reviews-jobs.module.js';
import { ReviewScheduleService } from '../schedule/review-schedule.service.js';
import { blockingRequirements } from '../template/review-template.js';
import { ReviewEditions } from '../template/review-editions.port.js';

let database: TestDatabase;
let context: INestApplicationContext;
let organization: TestOrganization;
let other: TestOrganization;
const clock = new FakeClock('2026-03-15T10:00:00Z');
const catalogue = FrameworkCatalogue.load();

beforeAll(async () => {
  database = await createTestDatabase();
  context = await createTestWorkerContext({ config: testConfig(database), clock, imports: [
    InventoryModule, { module: class Editions {}, global: true, providers: [{ provide: ReviewEditions, useValue: catalogue }], exports: [ReviewEditions] }, NotificationsModule, ReviewsJobsModule,
  ] });
  organization = await seedOrganization(database, { members: 3, timeZone: 'America/New_York' });
  other = await seedOrganization(database);
});
afterAll(async () => {
  await context.close();
  await database.drop();
});

/** Publishes an event and delivers it, twice: the second time must change nothing. */
async function happen<Name extends EventName>(name: Name, payload: EventPayloads[Name], of = organization): Promise<void> {
  await context.get(UnitOfWork).run(of.scope, () => context.get(Outbox).publish(of.scope, name, payload));
  const rows = await asAdmin(database, of.tenantId, clock.now(), async (client) => (await client.query<{ id: string }>('SELECT id FROM outbox WHERE tenant_id = $1 AND name = $2 ORDER BY created_at DESC, id DESC LIMIT 1', [of.tenantId, name])).rows);
  for (let delivery = 0; delivery < 2; delivery += 1) {
    await context.get(JobDispatcher).dispatch('platform.deliver-event', { tenantId: of.tenantId, outboxId: rows[0]?.id ?? '' }, { attempt: 1, signal: new AbortController().signal, jobId: newId() });
  }
  clock.advance({ seconds: 1 });
}
let made = 0;
async function workload(more: { schedule?: boolean } = {}): Promise<string> {
  made += 1;
  const [id = ''] = await seedWorkloads(database, organization, clock.now(), [`TRIGGER-${made}`], { riskTier: 'high' });
  if (more.schedule !== false) {
    await context.get(UnitOfWork).run(organization.scope, () => context.get(ReviewScheduleService).ensure(organization.scope, [
      { workloadId: id, classificationId: newId(clock.now()), stage: 'production', hardening: false, riskTier: 'high', handlesPii: 'yes', executesTools: 'no', decidedAt: clock.now() }]));
  }
  return id;
}
const asked = (workloadId: string): Promise<string[]> => asAdmin(database, organization.tenantId, clock.now(), async (client) => (await client.query<{ kind: string }>(
  `SELECT t.kind FROM review r JOIN review_trigger t ON t.tenant_id = r.tenant_id AND t.review_id = r.id WHERE r.workload_id = $1 AND r.schedule_id IS NULL ORDER BY t.at, t.kind`, [workloadId])).rows.map(({ kind }) => kind));
const reviewsOf = (workloadId: string): Promise<number> => asAdmin(database, organization.tenantId, clock.now(), async (client) => (await client.query<{ count: number }>(
  `SELECT count(*)::int AS count FROM review WHERE workload_id = $1 AND schedule_id IS NULL`, [workloadId])).rows[0]?.count ?? 0);
const told = (kind: string): Promise<{ member: string; title: string; body: string }[]> => asAdmin(database, organization.tenantId, clock.now(), async (client) => (await client.query<{ member: string; title: string; body: string }>(
  `SELECT m.name AS member, n.title, n.body FROM notification n JOIN member m ON m.id = n.member_id WHERE n.tenant_id = $1 AND n.kind = $2 ORDER BY n.created_at, m.name`, [organization.tenantId, kind])).rows);

describe('events that ask for a review', () => {
  it('open one review, and join it when more happens', async () => {
    const id = await workload();
    await happen('inventory.workload.changed', { workloadId: id, fields: ['components', 'description'] });
    await happen('inventory.owner.orphaned', { workloadId: id, role: 'on_call', memberId: organization.members[1]?.id ?? '' });
    await happen('inventory.workload.changed', { workloadId: id, fields: ['toolGrants'] });
    expect(await asked(id)).toEqual(['component_change', 'owner_orphaned', 'tool_grant']);
    expect(await reviewsOf(id)).toBe(1);
  });

  it('ask nothing of a workload that owes no reviews, nor for any other change', async () => {
    const experiment = await workload({ schedule: false });
    await happen('inventory.workload.changed', { workloadId: experiment, fields: ['components'] });
    const production = await workload();
    await happen('inventory.workload.changed', { workloadId: production, fields: ['name', 'description'] });
    expect([await reviewsOf(experiment), await reviewsOf(production)]).toEqual([0, 0]);
  });

  it('ask when evidence of a blocking criterion expires, and only then', async () => {
    const edition = catalogue.edition('psf-1.1');
    const blocking = [...blockingRequirements(edition)];
    const free = edition.domains.flatMap(({ criteria }) => criteria.map(({ key }) => key)).filter((key) => !blocking.includes(key));
    const config = testConfig(database);
    for (const [prefix, requirements, expected] of [['BLOCKING', blocking.slice(0, 1), ['evidence_expired']], ['FREE', free.slice(0, 1), []]] as const) {
      const seeded = await seedInventory(database, config.storageUrl, organization, { workloads: 1, prefix, evidencePerWorkload: 1, requirements, edition: edition.id, at: clock.now() });
      const id = seeded.workloads[0]?.id ?? '';
      await context.get(UnitOfWork).run(organization.scope, () => context.get(ReviewScheduleService).ensure(organization.scope, [
        { workloadId: id, classificationId: newId(clock.now()), stage: 'production', hardening: false, riskTier: 'low', handlesPii: 'yes', executesTools: 'no', decidedAt: clock.now() }]));
      await happen('evidence.version.expired', { itemId: seeded.evidence[0]?.itemId ?? '', version: 1 });
      expect(await asked(id)).toEqual(expected);
    }
    expect((await told('evidence.version.expired')).map(({ title }) => title)).toEqual(['Evidence of BLOCKING-1 has expired', 'Evidence of FREE-1 has expired']);
  });

  it('do nothing to another organization', async () => {
    const id = await workload();
    await happen('inventory.workload.changed', { workloadId: id, fields: ['components'] }, other);
    expect(await reviewsOf(id)).toBe(0);
  });
});

describe('events that people are told of', () => {
  it('tell a fall of stage to the owner and one rung up, and a rise to nobody', async () => {
    const id = await workload();
    await happen('classification.stage.changed', { workloadId: id, from: 'production', to: 'pilot', classificationId: newId() });
    await happen('classification.stage.changed', { workloadId: id, from: 'pilot', to: 'production', classificationId: newId() });
    await happen('classification.stage.changed', { workloadId: id, from: null, to: 'pilot', classificationId: newId() });
    // Nobody is named on the rungs between, so the next one up are the administrators: every member here.
    expect((await told('classification.stage.changed')).map(({ member }) => member)).toEqual(['Member 0', 'Member 1', 'Member 2']);
  });

  it('tell the announcement of a fall once per date', async () => {
    const id = await workload();
    for (const fallsAt of ['2026-04-01T00:00:00.000Z', '2026-04-01T00:00:00.000Z', '2026-04-02T00:00:00.000Z']) await happen('classification.fall.announced', { workloadId: id, fallsAt });
    // Midnight in UTC is the evening before where the organization is.
    const days = ['31 March 2026 (America/New_York)', '1 April 2026 (America/New_York)'];
    const notices = await told('classification.fall.announced');
    expect(notices.map(({ title }) => title.replace(/^\S+ /, ''))).toEqual(days.map((day) => `will lose its stage on ${day}`));
    expect(notices.map(({ body }) => body.replace(/^.* falls /, ''))).toEqual(days.map((day) => `on ${day}.`));
  });

  it('ask the person who is proposed, and asks them again when it is time', async () => {
    const id = await workload();
    const memberId = organization.members[2]?.id ?? '';
    await happen('inventory.owner.changed', { workloadId: id, role: 'on_call', memberId, status: 'proposed' });
    await happen('inventory.owner.changed', { workloadId: id, role: 'on_call', memberId, status: 'accepted' });
    await happen('inventory.owner.reaffirmation-due', { workloadId: id, role: 'on_call', memberId, assignmentId: newId() });
    expect((await told('inventory.owner.changed')).map(({ member }) => member)).toEqual(['Member 2']);
    expect((await told('inventory.owner.reaffirmation-due')).map(({ member }) => member)).toEqual(['Member 2']);
  });
});

describe('a workload that is gone', () => {
  const retire = (id: string): Promise<unknown> => asAdmin(database, organization.tenantId, clock.now(), (client) => client.query(
    `UPDATE workload SET lifecycle = 'retired', retired_at = app_now(), retire_reason = 'Replaced', decommission_record = '{}' WHERE id = $1`, [id]));
  const schedules = (id: string): Promise<object[]> => asAdmin(database, organization.tenantId, clock.now(), async (client) => (await client.query(
    `SELECT s.active, r.status FROM review_schedule s JOIN review r ON r.schedule_id = s.id WHERE s.workload_id = $1`, [id])).rows);

  it('is scheduled no more once it is retired', async () => {
    const id = await workload();
    await retire(id);
    await happen('inventory.workload.retired', { workloadId: id });
    expect(await schedules(id)).toEqual([{ active: false, status: 'skipped' }]);
  });

  it('is excused when the due date comes before the event', async () => {
    const id = await workload();
    await retire(id);
    clock.advance({ days: 100 });
    const [review] = await asAdmin(database, organization.tenantId, clock.now(), async (client) => (await client.query<{ id: string }>('SELECT id FROM review WHERE workload_id = $1', [id])).rows);
    const [claim] = await context.get(ReviewSweepRepository).claimDue(organization.scope, [review?.id ?? ''], clock.now(), new Date(0), 10);
    expect(await context.get(ReviewDueService).makeDue(organization.scope, review?.id ?? '', claim?.fence ?? -1)).toBe(false);
    expect(await schedules(id)).toEqual([{ active: false, status: 'skipped' }]);
    expect((await told('reviews.review.due')).filter(({ title }) => title.includes(`TRIGGER-${made} `))).toEqual([]);
  });
});
