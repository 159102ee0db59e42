import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import type { RiskTier } from '@roster/contracts';
import { FrameworkCatalogue } from '@roster/frameworks';
import { InventoryModule } from '@roster/inventory';
import { NotificationsModule } from '@roster/notifications';
import { newId, type Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { readListQuery, type ListSpec } from '@roster/platform-http';
import { asAdmin, createTestContext, createTestDatabase, FakeClock, seedOrganization, seedWorkloads, testConfig, type TestDatabase, type TestOrganization } from '@roster/testing';
import { ActionService } from '../action/action.service.js';
import { ChangeAction, REOPEN_MINUTES } from '../action/change-action.usecase.js';
import { PunctualityService } from '../punctuality/punctuality.service.js';
import { ReviewsModule } from '../reviews.module.js';
import { ReviewEditions } from '../template/review-editions.port.js';
import { ReviewScheduleService } from '../schedule/review-schedule.service.js';
import { ConductReview } from './conduct-review.usecase.js';
import { RequestReview } from './request-review.usecase.js';
import { ReviewDueService } from './review-due.service.js';
import { ReviewQuery } from './review.query.js';
import { ReviewSweepRepository } from './review-sweep.repository.js';
import type { ReviewSubmission } from './review-submission.js';
import { ReviewListService } from './review-list.service.js';
import { ReviewService, type ReviewDetail } from './review.service.js';
import { SubmitReview } from './submit-review.usecase.js';

/** Binds the port of reviews as the processes do. */
const EDITIONS = { module: class Editions {}, global: true, providers: [{ provide: ReviewEditions, useFactory: () => FrameworkCatalogue.load() }], exports: [ReviewEditions] };
let database: TestDatabase;
let context: INestApplicationContext;
let organization: TestOrganization;
let other: TestOrganization;
const clock = new FakeClock('2026-03-15T10:00:00Z');
const LIST: ListSpec = { filters: ['status', 'workload', 'overdue', 'kind', 'deadLetter', 'punctuality', 'missedPeriods', 'dueBefore'], sorts: ['dueAt', 'updatedAt'], asOf: true };

beforeAll(async () => {
  database = await createTestDatabase();
  context = await createTestContext({ config: testConfig(database), clock, imports: [InventoryModule, EDITIONS, NotificationsModule, ReviewsModule] });
  organization = await seedOrganization(database, { members: 3, timeZone: 'Europe/Berlin' });
  other = await seedOrganization(database);
});
afterAll(async () => {
  await context.close();
  await database.drop();
});

const person = (index: number): Caller => (organization.members[index] as TestOrganization['members'][number]).caller;
const stranger = (): Caller => (other.members[0] as TestOrganization['members'][number]).caller;
const conduct = () => context.get(ConductReview);
const handing = () => context.get(SubmitReview);
const reading = () => context.get(ReviewService);
const listing = () => context.get(ReviewListService);
let made = 0;

/** A Production workload whose first review is due one period from now. */
async function scheduled(riskTier: RiskTier = 'low', riskOwner?: string): Promise<{ key: string; workloadId: string; reviewId: string }> {
  made += 1;
  const key = `CONDUCT-${made}`;
  const [workloadId = ''] = await seedWorkloads(database, organization, clock.now(), [key], { riskTier, ...(riskOwner ? { riskOwner } : {}) });
  await context.get(UnitOfWork).run(organization.scope, () => context.get(ReviewScheduleService).ensure(organization.scope, [
    { workloadId, classificationId: newId(clock.now()), stage: 'production', hardening: false, riskTier, handlesPii: 'yes', executesTools: 'no', decidedAt: clock.now() }]));
  return { key, workloadId, reviewId: (await openOf(key)).review.id };
}
async function openOf(key: string): Promise<ReviewDetail> {
  const page = await listing().list(person(0), readListQuery({ 'filter[workload]': key, 'filter[status]': ['scheduled', 'due', 'in_progress', 'awaiting_sign_off'] }, LIST));
  const [item] = page.items;
  if (!item) throw new Error(`${key} has no open review`);
  return reading().detail(person(0), item.review.id, null);
}
async function makeDue(reviewId: string, at: Date): Promise<void> {
  clock.set(at);
  const [claim] = await context.get(ReviewSweepRepository).claimDue(organization.scope, [reviewId], at, new Date(0), 10);
  expect(await context.get(ReviewDueService).makeDue(organization.scope, reviewId, claim?.fence ?? -1)).toBe(true);
}
function answered(detail: ReviewDetail, more: Partial<ReviewSubmission> = {}): ReviewSubmission {
  if (!detail.template) throw new Error('not started');
  return {
    answers: detail.template.content.questions.map(({ id }) => ({ questionId: id, answer: 'yes' as const, comment: null })), changes: ['The prompt was rewritten'], nothingChangedSince: null,
    findings: [], outcome: 'continue', rationale: null, concentrationReviewed: null, ...more,
  };
}

describe('conducting a review', () => {
  it('goes from due through started to completed, and puts the next one of the series in place', async () => {
    const { key, workloadId, reviewId } = await scheduled('low');
    await makeDue(reviewId, new Date('2027-03-15T08:00:00Z'));
    clock.set('2027-03-15T20:00:00Z');
    const started = await conduct().start(person(1), reviewId);
    expect(started.review).toMatchObject({ status: 'in_progress', startedBy: person(1).memberId });
    expect(started.template?.content.questions.length).toBeGreaterThan(4);
    const done = await handing().submit(person(1), reviewId, answered(started));
    expect(done.review).toMatchObject({ status: 'completed', outcome: 'continue', signOffRequired: false, missedPeriods: 0, concentrationReviewed: true, closedAt: clock.now() });
    const next = await openOf(key);
    expect(next.review).toMatchObject({ status: 'scheduled', dueAt: new Date('2028-03-15T08:00:00Z') });
    const workload = await asAdmin(database, organization.tenantId, clock.now(), async (client) => (await client.query<{ next: Date }>('SELECT next_review_due_at AS next FROM workload WHERE id = $1', [workloadId])).rows[0]);
    expect(workload?.next).toEqual(next.review.dueAt);
    expect((await context.get(ReviewQuery).lastCompleted(organization.scope, [workloadId])).get(workloadId)).toMatchObject({ reviewId, concentrationReviewed: true });
    expect((await context.get(ReviewQuery).lastReviewed(organization.scope, [workloadId])).get(workloadId)).toEqual({ reviewId, lookedAt: true, at: clock.now().toISOString() });
  });

  it('done early keeps the date of the next one, and is never made due afterwards', async () => {
    clock.set('2028-06-01T10:00:00Z');
    const { key, reviewId } = await scheduled('critical', person(1).memberId);
    clock.set('2028-06-20T10:00:00Z');
    await handing().submit(person(0), reviewId, answered(await conduct().start(person(0), reviewId)));
    await handing().signOff(person(1), reviewId, null);
    expect((await openOf(key)).review.dueAt).toEqual(new Date('2028-08-01T07:00:00Z'));
  });

  it('done late counts the periods that passed, and they count against punctuality', async () => {
    clock.set('2029-01-10T10:00:00Z');
    const { key, reviewId } = await scheduled('critical');
    await makeDue(reviewId, new Date('2029-02-10T08:00:00Z'));
    const started = await conduct().start(person(0), reviewId);
    clock.set('2029-05-11T10:00:00Z');
    await handing().submit(person(0), reviewId, answered(started));
    const done = await handing().signOff(person(2), reviewId, 'Fine');
    expect(done.review).toMatchObject({ status: 'completed', missedPeriods: 3, signedOffBy: person(2).memberId, signOffComment: 'Fine' });
    expect((await openOf(key)).review.dueAt).toEqual(new Date('2029-06-10T07:00:00Z'));
    const figures = await context.get(ReviewQuery).punctuality(organization.scope, new Date('2029-01-01T00:00:00Z'), clock.now());
    expect(figures).toEqual({ onTime: 0, late: 1, notDone: 0, missedPeriods: 3, due: 4, ratio: 0 });
  });

  it('needs a second person for high and critical, who may return it', async () => {
    const { reviewId } = await scheduled('high');
    const started = await conduct().start(person(0), reviewId);
    const waiting = await handing().submit(person(1), reviewId, answered(started));
    expect(waiting.review).toMatchObject({ status: 'awaiting_sign_off', signOffRequired: true });
    for (const same of [person(0), person(1)]) {
      await expect(handing().signOff(same, reviewId, null)).rejects.toMatchObject({ code: 'REVIEWS_REVIEW_SAME_PERSON' });
      await expect(handing().giveBack(same, reviewId, 'No')).rejects.toMatchObject({ code: 'REVIEWS_REVIEW_SAME_PERSON' });
    }
    expect((await handing().giveBack(person(2), reviewId, 'Name the new model')).review).toMatchObject({ status: 'in_progress', signOffComment: 'Name the new model' });
    await handing().submit(person(1), reviewId, answered(await reading().detail(person(1), reviewId, null)));
    expect((await handing().signOff(person(2), reviewId, null)).review.status).toBe('completed');
    await expect(handing().signOff(person(2), reviewId, null)).rejects.toMatchObject({ code: 'REVIEWS_REVIEW_STATE_CONFLICT' });
  });

  it('accepts "nothing changed" only for a quiet record and its current digest', async () => {
    const { workloadId, reviewId } = await scheduled('low');
    clock.advance({ days: 3 });
    const started = await conduct().start(person(0), reviewId);
    const quiet = started.changesSinceLast;
    expect(quiet.changes.filter(({ area }) => area !== 'stage')).toEqual([]);
    await asAdmin(database, organization.tenantId, clock.now(), (client) => client.query(`UPDATE workload SET handles_pii = 'yes', autonomy_level = 'L3' WHERE id = $1`, [workloadId]));
    await expect(handing().submit(person(0), reviewId, answered(started, { changes: [], nothingChangedSince: quiet.digest }))).rejects.toMatchObject({
      code: 'REVIEWS_STATEMENT_INVALID', errors: [{ path: 'nothingChangedSince', code: 'record_differs' }],
    });
    const now = await reading().detail(person(0), reviewId, null);
    expect(now.changesSinceLast.changes).toEqual(expect.arrayContaining([
      expect.objectContaining({ area: 'fact', subject: 'handlesPii', from: 'unknown', to: 'yes' }), expect.objectContaining({ area: 'workload', subject: 'autonomyLevel', from: null, to: 'L3' }),
    ]));
    clock.advance({ seconds: 1 });
    const done = await handing().submit(person(0), reviewId, answered(now));
    expect(done.changesSinceLast).toEqual(now.changesSinceLast);
    const second = await scheduled('low');
    clock.advance({ days: 1 });
    const again = await conduct().start(person(0), second.reviewId);
    expect(again.changesSinceLast.changes).toEqual([]);
    expect((await handing().submit(person(0), second.reviewId, answered(again, { changes: [], nothingChangedSince: again.changesSinceLast.digest }))).review.status).toBe('completed');
  });

  it('shows components, owners and tools that came and went', async () => {
    const { workloadId, reviewId } = await scheduled('low');
    clock.advance({ days: 1 });
    const component = newId(clock.now());
    await asAdmin(database, organization.tenantId, clock.now(), async (client) => {
      await client.query(`INSERT INTO component (tenant_id, id, type, provider, name, pinned_version, created_at, updated_at) VALUES ($1, $2, 'model', 'acme', 'atlas', '2026-01', $3, $3)`, [organization.tenantId, component, clock.now()]);
      await client.query(`INSERT INTO workload_component (tenant_id, workload_id, component_id, added_at) VALUES ($1, $2, $3, $4)`, [organization.tenantId, workloadId, component, clock.now()]);
      await client.query(`INSERT INTO tool_grant (tenant_id, workload_id, name, access, granted_at) VALUES ($1, $2, 'refund', 'write', $3)`, [organization.tenantId, workloadId, clock.now()]);
      await client.query(`UPDATE owner_assignment SET status = 'orphaned', effective_to = $2 WHERE workload_id = $1`, [workloadId, clock.now()]);
    });
    clock.advance({ days: 1 });
    await asAdmin(database, organization.tenantId, clock.now(), (client) => client.query(`DELETE FROM workload_component WHERE workload_id = $1`, [workloadId]));
    const { changesSinceLast } = await reading().detail(person(0), reviewId, null);
    expect(changesSinceLast.changes.map(({ area, subject, to }) => `${area} ${subject} ${to}`)).toEqual([
      'component model atlas 2026-01 added', 'component tool refund added', 'owner risk_owner orphaned: Member 0', 'component model atlas 2026-01 removed',
    ]);
    const before = await reading().detail(person(0), reviewId, new Date(clock.now().getTime() - 3_600_000));
    expect(before.changesSinceLast.changes).toHaveLength(3);
  });

  it('turns findings into actions of their owners, once, and refuses unknown owners', async () => {
    const { key, reviewId } = await scheduled('high');
    const started = await conduct().start(person(0), reviewId);
    const domainId = started.template?.content.questions.at(-1)?.domainId ?? null;
    const finding = { severity: 'high' as const, domainId, title: 'Rotate the key', detail: 'It is two years old', ownerMemberId: person(2).memberId, dueAt: new Date(clock.now().getTime() + 86_400_000).toISOString() };
    const conditions = { outcome: 'continue_with_conditions' as const, rationale: 'Key first', findings: [finding] };
    await expect(handing().submit(person(0), reviewId, answered(started, { ...conditions, findings: [{ ...finding, ownerMemberId: stranger().memberId }] }))).rejects.toMatchObject({
      code: 'PLATFORM_REFERENCE_UNKNOWN', errors: [{ path: 'findings[0].ownerMemberId' }],
    });
    await handing().submit(person(0), reviewId, answered(started, conditions));
    await handing().giveBack(person(1), reviewId, 'Say more');
    await handing().submit(person(0), reviewId, answered(started, conditions));
    const done = await handing().signOff(person(1), reviewId, null);
    expect(done.findings).toMatchObject([{ title: 'Rotate the key', severity: 'high', domainId }]);
    const actions = context.get(ActionService);
    const changes = context.get(ChangeAction);
    const listed = await actions.list(person(2), readListQuery({ 'filter[owner]': 'me', 'filter[workload]': key, count: 'true' }, { filters: ['owner', 'workload'], sorts: ['dueAt'] }));
    expect(listed).toMatchObject({ total: 1, items: [{ id: done.findings[0]?.actionId, title: 'Rotate the key', status: 'open', workloadKey: key }] });
    const id = listed.items[0]?.id ?? '';
    await expect(changes.change(person(2), id, { status: 'dropped' }, 1)).rejects.toMatchObject({ code: 'PLATFORM_REQUEST_INVALID' });
    await expect(changes.change(person(2), id, { status: 'done' }, 9)).rejects.toMatchObject({ code: 'PLATFORM_PRECONDITION_FAILED' });
    expect(await changes.change(person(2), id, { status: 'done', note: 'Rotated' }, 1)).toMatchObject({ status: 'done', version: 2, closedAt: clock.now() });
    await expect(changes.change(person(1), id, { status: 'open' }, 2)).rejects.toMatchObject({ code: 'REVIEWS_ACTION_CLOSED' });
    await expect(changes.change(person(2), id, { note: 'More' }, 2)).rejects.toMatchObject({ code: 'REVIEWS_ACTION_CLOSED' });
    clock.advance({ minutes: 9 });
    expect(await changes.change(person(2), id, { status: 'open' }, 2)).toMatchObject({ status: 'open', version: 3, closedAt: null });
    expect(await changes.change(person(2), id, { status: 'done' }, 3)).toMatchObject({ status: 'done', version: 4, ownerName: 'Member 2' });
    clock.advance({ minutes: REOPEN_MINUTES });
    await expect(changes.change(person(2), id, { status: 'open' }, 4)).rejects.toMatchObject({ code: 'REVIEWS_ACTION_CLOSED' });
    await expect(actions.find(stranger(), id)).rejects.toMatchObject({ code: 'REVIEWS_ACTION_NOT_FOUND' });
    await expect(changes.change(stranger(), id, { note: 'x' }, null)).rejects.toMatchObject({ code: 'REVIEWS_ACTION_NOT_FOUND' });
  });

  it('is done once when two people submit at the same moment', async () => {
    const { key, reviewId } = await scheduled('low');
    const started = await conduct().start(person(0), reviewId);
    const results = await Promise.allSettled([0, 1, 2].map((index) => handing().submit(person(index), reviewId, answered(started))));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'REVIEWS_REVIEW_STATE_CONFLICT' });
    const all = await listing().list(person(0), readListQuery({ 'filter[workload]': key, count: 'true' }, LIST));
    expect(all.total).toBe(2);
  });
});

