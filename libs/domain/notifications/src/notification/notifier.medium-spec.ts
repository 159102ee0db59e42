import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { readListQuery } from '@roster/platform-http';
import { MailDelivery, MailOutboxRepository } from '@roster/platform-mail';
import { JobDispatcher, QueueConnection } from '@roster/platform-queue';
import { createTestDatabase, createTestWorkerContext, FakeClock, seedOrganization, testConfig, type TestDatabase, type TestOrganization } from '@roster/testing';
import type { INestApplicationContext } from '@nestjs/common';
import { MailMessageService } from '../mail-message/mail-message.service.js';
import { NotificationsJobsModule } from '../notifications-jobs.module.js';
import { Notifier, type Notice } from './notifier.js';
import { NotificationRepository } from './notification.repository.js';
import { NotificationService } from './notification.service.js';

let database: TestDatabase;
let context: INestApplicationContext;
let organization: TestOrganization;
let other: TestOrganization;
const clock = new FakeClock('2026-03-28T10:00:00Z');

beforeAll(async () => {
  database = await createTestDatabase();
  context = await createTestWorkerContext({ config: testConfig(database), clock, imports: [NotificationsJobsModule] });
  await context.get(QueueConnection).prepare();
  organization = await seedOrganization(database, { members: 4, timeZone: 'Europe/Berlin' });
  other = await seedOrganization(database);
});
afterAll(async () => {
  await context.close();
  await database.drop();
});

const list = (raw: Record<string, string> = {}) => readListQuery(raw, { filters: ['read', 'status'], sorts: ['-createdAt'] });
const notice = (more: Partial<Notice> = {}): Notice => ({
  memberIds: organization.members.map(({ id }) => id), kind: 'reviews.review.due', key: 'occasion:1', title: 'A review is due', body: 'Start it.', href: '/reviews/1', mail: true, workloadId: null, ...more,
});
const notify = (scope: TenantScope, ...notices: Notice[]): Promise<void> => context.get(UnitOfWork).run(scope, () => context.get(Notifier).notifyMany(scope, notices));
const member = (index: number) => organization.members[index] as TestOrganization['members'][number];
const mails = (scope: TenantScope) => context.get(MailOutboxRepository).page(scope, { statuses: null, after: null, descending: false, limit: 200 });
const sweep = () => context.get(JobDispatcher).dispatch('notifications.sweep-mail', {}, { attempt: 1, signal: new AbortController().signal, jobId: 't' });

