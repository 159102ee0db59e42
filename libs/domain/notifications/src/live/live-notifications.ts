import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Access, CredentialWatch } from '@roster/access';
import { Clock, TenantScope, type Caller } from '@roster/platform-context';
import { NotificationListener } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import type { FastifyReply } from 'fastify';
import { readEventId } from './live-cursor.js';
import { LiveRoom } from './live-room.js';
import { LiveStream } from './live-stream.js';
import { NotificationRepository } from '../notification/notification.repository.js';

const PERMISSION = 'notifications:notification:read';
/** Streams of one member in one process; one more replaces the oldest. */
export const STREAMS_PER_MEMBER = 6;
const HEARTBEAT_MILLISECONDS = 15_000;
/** Heartbeats between two looks at the database that nobody asked for: whether sessions are still good, and whether a wake-up was lost. */
const BEATS_PER_LOOK = 4;

/**
 * Live notifications of everybody who is connected to this process. The database wakes it at commit, over the one LISTEN connection of the
 * process; however many listen, a wake-up costs one statement per organization. Once a minute it looks by itself.
 */
@Injectable()
export class LiveNotifications implements OnModuleInit, OnModuleDestroy {
  private readonly rooms = new Map<string, LiveRoom>();
  private readonly logger = new Logger(LiveNotifications.name);
  private unsubscribe: (() => void)[] = [];
  private heart: NodeJS.Timeout | null = null;
  private beats = 0;
  /** Streams in this process; a connection and its buffers each. */
  mostStreams = 20_000;

  constructor(
    private readonly access: Access, private readonly credentials: CredentialWatch, private readonly notifications: NotificationRepository, private readonly listener: NotificationListener,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.unsubscribe = [
      this.listener.on('roster_notification', (payload) => {
        const [tenantId = '', memberId = ''] = payload.split(':');
        this.rooms.get(tenantId)?.wake([memberId]);
      }),
      this.listener.on('roster_session', (payload) => {
        const [tenantId = '', sessionId = ''] = payload.split(':');
        this.rooms.get(tenantId)?.end((caller) => caller.credentialId === sessionId);
      }),
    ];
    this.heart = setInterval(() => this.beat(), HEARTBEAT_MILLISECONDS);
    this.heart.unref();
  }

  /** Hangs up, so that the process can end; clients connect to another one and resume. */
  onModuleDestroy(): void {
    if (this.heart) clearInterval(this.heart);
    this.unsubscribe.forEach((stop) => stop());
    for (const room of this.rooms.values()) room.close();
    this.rooms.clear();
  }

  /** How many streams are open in this process. */
  get size(): number {
    return [...this.rooms.values()].reduce((sum, room) => sum + room.streams.length, 0);
  }

  /**
   * Answers with the caller's notifications as they are written: `unread` with the count, at once and whenever it changes; `notification` for
   * each new one; `reset` when more was missed than is sent one by one; `end` when the stream ended for good.
   * @param lastEventId of the last event the client has; what came since is sent first
   */
  open(caller: Caller, lastEventId: string | null, reply: FastifyReply): void {
    const scope = this.access.authorise(caller, PERMISSION);
    if (this.size >= this.mostStreams) throw problem('PLATFORM_UNAVAILABLE', 'Too many people are connected to this process. Try again.', { headers: { 'retry-after': '10' } });
    const stream = new LiveStream(caller, lastEventId === null ? null : readEventId(lastEventId) ?? 'lost', reply);
    const room = this.rooms.get(scope.tenantId) ?? new LiveRoom(TenantScope.forSystem(scope.tenantId, 'live notifications'), this.notifications, this.clock, (error) => this.failed(error));
    this.rooms.set(scope.tenantId, room);
    stream.open(() => {
      room.leave(stream);
      if (room.streams.length === 0 && this.rooms.get(scope.tenantId) === room) this.rooms.delete(scope.tenantId);
    });
    const own = room.streams.filter(({ caller: { memberId } }) => memberId === caller.memberId);
    // Out of the room at once: whoever does not read its end keeps the connection a moment longer, and no place.
    for (const replaced of own.slice(0, Math.max(0, own.length - STREAMS_PER_MEMBER + 1))) {
      room.leave(replaced);
      replaced.end('replaced');
    }
    room.join(stream);
  }

  /** Asks which of the open streams may go on, and looks for what a lost wake-up left unsent. */
  async look(): Promise<void> {
    for (const room of [...this.rooms.values()]) {
      const open = await this.credentials.stillMay(room.scope, room.streams.map(({ caller }) => caller), PERMISSION);
      room.end((caller) => !open.has(caller.credentialId));
      room.wake(room.streams.map(({ caller }) => caller.memberId));
    }
  }

  private beat(): void {
    for (const room of this.rooms.values()) for (const stream of room.streams) stream.heartbeat();
    this.beats += 1;
    if (this.beats % BEATS_PER_LOOK === 0) this.look().catch((error: unknown) => this.failed(error));
  }

  /** The database did not answer: streams stay open, and the next look or wake-up tries again. */
  private failed(error: unknown): void {
    this.logger.warn(`Live notifications could not be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