describe('moving and skipping', () => {
  it('moves a review before the next regular one, and the series goes on where it was', async () => {
    clock.set('2030-01-10T10:00:00Z');
    const { key, reviewId } = await scheduled('critical');
    await expect(conduct().reschedule(person(0), reviewId, new Date('2030-01-09T00:00:00Z'), 'Too early')).rejects.toMatchObject({ code: 'REVIEWS_REVIEW_DATE_INVALID', errors: [{ code: 'too_early' }] });
    await expect(conduct().reschedule(person(0), reviewId, new Date('2030-03-10T08:00:00Z'), 'Too late')).rejects.toMatchObject({ code: 'REVIEWS_REVIEW_DATE_INVALID', errors: [{ code: 'too_late' }] });
    const moved = await conduct().reschedule(person(0), reviewId, new Date('2030-01-20T12:00:00Z'), 'Before the launch');
    expect(moved.review).toMatchObject({ dueAt: new Date('2030-01-20T12:00:00Z'), regularDueAt: new Date('2030-02-10T08:00:00Z'), overdueAt: new Date('2030-01-20T23:00:00Z'), reason: 'Before the launch' });
    clock.set('2030-01-20T12:30:00Z');
    await handing().submit(person(0), reviewId, answered(await conduct().start(person(0), reviewId)));
    await handing().signOff(person(1), reviewId, null);
    expect((await openOf(key)).review.dueAt).toEqual(new Date('2030-03-10T08:00:00Z'));
  });

  it('skips with a reason and an approver who does not owe it', async () => {
    const { key, reviewId } = await scheduled('high', person(0).memberId);
    await expect(conduct().skip(person(0), reviewId, 'No time')).rejects.toMatchObject({ code: 'REVIEWS_REVIEW_SAME_PERSON' });
    const skipped = await conduct().skip(person(1), reviewId, 'Replaced by the audit of last week');
    expect(skipped.review).toMatchObject({ status: 'skipped', skipReason: 'Replaced by the audit of last week', skipApprovedBy: person(1).memberId });
    expect((await openOf(key)).review.dueAt.getTime()).toBeGreaterThan(skipped.review.dueAt.getTime());
    const easy = await scheduled('low', person(0).memberId);
    expect((await conduct().skip(person(0), easy.reviewId, 'Nothing to see')).review.status).toBe('skipped');
  });

  it('no longer moves a review that is due', async () => {
    clock.set('2031-01-10T10:00:00Z');
    const { reviewId } = await scheduled('critical');
    await makeDue(reviewId, new Date('2031-02-10T08:00:00Z'));
    await expect(conduct().reschedule(person(0), reviewId, new Date('2031-02-20T08:00:00Z'), 'Later')).rejects.toMatchObject({ code: 'REVIEWS_REVIEW_STATE_CONFLICT', extensions: { allowed: ['start', 'skip'] } });
  });
});