describe('telling members', () => {
  it('tells each member of an occasion once, by notification and mail, however often and from how many places at once', async () => {
    await Promise.all(Array.from({ length: 6 }, () => notify(organization.scope, notice())));
    await notify(organization.scope, notice());
    for (const { caller } of organization.members) {
      const page = await context.get(NotificationService).list(caller, list({ count: 'true' }));
      expect(page).toMatchObject({ total: 1, items: [{ kind: 'reviews.review.due', title: 'A review is due', readAt: null }] });
    }
    const written = await mails(organization.scope);
    expect(written).toHaveLength(4);
    expect(written[0]).toMatchObject({ subject: 'A review is due', body: 'Start it.\n\nhttp://localhost:3000/reviews/1', status: 'queued' });
  });

  it('refuses to tell outside the transaction of what happened, and rolls back with it', async () => {
    await expect(context.get(Notifier).notify(organization.scope, notice({ key: 'occasion:2' }))).rejects.toThrow('in the transaction');
    await expect(context.get(UnitOfWork).run(organization.scope, async () => {
      await context.get(Notifier).notify(organization.scope, notice({ key: 'occasion:2' }));
      throw new Error('the business change failed');
    })).rejects.toThrow('the business change failed');
    expect(await context.get(NotificationRepository).count(organization.scope, member(0).id, { read: null })).toBe(1);
  });

  it('reading marks one or all as read, and only one\'s own', async () => {
    const service = context.get(NotificationService);
    await notify(organization.scope, notice({ key: 'occasion:3', mail: false }));
    const [newest] = (await service.list(member(0).caller, list())).items;
    await expect(service.markRead(member(1).caller, newest?.id ?? '')).rejects.toMatchObject({ code: 'NOTIFICATIONS_NOTIFICATION_NOT_FOUND' });
    const read = await service.markRead(member(0).caller, newest?.id ?? '');
    clock.advance({ minutes: 1 });
    expect((await service.markRead(member(0).caller, newest?.id ?? '')).readAt).toEqual(read.readAt);
    expect((await service.list(member(0).caller, list({ 'filter[read]': 'false', count: 'true' }))).total).toBe(1);
    expect(await service.markAllRead(member(0).caller)).toBe(1);
    expect((await service.list(member(0).caller, list({ 'filter[read]': 'true', count: 'true' }))).total).toBe(2);
    expect((await service.list(member(1).caller, list({ 'filter[read]': 'false', count: 'true' }))).total).toBe(2);
  });

  it('pages through notifications without losing or repeating one', async () => {
    await notify(organization.scope, ...Array.from({ length: 7 }, (_, index) => notice({ key: `page:${index}`, memberIds: [member(3).id], mail: false })));
    const seen: string[] = [];
    for (let cursor: string | null = null; ;) {
      const page = await context.get(NotificationService).list(member(3).caller, list({ limit: '2', ...(cursor ? { cursor } : {}) }));
      seen.push(...page.items.map(({ id }) => id));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(seen).toHaveLength(9);
    expect(new Set(seen).size).toBe(9);
  });
});

describe('mail preferences', () => {
  it('collect into one mail a day at the local time, written once by two sweeps at once', async () => {
    const service = context.get(NotificationService);
    await expect(service.changePreference(member(1).caller, { mailMode: 'daily' }, 7)).rejects.toMatchObject({ code: 'PLATFORM_PRECONDITION_FAILED' });
    expect(await service.changePreference(member(1).caller, { mailMode: 'daily' }, 0)).toMatchObject({ version: 1, waiting: false });
    const before = (await mails(organization.scope)).length;
    await notify(organization.scope, notice({ key: 'daily:1', title: 'First', memberIds: [member(1).id] }), notice({ key: 'daily:2', title: 'Second', memberIds: [member(1).id] }));
    await sweep();
    expect(await mails(organization.scope)).toHaveLength(before);
    expect(await service.preference(member(1).caller)).toMatchObject({ waiting: true });
    clock.set('2026-03-29T06:59:59Z');
    await sweep();
    expect(await mails(organization.scope)).toHaveLength(before);
    clock.set('2026-03-29T07:00:00Z');
    await Promise.all([sweep(), sweep()]);
    const written = await mails(organization.scope);
    expect(written).toHaveLength(before + 1);
    expect(written.at(-1)).toMatchObject({ memberId: member(1).id, subject: '2 notifications from Roster' });
    expect(written.at(-1)?.body).toContain('* First');
    expect(written.at(-1)?.body).toContain('* Second');
  });

  it('hold mail back while snoozed and let it go when the snooze ends early', async () => {
    const service = context.get(NotificationService);
    await expect(service.changePreference(member(2).caller, { snoozedUntil: new Date('2026-06-01T00:00:00Z') }, null)).rejects.toMatchObject({ code: 'PLATFORM_REQUEST_INVALID' });
    await service.changePreference(member(2).caller, { snoozedUntil: new Date('2026-04-02T12:00:00Z') }, null);
    clock.advance({ minutes: 1 });
    await notify(organization.scope, notice({ key: 'snoozed:1', title: 'Held back', memberIds: [member(2).id] }));
    const before = (await mails(organization.scope)).length;
    await sweep();
    expect(await mails(organization.scope)).toHaveLength(before);
    await service.changePreference(member(2).caller, { snoozedUntil: null }, 1);
    await sweep();
    expect((await mails(organization.scope)).at(-1)).toMatchObject({ subject: 'Held back', memberId: member(2).id });
  });
});

describe('the outbox of mails', () => {
  it('keeps mails to be read when there is no mail server', async () => {
    const [first] = await mails(organization.scope);
    expect(await context.get(MailDelivery).deliver(organization.scope, first?.id ?? '')).toBe('kept');
    expect(await context.get(MailDelivery).deliver(organization.scope, first?.id ?? '')).toBeNull();
    const kept = await context.get(MailMessageService).list(member(0).caller, list({ 'filter[status]': 'kept' }));
    expect(kept.items).toMatchObject([{ id: first?.id, status: 'kept', attempts: 1 }]);
  });

  it('asks the right to read it, and shows nothing of another organization', async () => {
    const service = context.get(MailMessageService);
    const [first] = await mails(organization.scope);
    const stranger = other.members[0]?.caller as TestOrganization['members'][number]['caller'];
    await expect(service.find(stranger, first?.id ?? '')).rejects.toMatchObject({ code: 'NOTIFICATIONS_MAIL_NOT_FOUND' });
    expect((await service.list(stranger, list({ count: 'true' }))).total).toBe(0);
    await expect(service.list({ ...stranger, permissions: new Set() }, list())).rejects.toMatchObject({ code: 'ACCESS_PERMISSION_MISSING' });
  });

  it('another organization neither sees nor tells its members', async () => {
    const [own] = (await context.get(NotificationService).list(member(0).caller, list())).items;
    const stranger = other.members[0]?.caller as TestOrganization['members'][number]['caller'];
    await expect(context.get(NotificationService).markRead(stranger, own?.id ?? '')).rejects.toMatchObject({ code: 'NOTIFICATIONS_NOTIFICATION_NOT_FOUND' });
    // Members of one organization do not exist in the other, so nobody is told.
    await notify(other.scope, notice({ key: 'foreign:1' }));
    expect(await context.get(NotificationRepository).count(organization.scope, member(0).id, { read: null })).toBe(2);
    expect(await mails(other.scope)).toEqual([]);
    expect(await context.get(NotificationRepository).count(other.scope, member(0).id, { read: null })).toBe(0);
  });
});
