import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { UnitOfWork } from '@roster/platform-database';
import { createTestContext, createTestDatabase, FakeClock, findFreePort, seedOrganization, testConfig, type TestDatabase, type TestOrganization } from '@roster/testing';
import { SMTPServer } from 'smtp-server';
import { MailDelivery, RETRY_MINUTES } from './mail-delivery.js';
import { MailModule } from './mail.module.js';
import { MailOutbox } from './mail-outbox.js';
import { MailOutboxRepository } from './mail-outbox.repository.js';

interface Received {
  readonly from: string;
  readonly to: string[];
  readonly text: string;
}

let database: TestDatabase;
let context: INestApplicationContext;
let organization: TestOrganization;
let other: TestOrganization;
let server: SMTPServer;
let port: number;
const clock = new FakeClock();
const received: Received[] = [];
/** What the server answers to the recipient of the next mails. */
let refusal: { code: number; message: string } | null = null;

function listen(): Promise<void> {
  server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(refusal ? Object.assign(new Error(refusal.message), { responseCode: refusal.code }) : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({ from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString('utf8') });
        done();
      });
    },
  });
  return new Promise((resolve) => { server.listen(port, '127.0.0.1', resolve); });
}
const stop = (): Promise<void> => new Promise((resolve) => { server.close(() => resolve()); });

beforeAll(async () => {
  port = await findFreePort();
  await listen();
  database = await createTestDatabase();
  context = await createTestContext({ config: testConfig(database, { smtpUrl: `smtp://127.0.0.1:${port}` }), clock, imports: [MailModule] });
  organization = await seedOrganization(database);
  other = await seedOrganization(database);
});
afterAll(async () => {
  await context.close();
  await stop();
  await database.drop();
});
beforeEach(() => {
  received.length = 0;
  refusal = null;
});

let count = 0;
async function write(more: { subject?: string; body?: string; key?: string } = {}): Promise<string> {
  count += 1;
  const key = more.key ?? `mail:${count}`;
  await context.get(UnitOfWork).run(organization.scope, () => context.get(MailOutbox).queue(organization.scope, [{
    key, memberId: null, toAddress: 'ann@example.test', toName: 'Ann Ünal', subject: more.subject ?? 'Review of SUPPORT-BOT is due', body: more.body ?? 'Grüße,\nRoster',
  }]));
  const page = await context.get(MailOutboxRepository).page(organization.scope, { statuses: null, after: null, descending: true, limit: 1 });
  clock.advance({ milliseconds: 1 });
  return page[0]?.id ?? '';
}
const deliver = (id: string, scope = organization.scope) => context.get(MailDelivery).deliver(scope, id);
const find = (id: string) => context.get(MailOutboxRepository).find(organization.scope, id);

describe('delivery over SMTP', () => {
  it('hands a mail to the server once, whoever tries', async () => {
    const id = await write();
    const results = await Promise.all(Array.from({ length: 5 }, () => deliver(id)));
    expect(results.filter((result) => result === 'sent')).toHaveLength(1);
    expect(results.filter((result) => result === null)).toHaveLength(4);
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ from: 'roster@example.test', to: ['ann@example.test'] });
    expect(received[0]?.text).toContain(`Message-ID: <${id}@example.test>`);
    expect(received[0]?.text).toContain('Subject: Review of SUPPORT-BOT is due');
    expect(await find(id)).toMatchObject({ status: 'sent', attempts: 1, lastError: null, sentAt: clock.now() });
    expect(await deliver(id)).toBeNull();
    expect(received).toHaveLength(1);
  });

  it('never lets a subject become header lines', async () => {
    const id = await write({ subject: 'Hello\r\nBcc: everybody@example.test\r\n\r\nInjected' });
    expect(await deliver(id)).toBe('sent');
    expect(received[0]?.to).toEqual(['ann@example.test']);
    expect(received[0]?.text).not.toMatch(/^Bcc:/m);
    expect(received[0]?.text).toContain('Subject: Hello Bcc: everybody@example.test Injected');
  });

  it('tries again after a passing refusal, and gives up at once on a final one', async () => {
    refusal = { code: 451, message: 'Try later' };
    const later = await write();
    expect(await deliver(later)).toBe('retry');
    expect(await find(later)).toMatchObject({ status: 'queued', attempts: 1 });
    expect((await find(later))?.lastError).toContain('Try later');
    expect(await deliver(later)).toBeNull();
    clock.advance({ minutes: RETRY_MINUTES[0] });
    refusal = null;
    expect(await deliver(later)).toBe('sent');

    refusal = { code: 550, message: 'No such user' };
    const never = await write();
    expect(await deliver(never)).toBe('failed');
    expect(await find(never)).toMatchObject({ status: 'failed', attempts: 1 });
  });

  it('gives up after the last attempt and can be put back to work by the operator', async () => {
    refusal = { code: 421, message: 'Busy' };
    const id = await write();
    const results: (string | null)[] = [];
    for (const minutes of [...RETRY_MINUTES, 0]) {
      results.push(await deliver(id));
      clock.advance({ minutes, seconds: 1 });
    }
    expect(results).toEqual([...RETRY_MINUTES.map(() => 'retry'), 'failed']);
    refusal = null;
    expect(await context.get(MailOutboxRepository).rearmFailed(organization.scope, clock.now())).toBeGreaterThanOrEqual(1);
    expect(await deliver(id)).toBe('sent');
  });

  it('survives a server that is away', async () => {
    await stop();
    const id = await write();
    expect(await deliver(id)).toBe('retry');
    await listen();
    clock.advance({ minutes: 1 });
    expect(await deliver(id)).toBe('sent');
  });

  it('takes over a mail whose sender died, under the same Message-ID', async () => {
    const id = await write();
    const dead = await context.get(MailOutboxRepository).claim(organization.scope, id, clock.now(), new Date(clock.now().getTime() + 120_000));
    expect(dead).not.toBeNull();
    expect(await deliver(id)).toBeNull();
    clock.advance({ minutes: 2 });
    expect(await deliver(id)).toBe('sent');
    // The dead one wakes up and finds that its fence has moved on.
    expect(await context.get(MailOutboxRepository).settle(organization.scope, id, dead?.fence ?? 0, { status: 'failed', sentAt: null, nextAttemptAt: null, error: 'late' })).toBe(false);
    expect(await find(id)).toMatchObject({ status: 'sent', attempts: 2 });
  });

  it('writes one mail per key, and none for another organization', async () => {
    const before = await context.get(MailOutboxRepository).count(organization.scope, null);
    const id = await write({ key: 'same:key' });
    await write({ key: 'same:key' });
    expect(await context.get(MailOutboxRepository).count(organization.scope, null)).toBe(before + 1);
    expect(await deliver(id, other.scope)).toBeNull();
    expect(await context.get(MailOutboxRepository).find(other.scope, id)).toBeNull();
    expect(received).toEqual([]);
    expect(await deliver(id)).toBe('sent');
  });
});