describe('out of cycle', () => {
  it('opens one review at a time, due in a week at the local time of day, and is shown on the workload', async () => {
    clock.set('2031-03-01T10:00:00Z');
    const { key, reviewId } = await scheduled('low');
    const asked = await context.get(RequestReview).request(person(0), key, 'The vendor changed its terms', null);
    expect(asked.review).toMatchObject({ scheduleId: null, status: 'scheduled', dueAt: new Date('2031-03-08T08:00:00Z'), reason: 'The vendor changed its terms' });
    expect(asked.triggers).toMatchObject([{ kind: 'request', detail: 'The vendor changed its terms' }]);
    await expect(context.get(RequestReview).request(person(0), key, 'Again', null)).rejects.toMatchObject({ code: 'REVIEWS_REVIEW_ALREADY_OPEN', extensions: { reviewId: asked.review.id } });
    await expect(context.get(RequestReview).request(person(0), key, 'Past', new Date('2031-01-01T00:00:00Z'))).rejects.toMatchObject({ code: 'REVIEWS_REVIEW_DATE_INVALID' });
    await handing().submit(person(0), asked.review.id, answered(await conduct().start(person(0), asked.review.id)));
    const open = await openOf(key);
    expect(open.review.id).toBe(reviewId);
    expect(open.changesSinceLast.lastReviewId).toBe(asked.review.id);
  });
});

