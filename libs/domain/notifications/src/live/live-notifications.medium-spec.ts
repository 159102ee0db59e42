import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, waitFor, type SignedInClient, type TestDatabase } from '@roster/testing';
import { once } from 'node:events';
import { request, type IncomingMessage, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { Notifier } from '../notification/notifier.js';
import { NotificationsHttpModule } from '../notifications-http.module.js';
import { NotificationRepository } from '../notification/notification.repository.js';
import { LiveNotifications, STREAMS_PER_MEMBER } from './live-notifications.js';

interface LiveEvent { readonly event: string; readonly id: string | null; readonly data: Record<string, unknown> }

/** A client of the stream that keeps what it was sent. Each has a connection of its own, which ends with it. */
class Follower {
  readonly events: LiveEvent[] = [];
  closed = false;
  private rest = '';

  private constructor(private readonly answer: IncomingMessage) {
    answer.setEncoding('utf8').on('data', (text: string) => this.take(text)).on('close', () => { this.closed = true; }).on('error', () => { this.closed = true; });
  }

  static async of(base: string, session: string, headers: Record<string, string> = {}): Promise<Follower> {
    const asked = request(`${base}/api/v1/notifications/events`, { agent: false, headers: { cookie: `__Host-roster_session=${session}`, ...headers } });
    asked.end();
    const [answer] = await once(asked, 'response') as [IncomingMessage];
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/event-stream']);
    return new Follower(answer);
  }

  async stop(): Promise<void> {
    this.answer.destroy();
    await waitFor(() => this.closed);
  }
  of(event: string): LiveEvent[] { return this.events.filter((one) => one.event === event); }
  get titles(): unknown[] { return this.of('notification').map(({ data }) => data['title']); }
  get unread(): unknown { return this.of('unread').at(-1)?.data['unread']; }

  private take(text: string): void {
    const blocks = (this.rest + text).split('\n\n');
    this.rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string): string | null => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? null;
      const event = field('event');
      if (event) this.events.push({ event, id: field('id'), data: JSON.parse(field('data') ?? '{}') as Record<string, unknown> });
    }
  }
}

