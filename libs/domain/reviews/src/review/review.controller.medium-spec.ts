import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FrameworkCatalogue } from '@roster/frameworks';
import { InventoryModule } from '@roster/inventory';
import { NotificationsHttpModule } from '@roster/notifications';
import { newId, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { asAdmin, createTestApp, createTestDatabase, FakeClock, seedWorkloads, TestClient, testConfig, type SignedInClient, type TestDatabase, type TestOrganization } from '@roster/testing';
import { ReviewsHttpModule } from '../reviews-http.module.js';
import { ReviewScheduleService } from '../schedule/review-schedule.service.js';
import { ReviewEditions } from '../template/review-editions.port.js';

interface ReviewBody { id: string; status: string; dueAt: string; allowed: string[]; version: number; template: { questions: { id: string }[] }; changesSinceLast: { digest: string; changes: unknown[] }; workload: { key: string } }
interface Listed<Item = ReviewBody> { items: Item[]; nextCursor: string | null; total?: number }
interface Refusal { code: string; errors?: { path: string; code: string }[] }

let database: TestDatabase;
let app: NestFastifyApplication;
let admin: SignedInClient;
let second: SignedInClient;
let auditor: SignedInClient;
let stranger: SignedInClient;
const clock = new FakeClock('2026-03-15T10:00:00Z');

beforeAll(async () => {
  database = await createTestDatabase();
  app = await createTestApp({ config: testConfig(database), clock, imports: [
    InventoryModule, { module: class Editions {}, global: true, providers: [{ provide: ReviewEditions, useFactory: () => FrameworkCatalogue.load() }], exports: [ReviewEditions] },
    NotificationsHttpModule, ReviewsHttpModule,
  ] });
  const anybody = await TestClient.of(app);
  admin = await anybody.signUp({ timeZone: 'Europe/Berlin' });
  second = await admin.client.invite('risk_owner');
  auditor = await admin.client.invite('auditor');
  stranger = await anybody.signUp();
}, 60_000);
afterAll(async () => {
  await app.close();
  await database.drop();
});

let made = 0;
async function scheduled(riskTier: 'low' | 'high'): Promise<{ key: string; id: string }> {
  made += 1;
  const key = `HTTP-${made}`;
  const organization = { tenantId: admin.tenantId, members: [{ id: admin.memberId }] } as unknown as TestOrganization;
  const [workloadId = ''] = await seedWorkloads(database, organization, clock.now(), [key], { riskTier });
  const scope = TenantScope.forSystem(admin.tenantId, 'test');
  await app.get(UnitOfWork).run(scope, () => app.get(ReviewScheduleService).ensure(scope, [
    { workloadId, classificationId: newId(clock.now()), stage: 'production', hardening: false, riskTier, handlesPii: 'yes', executesTools: 'no', decidedAt: clock.now() }]));
  const { body } = await admin.client.get<Listed>(`/reviews?filter[workload]=${key}`);
  return { key, id: body.items[0]?.id ?? '' };
}
const answers = (review: ReviewBody): object[] => review.template.questions.map(({ id }) => ({ questionId: id, answer: 'yes' }));

describe('routes of reviews', () => {
  it('walk from schedule to completion with a second person', async () => {
    const { key, id } = await scheduled('high');
    const listed = await admin.client.get<Listed>(`/reviews?filter[workload]=${key.toLowerCase()}&count=true`);
    expect(listed).toMatchObject({ status: 200, body: { total: 1, items: [{ id, status: 'scheduled', kind: 'scheduled', overdue: false, dueAt: '2026-06-15T07:00:00.000Z', workload: { key } }] } });
    const started = await admin.client.post<ReviewBody>(`/reviews/${id}/start`);
    expect(started).toMatchObject({ status: 200, body: { status: 'in_progress', allowed: ['submit', 'skip'] } });
    expect(started.headers['etag']).toBe(`"v${started.body.version}"`);
    const refused = await admin.client.post<Refusal>(`/reviews/${id}/submit`, { answers: [], outcome: 'continue' });
    expect(refused).toMatchObject({ status: 422, body: { code: 'REVIEWS_ANSWERS_INVALID' } });
    expect(refused.body.errors?.length).toBe(started.body.template.questions.length);
    const silent = await admin.client.post<Refusal>(`/reviews/${id}/submit`, { answers: answers(started.body), outcome: 'continue' });
    expect(silent).toMatchObject({ status: 422, body: { code: 'REVIEWS_STATEMENT_INVALID', errors: [{ path: 'changes', code: 'missing' }] } });
    const submitted = await admin.client.post<ReviewBody>(`/reviews/${id}/submit`, { answers: answers(started.body), changes: ['New model version'], outcome: 'continue_with_conditions', rationale: 'Renew the contract',
      findings: [{ severity: 'medium', title: 'Renew the contract', ownerMemberId: second.memberId, dueAt: '2026-05-31T22:30:00Z' }] });
    expect(submitted).toMatchObject({ status: 200, body: { status: 'awaiting_sign_off', signOffRequired: true, submission: { changes: ['New model version'] } } });
    expect(await admin.client.post<Refusal>(`/reviews/${id}/sign-off`)).toMatchObject({ status: 403, body: { code: 'REVIEWS_REVIEW_SAME_PERSON' } });
    expect(await second.client.post<Refusal>(`/reviews/${id}/sign-off`, { decision: 'return' })).toMatchObject({ status: 400, body: { errors: [{ path: 'comment' }] } });
    const done = await second.client.post<ReviewBody>(`/reviews/${id}/sign-off`, { comment: 'Agreed' });
    expect(done).toMatchObject({ status: 200, body: { status: 'completed', signedOffBy: second.memberId, signOffComment: 'Agreed', allowed: [], findings: [{ title: 'Renew the contract' }] } });
    const next = await admin.client.get<Listed>(`/reviews?filter[workload]=${key}&filter[status]=scheduled`);
    expect(next.body.items).toMatchObject([{ dueAt: '2026-09-15T07:00:00.000Z' }]);
    const unread = await second.client.get<Listed<{ kind: string; body: string }>>('/notifications?filter[read]=false');
    expect(unread.body.items.map(({ kind }) => kind).sort()).toEqual(['reviews.action.opened', 'reviews.review.submitted']);
    // In UTC it is still May.
    expect(unread.body.items.find(({ kind }) => kind === 'reviews.action.opened')?.body).toBe('Severity medium, due 1 June 2026 (Europe/Berlin).');
  });

  it('serve actions with ETag and If-Match', async () => {
    const actions = await second.client.get<Listed<{ id: string; version: number }>>('/actions?filter[owner]=me&filter[status]=open');
    expect(actions.body.items).toHaveLength(1);
    const path = `/actions/${actions.body.items[0]?.id ?? ''}`;
    expect((await second.client.get(path)).headers['etag']).toBe('"v1"');
    expect(await second.client.send<Refusal>('PATCH', path, { body: { status: 'done' } })).toMatchObject({ status: 428, body: { code: 'PLATFORM_PRECONDITION_REQUIRED' } });
    expect(await second.client.patch<Refusal>(path, { status: 'done' }, { 'if-match': '"v7"' })).toMatchObject({ status: 412 });
    expect(await second.client.patch<Refusal>(path, { status: 'finished' }, { 'if-match': '"v1"' })).toMatchObject({ status: 400, body: { errors: [{ path: 'status' }] } });
    expect(await auditor.client.patch<Refusal>(path, { status: 'done' })).toMatchObject({ status: 403 });
    expect(await stranger.client.get<Refusal>(path)).toMatchObject({ status: 404 });
    expect(await second.client.patch(path, { status: 'done', note: 'Renewed' }, { 'if-match': '"v1"' })).toMatchObject({ status: 200, body: { status: 'done', version: 2, overdue: false } });
  });

  it('ask for a review out of cycle, move it, skip it', async () => {
    const { key } = await scheduled('low');
    expect(await admin.client.post<Refusal>('/reviews', { workload: key })).toMatchObject({ status: 400, body: { errors: [{ path: 'reason', code: 'required' }] } });
    expect(await admin.client.post<Refusal>('/reviews', { workload: 'NOWHERE', reason: 'Because' })).toMatchObject({ status: 404, body: { code: 'INVENTORY_WORKLOAD_NOT_FOUND' } });
    const asked = await admin.client.post<ReviewBody>('/reviews', { workload: key, reason: 'The vendor changed its terms' });
    expect(asked).toMatchObject({ status: 201, body: { kind: 'out_of_cycle', status: 'scheduled', dueAt: '2026-03-22T08:00:00.000Z', triggers: [{ kind: 'request' }] } });
    expect(await admin.client.post<Refusal>('/reviews', { workload: key, reason: 'Again' })).toMatchObject({ status: 409, body: { code: 'REVIEWS_REVIEW_ALREADY_OPEN', reviewId: asked.body.id } });
    expect(await admin.client.post<ReviewBody>(`/reviews/${asked.body.id}/reschedule`, { dueAt: '2026-03-30T10:00:00Z', reason: 'Everybody is away' })).toMatchObject({ status: 200, body: { dueAt: '2026-03-30T10:00:00.000Z' } });
    expect(await admin.client.post<ReviewBody>(`/reviews/${asked.body.id}/skip`, { reason: 'Answered by the vendor' })).toMatchObject({ status: 200, body: { status: 'skipped', skipApprovedBy: admin.memberId } });
    expect(await admin.client.post<Refusal>(`/reviews/${asked.body.id}/start`)).toMatchObject({ status: 409, body: { code: 'REVIEWS_REVIEW_STATE_CONFLICT', allowed: [] } });
    expect(await admin.client.post<Refusal>(`/reviews/${asked.body.id}/retry`)).toMatchObject({ status: 409 });
  });

  it('answer as of an instant', async () => {
    const { id } = await scheduled('low');
    const before = clock.now().toISOString();
    clock.advance({ minutes: 10 });
    await admin.client.post(`/reviews/${id}/start`);
    expect((await admin.client.get<ReviewBody>(`/reviews/${id}?asOf=${before}`)).body.status).toBe('scheduled');
    expect((await admin.client.get<ReviewBody>(`/reviews/${id}`)).body.status).toBe('in_progress');
    expect((await admin.client.get<Listed>(`/reviews?asOf=${before}&filter[status]=in_progress`)).body.items.map((review) => review.id)).not.toContain(id);
    expect(await admin.client.get<Refusal>(`/reviews/${id}?asOf=yesterday`)).toMatchObject({ status: 400, body: { errors: [{ path: 'asOf' }] } });
  });

  it('tell the punctuality beside the published figure', async () => {
    const summary = await auditor.client.get('/reviews/punctuality?from=2026-01-01T00:00:00Z');
    expect(summary).toMatchObject({ status: 200, body: { due: 0, onTime: 0, notDone: 0, ratio: null, published: { ratioBelow: 0.4, wording: 'fewer than two in five' }, open: { deadLetters: 0, overdue: 0 } } });
    expect(await auditor.client.get<Refusal>('/reviews/punctuality?from=2026')).toMatchObject({ status: 400, body: { errors: [{ path: 'from' }] } });
    expect(await auditor.client.get<Refusal>('/reviews/punctuality?from=2030-01-01T00:00:00Z')).toMatchObject({ status: 400 });
  });

  it('narrow the list down to an owner, to a span of due times, and to what waits for oneself as the second person', async () => {
    const { key, id } = await scheduled('high');
    const list = async (who: SignedInClient, query: string): Promise<string[]> => (await who.client.get<Listed>(`/reviews?filter[workload]=${key}&${query}`)).body.items.map((review) => review.id);
    const { body: review } = await admin.client.get<ReviewBody & { owner: unknown; riskTier: string }>(`/reviews/${id}`);
    expect(review).toMatchObject({ riskTier: 'high', signOffNeeded: true, owner: { memberId: admin.memberId, name: admin.name }, people: [{ memberId: admin.memberId, name: admin.name }] });
    const due = new Date(review.dueAt);
    const after = new Date(due.getTime() + 1).toISOString();
    expect(await list(admin, 'filter[owner]=me')).toEqual([id]);
    expect(await list(second, 'filter[owner]=me')).toEqual([]);
    expect(await list(second, `filter[owner]=${admin.memberId}`)).toEqual([id]);
    expect(await list(admin, `filter[dueFrom]=${review.dueAt}&filter[dueBefore]=${after}`)).toEqual([id]);
    expect(await list(admin, `filter[dueFrom]=${after}`)).toEqual([]);
    expect(await list(admin, `filter[dueBefore]=${review.dueAt}`)).toEqual([]);
    const started = await admin.client.post<ReviewBody>(`/reviews/${id}/start`);
    await admin.client.post(`/reviews/${id}/submit`, { answers: answers(started.body), changes: ['New model version'], outcome: 'continue' });
    expect(await list(second, 'filter[signOffBy]=me')).toEqual([id]);
    expect(await list(admin, 'filter[signOffBy]=me')).toEqual([]);
    expect((await admin.client.get<Listed>(`/reviews?filter[workload]=${key}&filter[owner]=me&count=true`)).body.total).toBe(1);
    // The moments of every list: a day is all of it, and a distance starts from now.
    const [day = ''] = review.dueAt.split('T');
    expect([await list(admin, `filter[dueFrom]=${day}`), await list(admin, `filter[dueBefore]=${day}`), await list(admin, 'filter[dueFrom]=now-520w&filter[dueBefore]=now%2B520w')]).toEqual([[id], [], [id]]);
    for (const wrong of ['filter[owner]=ada', 'filter[signOffBy]=1', 'filter[dueFrom]=tomorrow', 'filter[punctuality]=missed', 'filter[missedPeriods]=1', 'filter[dueBefore]=2026-02-30']) {
      expect(await admin.client.get<Refusal>(`/reviews?${wrong}`)).toMatchObject({ status: 400, body: { code: 'PLATFORM_REQUEST_INVALID', errors: [{ path: wrong.split('=')[0] }] } });
    }
    expect((await stranger.client.get<Listed>(`/reviews?filter[owner]=${admin.memberId}&count=true`)).body).toMatchObject({ items: [], total: 0 });
  });

  it('tell the punctuality month by month, in the time zone of the organization', async () => {
    const { body } = await auditor.client.get<{ timeZone: string; months: { month: string; due: number; ratio: number | null }[]; published: unknown }>('/reviews/punctuality/trend?months=3');
    expect(body).toMatchObject({ timeZone: 'Europe/Berlin', published: { ratioBelow: 0.4 }, months: [{ month: '2026-01', due: 0, ratio: null }, { month: '2026-02' }, { month: '2026-03' }] });
    const { id } = await scheduled('low');
    // Due on the last evening of February in UTC, which is the first of March in Berlin, and never done.
    await asAdmin(database, admin.tenantId, clock.now(), (client) => client.query(
      `UPDATE review SET due_at = '2026-02-28T23:30:00Z', overdue_at = '2026-03-01T23:00:00Z', status = 'due', missed_periods = 1 WHERE id = $1`, [id]));
    const months = async (who: SignedInClient): Promise<unknown[]> => (await who.client.get<{ months: unknown[] }>('/reviews/punctuality/trend?months=2')).body.months;
    expect(await months(auditor)).toMatchObject([{ month: '2026-02', due: 0 }, { month: '2026-03', due: 2, onTime: 0, notDone: 1, missedPeriods: 1, ratio: 0 }]);
    expect(await months(stranger)).toMatchObject([{ due: 0 }, { due: 0 }]);
    // Each figure names the list of what it counts; others see nothing in it.
    const behind = async (who: SignedInClient, rows: string): Promise<string[]> => (await who.client.get<Listed>(rows.replace('/api/v1', ''))).body.items.map((review) => review.id);
    const [february, march] = (await auditor.client.get<{ months: { rows: Record<'due' | 'onTime' | 'late' | 'notDone' | 'missedPeriods', string> }[] }>('/reviews/punctuality/trend?months=2')).body.months;
    if (!february || !march) throw new Error('The trend has two months');
    const { rows: here } = march;
    expect([await behind(auditor, february.rows.due), await behind(auditor, here.due), await behind(auditor, here.notDone), await behind(auditor, here.missedPeriods)]).toEqual([[], [id], [id], [id]]);
    expect([await behind(auditor, here.onTime), await behind(auditor, here.late), await behind(stranger, here.due), await behind(stranger, here.missedPeriods)]).toEqual([[], [], [], []]);
    expect((await auditor.client.get<{ rows: { notDone: string } }>('/reviews/punctuality?from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z')).body.rows.notDone).toBe('/api/v1/reviews?filter[punctuality]=not_done&filter[dueFrom]=2026-03-01T00:00:00.000Z&filter[dueBefore]=2026-04-01T00:00:00.000Z');
    expect((await auditor.client.get<{ months: unknown[] }>('/reviews/punctuality/trend')).body.months).toHaveLength(12);
    for (const wrong of ['0', '37', 'all', '1.5']) expect(await auditor.client.get<Refusal>(`/reviews/punctuality/trend?months=${wrong}`)).toMatchObject({ status: 400, body: { errors: [{ path: 'months' }] } });
    await asAdmin(database, admin.tenantId, clock.now(), (client) => client.query(`UPDATE review SET due_at = '2026-06-15T07:00:00Z', overdue_at = '2026-06-15T22:00:00Z', status = 'scheduled', missed_periods = 0 WHERE id = $1`, [id]));
  });

  it('let nobody in who may not, and show nothing to another organization', async () => {
    const { key, id } = await scheduled('low');
    const before = await asAdmin(database, admin.tenantId, clock.now(), async (client) => (await client.query('SELECT * FROM review WHERE id = $1', [id])).rows);
    for (const [path, body] of [['start', {}], ['submit', { answers: [], outcome: 'continue', changes: ['Mine'] }], ['sign-off', {}], ['skip', { reason: 'Mine now' }], ['reschedule', { dueAt: '2026-04-01T00:00:00Z', reason: 'Mine' }], ['retry', {}]] as const) {
      expect(await stranger.client.post<Refusal>(`/reviews/${id}/${path}`, body)).toMatchObject({ status: 404, body: { code: 'REVIEWS_REVIEW_NOT_FOUND' } });
      expect(await auditor.client.post<Refusal>(`/reviews/${id}/${path}`, body)).toMatchObject({ status: 403, body: { code: 'ACCESS_PERMISSION_MISSING' } });
      expect((await admin.client.as(null).post(`/reviews/${id}/${path}`, body)).status).toBe(401);
    }
    expect(await stranger.client.get(`/reviews/${id}`)).toMatchObject({ status: 404 });
    expect(await stranger.client.get(`/reviews?filter[workload]=${key}`)).toMatchObject({ status: 404 });
    expect((await stranger.client.get<Listed>('/reviews?count=true')).body).toMatchObject({ items: [], total: 0 });
    expect(await asAdmin(database, admin.tenantId, clock.now(), async (client) => (await client.query('SELECT * FROM review WHERE id = $1', [id])).rows)).toEqual(before);
    expect(await admin.client.get(`/reviews/not-an-id`)).toMatchObject({ status: 400 });
    expect(await admin.client.get(`/reviews?filter[colour]=red`)).toMatchObject({ status: 400 });
    const key2 = await admin.client.createKey(['reviews:review:read']);
    expect((await admin.client.as(key2.key).get(`/reviews/${id}`)).status).toBe(200);
    expect((await admin.client.as(key2.key).post(`/reviews/${id}/start`)).status).toBe(403);
  });
});

describe('routes of notifications and mails', () => {
  it('list, mark as read, and change when mail goes out', async () => {
    const unread = await second.client.get<Listed<{ id: string }>>('/notifications?filter[read]=false&count=true');
    expect(unread.body.total).toBe(3);
    const id = unread.body.items[0]?.id ?? '';
    expect(await admin.client.post(`/notifications/${id}/read`)).toMatchObject({ status: 404 });
    expect(await second.client.post(`/notifications/${id}/read`)).toMatchObject({ status: 200, body: { id, readAt: clock.now().toISOString() } });
    expect(await second.client.post('/notifications/read-all')).toMatchObject({ status: 200, body: { read: 2 } });
    const preference = await second.client.get('/notification-preference');
    expect(preference).toMatchObject({ status: 200, body: { mailMode: 'immediate', snoozedUntil: null, waiting: false } });
    expect(await second.client.patch('/notification-preference', { mailMode: 'daily' }, { 'if-match': preference.headers['etag'] ?? '' })).toMatchObject({ status: 200, body: { mailMode: 'daily' } });
    expect(await second.client.patch<Refusal>('/notification-preference', { mailMode: 'never' })).toMatchObject({ status: 400, body: { errors: [{ path: 'mailMode' }] } });
  });

  it('show the outbox of mails to those who may, and to no other organization', async () => {
    const mails = await admin.client.get<Listed<{ id: string; status: string; subject: string }>>('/mail-messages?filter[status]=queued&limit=200');
    expect(mails.body.items.map(({ subject }) => subject)).toEqual(expect.arrayContaining([expect.stringContaining('waits for your sign-off')]));
    const id = mails.body.items[0]?.id ?? '';
    expect((await admin.client.get(`/mail-messages/${id}`)).status).toBe(200);
    expect((await stranger.client.get(`/mail-messages/${id}`)).status).toBe(404);
    expect(await admin.client.get<Refusal>('/mail-messages?filter[status]=lost')).toMatchObject({ status: 400, body: { errors: [{ path: 'filter[status]' }] } });
  });
});