describe('reading', () => {
  it('as of an instant shows the review as it was known', async () => {
    clock.set('2032-01-10T10:00:00Z');
    const { key, reviewId } = await scheduled('low');
    const before = clock.now();
    clock.advance({ hours: 1 });
    await conduct().start(person(0), reviewId);
    expect((await reading().detail(person(0), reviewId, before)).review.status).toBe('scheduled');
    expect((await reading().detail(person(0), reviewId, clock.now())).review.status).toBe('in_progress');
    const then = await listing().list(person(0), readListQuery({ 'filter[workload]': key, asOf: before.toISOString() }, LIST));
    expect(then.items.map(({ review }) => review.status)).toEqual(['scheduled']);
    await expect(reading().detail(person(0), reviewId, new Date('2031-12-31T00:00:00Z'))).rejects.toMatchObject({ code: 'REVIEWS_REVIEW_NOT_FOUND' });
  });

  it('pages through all reviews in both orders without losing or repeating one', async () => {
    for (const sort of ['dueAt', '-dueAt', 'updatedAt']) {
      const seen: string[] = [];
      let total = 0;
      for (let cursor: string | null = null; ;) {
        const page = await listing().list(person(0), readListQuery({ limit: '3', count: 'true', sort, ...(cursor ? { cursor } : {}) }, LIST));
        seen.push(...page.items.map(({ review }) => review.id));
        total = page.total ?? 0;
        if (!page.nextCursor) break;
        cursor = page.nextCursor;
      }
      expect(seen).toHaveLength(total);
      expect(new Set(seen).size).toBe(total);
    }
  });

  it('finds the overdue ones and sums them up, with the same rule as the pure one', async () => {
    clock.set('2033-06-01T00:00:00Z');
    const overdue = await listing().list(person(0), readListQuery({ 'filter[overdue]': 'true', count: 'true', limit: '200' }, LIST));
    expect(overdue.items.every(({ review }) => review.overdueAt <= clock.now() && review.closedAt === null)).toBe(true);
    const summary = await context.get(PunctualityService).summary(person(0), new Date('2020-01-01T00:00:00Z'), null);
    expect(summary.open.overdue).toBe(overdue.total);
    expect(summary.published.wording).toBe('fewer than two in five');
    const { punctualityOf, PUNCTUALITY_VERDICTS, verdictOf } = await import('../punctuality/punctuality.js');
    const rows = await asAdmin(database, organization.tenantId, clock.now(), async (client) => (await client.query(
      `SELECT id, status AS state, due_at AS "dueAt", overdue_at AS "overdueAt", closed_at AS "closedAt", missed_periods AS "missedPeriods" FROM review WHERE tenant_id = $1 AND due_at < $2`, [organization.tenantId, clock.now()])).rows);
    expect(rows.length).toBeGreaterThan(8);
    expect(summary.figures).toEqual(punctualityOf(rows as never, clock.now()));
    // The list behind each figure has exactly the reviews that it counts, now and as of now.
    for (const asOf of [{}, { asOf: clock.now().toISOString() }]) {
      const list = async (filters: Record<string, string | string[]>): Promise<string[]> =>
        (await listing().list(person(0), readListQuery({ ...filters, ...asOf, 'filter[dueBefore]': clock.now().toISOString(), limit: '200' }, LIST))).items.map(({ review }) => review.id).sort();
      const counted = (among: readonly string[]): string[] => rows.filter((row) => among.includes(verdictOf(row as never, clock.now()) ?? '')).map(({ id }: { id: string }) => id).sort();
      for (const verdict of PUNCTUALITY_VERDICTS) {
        expect([verdict, await list({ 'filter[punctuality]': verdict })]).toEqual([verdict, counted([verdict])]);
        expect(counted([verdict])).not.toEqual([]);
      }
      expect(await list({ 'filter[punctuality]': ['late', 'not_done'] })).toEqual(counted(['late', 'not_done']));
      const passed = rows.filter(({ missedPeriods }: { missedPeriods: number }) => missedPeriods > 0).map(({ id }: { id: string }) => id).sort();
      expect([passed.length > 0, await list({ 'filter[missedPeriods]': 'true' })]).toEqual([true, passed]);
      expect(await list({ 'filter[missedPeriods]': 'false' })).toHaveLength(rows.length - passed.length);
    }
    await expect(listing().list(person(0), readListQuery({ 'filter[punctuality]': 'missed' }, LIST))).rejects.toMatchObject({ code: 'PLATFORM_REQUEST_INVALID' });
  });

  it('refuses what is not known and what belongs to somebody else', async () => {
    const { key, reviewId } = await scheduled('low');
    for (const act of [
      () => reading().detail(stranger(), reviewId, null), () => reading().detail(stranger(), reviewId, clock.now()), () => conduct().start(stranger(), reviewId), () => conduct().skip(stranger(), reviewId, 'Mine now'),
      () => conduct().reschedule(stranger(), reviewId, new Date('2033-12-01T00:00:00Z'), 'Mine now'), () => conduct().retry(stranger(), reviewId),
    ]) await expect(act()).rejects.toMatchObject({ code: 'REVIEWS_REVIEW_NOT_FOUND' });
    await expect(context.get(RequestReview).request(stranger(), key, 'Mine now', null)).rejects.toMatchObject({ code: 'INVENTORY_WORKLOAD_NOT_FOUND' });
    expect((await listing().list(stranger(), readListQuery({ count: 'true' }, LIST))).total).toBe(0);
    await expect(listing().list(person(0), readListQuery({ 'filter[status]': 'late' }, LIST))).rejects.toMatchObject({ code: 'PLATFORM_REQUEST_INVALID' });
    await expect((async () => conduct().start({ ...person(0), permissions: new Set(['reviews:review:read']) }, reviewId))()).rejects.toMatchObject({ code: 'ACCESS_PERMISSION_MISSING' });
    await expect(handing().submit(person(0), reviewId, { ...answered({ ...(await openOf(key)), template: { content: { edition: '', questions: [] } } as never }) })).rejects.toMatchObject({ code: 'REVIEWS_REVIEW_STATE_CONFLICT' });
    expect((await reading().detail(person(0), reviewId, null)).review).toMatchObject({ status: 'scheduled', version: 1 });
  });
});