describe('GET /notifications/events', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let base: string;
  let ada: SignedInClient;
  let bob: SignedInClient;
  let stranger: SignedInClient;
  let followers: Follower[] = [];
  const clock = new FakeClock('2026-05-01T12:00:00Z');

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await createTestApp({ config: testConfig(database), clock, imports: [NotificationsHttpModule] });
    const anybody = await TestClient.of(app);
    base = await app.getUrl();
    ada = await anybody.signUp();
    bob = await ada.client.invite('viewer');
    stranger = await anybody.signUp();
  }, 60_000);
  afterEach(async () => {
    for (const follower of followers) await follower.stop();
    followers = [];
    await waitFor(() => app.get(LiveNotifications).size === 0);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const follow = async (who: SignedInClient, headers?: Record<string, string>): Promise<Follower> => {
    const follower = await Follower.of(base, who.session, headers);
    followers.push(follower);
    await waitFor(() => follower.events.length > 0);
    return follower;
  };
  let told = 0;
  const tell = async (who: SignedInClient, ...titles: string[]): Promise<void> => {
    const scope = TenantScope.forSystem(who.tenantId, 'test');
    await app.get(UnitOfWork).run(scope, () => app.get(Notifier).notifyMany(scope, titles.map((title) => ({
      memberIds: [who.memberId], kind: 'reviews.review.due', key: `live:${told += 1}`, title, body: 'Start it.', href: '/reviews/1', mail: false, workloadId: null,
    }))));
  };

  it('sends what is written, and how many are unread, to the member alone and to every stream of theirs', async () => {
    await tell(ada, 'Was there before');
    const [one, two, others, foreign] = [await follow(ada), await follow(ada), await follow(bob), await follow(stranger)];
    expect([one.unread, others.unread, foreign.unread]).toEqual([1, 0, 0]);
    expect(one.titles).toEqual([]);
    clock.advance({ seconds: 1 });
    await tell(ada, 'First');
    await waitFor(() => one.unread === 2 && two.unread === 2);
    expect([one.titles, two.titles]).toEqual([['First'], ['First']]);
    expect(one.of('notification')[0]?.data).toMatchObject({ title: 'First', href: '/reviews/1', readAt: null, createdAt: clock.now().toISOString() });
    await ada.client.post('/notifications/read-all');
    await waitFor(() => one.unread === 0 && two.unread === 0);
    // What comes next to the others is the only thing that has come.
    await tell(bob, 'For Bob');
    await tell(stranger, 'For the stranger');
    await waitFor(() => others.unread === 1 && foreign.unread === 1);
    expect([others, foreign].map(({ events }) => events.map(({ event, data }) => data['title'] ?? event))).toEqual([['unread', 'For Bob', 'unread'], ['unread', 'For the stranger', 'unread']]);
  });

  it('sends a burst once each and in order, and what commits late as well', async () => {
    const follower = await follow(ada);
    const scope = TenantScope.forSystem(ada.tenantId, 'test');
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => { release = resolve; });
    const late = app.get(UnitOfWork).run(scope, async () => {
      await app.get(Notifier).notify(scope, { memberIds: [ada.memberId], kind: 'reviews.review.due', key: 'late', title: 'Late', body: 'x', href: '/', mail: false, workloadId: null });
      await held;
    });
    clock.advance({ seconds: 5 });
    await Promise.all(Array.from({ length: 20 }, (_, n) => tell(ada, `Burst ${n}`)));
    await waitFor(() => follower.titles.length === 20);
    release();
    await late;
    await waitFor(() => follower.titles.length === 21);
    expect(follower.titles.at(-1)).toBe('Late');
    expect(new Set(follower.titles).size).toBe(21);
  });

  it('resumes after the last event that was seen, says when too much was missed, and when the place is none of ours', async () => {
    const first = await follow(ada);
    clock.advance({ seconds: 1 });
    await tell(ada, 'Seen');
    await waitFor(() => first.titles.includes('Seen'));
    const lastEventId = first.of('notification').at(-1)?.id ?? '';
    await first.stop();
    clock.advance({ minutes: 25 });
    await ada.client.get('/me');
    await tell(ada, 'Missed 1', 'Missed 2');
    const second = await follow(ada, { 'last-event-id': lastEventId });
    await waitFor(() => second.titles.length === 2);
    // Written in one moment: both are there, in either order.
    expect([...second.titles].sort()).toEqual(['Missed 1', 'Missed 2']);
    expect((await follow(ada, { 'last-event-id': 'nonsense' })).events[0]?.event).toBe('reset');
    await tell(ada, ...Array.from({ length: 100 }, (_, n) => `More ${n}`));
    const third = await follow(ada, { 'last-event-id': lastEventId });
    expect(third.of('reset')).toHaveLength(1);
    expect(third.titles).toEqual([]);
  });

  it('tells an open stream to read the list when more came at once than is sent one by one, and goes on afterwards', async () => {
    const follower = await follow(ada);
    await tell(ada, ...Array.from({ length: 150 }, (_, n) => `Flood ${n}`));
    await waitFor(() => follower.of('reset').length > 0);
    clock.advance({ seconds: 1 });
    await tell(ada, 'After the flood');
    await waitFor(() => follower.titles.length > 0);
    expect([follower.of('reset').length, follower.titles]).toEqual([1, ['After the flood']]);
    expect(Number(follower.unread)).toBeGreaterThanOrEqual(151);
  });

  it('holds a member to so many streams also when their client reads nothing, and the process to so many in all', async () => {
    const live = app.get(LiveNotifications);
    const server = app.getHttpServer() as Server;
    const sockets: Socket[] = [];
    // Nothing that is written to such a connection ever leaves, as when its client has stopped to read.
    const stuck = (socket: Socket): void => {
      sockets.push(socket);
      socket._writev = () => undefined;
      socket._write = () => undefined;
    };
    server.on('connection', stuck);
    let cut = 0;
    for (let n = 0; n < STREAMS_PER_MEMBER + 3; n += 1) {
      request(`${base}/api/v1/notifications/events`, { agent: false, headers: { cookie: `__Host-roster_session=${ada.session}` } }).on('error', () => { cut += 1; }).end();
    }
    try {
      await waitFor(() => sockets.length === STREAMS_PER_MEMBER + 3 && live.size === STREAMS_PER_MEMBER);
      await waitFor(() => cut === 3, { what: 'those that were replaced to be cut off', timeout: 5_000 });
      expect(live.size).toBe(STREAMS_PER_MEMBER);
      server.off('connection', stuck);
      live.mostStreams = STREAMS_PER_MEMBER;
      expect((await bob.client.get('/notifications/events')).status).toBe(503);
    } finally {
      server.off('connection', stuck);
      live.mostStreams = 20_000;
      for (const socket of sockets) socket.destroy();
    }
  }, 20_000);

  it('replaces the oldest stream of a member beyond the limit', async () => {
    const streams: Follower[] = [];
    for (let n = 0; n <= STREAMS_PER_MEMBER; n += 1) streams.push(await follow(ada));
    await waitFor(() => streams[0]?.closed === true);
    expect(streams[0]?.of('end')).toMatchObject([{ data: { reason: 'replaced' } }]);
    expect(streams.slice(1).some(({ closed }) => closed)).toBe(false);
  });

  it('ends with the session: at once on signing out and deactivation, at the next look when it ran out', async () => {
    const carol = await ada.client.invite('viewer');
    const dave = await ada.client.invite('viewer');
    const erin = await ada.client.invite('viewer');
    const [signedOut, deactivated, idle, stays] = [await follow(carol), await follow(dave), await follow(erin), await follow(ada)];
    await carol.client.delete('/sessions/current');
    await ada.client.delete(`/members/${dave.memberId}`);
    await waitFor(() => signedOut.closed && deactivated.closed);
    expect(signedOut.of('end')).toMatchObject([{ data: { reason: 'session_ended' } }]);
    await app.get(LiveNotifications).look();
    expect(idle.closed).toBe(false);
    clock.advance({ minutes: 29 });
    await ada.client.get('/me');
    clock.advance({ minutes: 2 });
    await app.get(LiveNotifications).look();
    await waitFor(() => idle.closed);
    expect([idle.of('end').length, stays.closed]).toEqual([1, false]);
  });

  it('costs one statement per organization, however many listen and however often they are woken', async () => {
    const repository = app.get(NotificationRepository);
    const original = repository.live.bind(repository);
    let asked = 0;
    repository.live = (...parameters) => { asked += 1; return original(...parameters); };
    const streams = [await follow(ada), await follow(ada), await follow(await ada.client.invite('viewer'))];
    asked = 0;
    await tell(ada, ...Array.from({ length: 50 }, (_, n) => `Storm ${n}`));
    await waitFor(() => streams[0]?.titles.length === 50);
    expect(asked).toBe(1);
    repository.live = original;
  });

  it('lets nobody in without a session', async () => {
    expect((await fetch(`${base}/api/v1/notifications/events`)).status).toBe(401);
  });
});
