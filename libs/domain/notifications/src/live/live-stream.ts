import type { Caller } from '@roster/platform-context';
import type { FastifyReply } from 'fastify';
import type { NotificationRow } from '../notification/notification.repository.js';
import { toEventId, type LiveCursor } from './live-cursor.js';

/** Why a stream ended for good; a client that reads one of these does not connect again by itself. */
export type EndReason = 'session_ended' | 'replaced';

/** Unread bytes after which a client that does not read is let go, in bytes. It connects again and resumes. */
const LARGEST_BACKLOG = 1_048_576;
const RETRY_MILLISECONDS = 3_000;
/** How long the last words may take to reach a client. */
const GRACE_MILLISECONDS = 2_000;

/** One open answer to GET /notifications/events. */
export class LiveStream {
  private unread: number | null = null;
  /** What it was sent when it came: the next look may find a part of it again. */
  private readonly caughtUp = new Set<string>();

  /** @param after where the client left off; null = it starts now; 'lost' = it named a place that is none of ours */
  constructor(readonly caller: Caller, readonly after: LiveCursor | 'lost' | null, private readonly reply: FastifyReply) {}

  /** Sends the head. @param onClose called once, whoever hangs up */
  open(onClose: () => void): void {
    this.reply.hijack();
    const headers = Object.entries(this.reply.getHeaders()).filter((entry): entry is [string, string | number | string[]] => entry[1] !== undefined);
    this.reply.raw.writeHead(200, { ...Object.fromEntries(headers), 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    this.reply.raw.on('close', onClose);
    this.write(`retry: ${RETRY_MILLISECONDS}\n\n`);
  }

  /** @param catchingUp it is among what was missed, which is sent first */
  notification(row: NotificationRow, catchingUp = false): void {
    if (this.caughtUp.has(row.id)) return;
    if (catchingUp) this.caughtUp.add(row.id);
    this.write(`event: notification\nid: ${toEventId(row)}\ndata: ${JSON.stringify(row)}\n\n`);
  }

  /** Tells how many are unread, when that has changed. */
  unreadIs(unread: number): void {
    if (unread === this.unread) return;
    this.unread = unread;
    this.write(`event: unread\ndata: ${JSON.stringify({ unread })}\n\n`);
  }

  /** More was missed than is sent one by one: the client reads the list. */
  reset(): void {
    this.write('event: reset\ndata: {}\n\n');
  }

  heartbeat(): void {
    this.write(': alive\n\n');
  }

  /** Ends it for good. */
  end(reason: EndReason): void {
    this.write(`event: end\ndata: ${JSON.stringify({ reason })}\n\n`);
    this.close();
  }

  /** Hangs up; the client connects again. One that does not read is cut off after a moment. */
  close(): void {
    const { raw } = this.reply;
    raw.end();
    const cut = setTimeout(() => raw.destroy(), GRACE_MILLISECONDS);
    cut.unref();
    raw.once('close', () => clearTimeout(cut));
  }

  private write(text: string): void {
    const { raw } = this.reply;
    if (raw.writableEnded || raw.destroyed) return;
    if (raw.writableLength > LARGEST_BACKLOG) raw.destroy();
    else raw.write(text);
  }
}
