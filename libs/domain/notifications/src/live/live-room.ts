import type { Caller, Clock, TenantScope } from '@roster/platform-context';
import type { NotificationRepository, NotificationRow } from '../notification/notification.repository.js';
import type { LiveStream } from './live-stream.js';

/**
 * How far back a look goes, in minutes. Transactions commit in another order than they take their time, so that what is new is told by its id
 * and not by a high-water mark.
 */
const WINDOW_MINUTES = 10;
/** Most notifications that are sent one by one; beyond it the client reads the list. */
export const LARGEST_CATCH_UP = 100;

/** Everybody of one organization who listens in this process. Looks happen one after the other, so that nothing is sent twice or out of turn. */
export class LiveRoom {
  /** In the order in which they came. */
  streams: LiveStream[] = [];
  private joining: LiveStream[] = [];
  private readonly woken = new Set<string>();
  /** Ids that were sent or were there before anybody listened, by member, with the time they were written. */
  private readonly known = new Map<string, Map<string, number>>();
  private looking = false;

  /** @param onError told when the database did not answer; the members stay woken */
  constructor(readonly scope: TenantScope, private readonly notifications: NotificationRepository, private readonly clock: Clock, private readonly onError: (error: unknown) => void) {}

  join(stream: LiveStream): void {
    this.streams.push(stream);
    this.joining.push(stream);
    this.wake([stream.caller.memberId]);
  }

  leave(stream: LiveStream): void {
    this.streams = this.streams.filter((other) => other !== stream);
    this.joining = this.joining.filter((other) => other !== stream);
    if (!this.streams.some(({ caller }) => caller.memberId === stream.caller.memberId)) this.known.delete(stream.caller.memberId);
  }

  /** Ends the streams of callers that match. */
  end(which: (caller: Caller) => boolean): void {
    for (const stream of this.streams.filter(({ caller }) => which(caller))) stream.end('session_ended');
  }

  /** Something about these members changed; those who do not listen here cost nothing. */
  wake(memberIds: readonly string[]): void {
    for (const id of memberIds) if (this.streams.some(({ caller }) => caller.memberId === id)) this.woken.add(id);
    if (!this.looking && this.woken.size > 0) void this.look().catch(this.onError);
  }

  close(): void {
    for (const stream of this.streams) stream.close();
  }

  private async look(): Promise<void> {
    this.looking = true;
    try {
      while (this.woken.size > 0) {
        const memberIds = [...this.woken];
        const joining = this.joining;
        try {
          this.woken.clear();
          this.joining = [];
          await this.lookAt(memberIds, joining);
        } catch (error) {
          memberIds.forEach((id) => this.woken.add(id));
          this.joining = [...joining, ...this.joining];
          throw error;
        }
      }
    } finally {
      this.looking = false;
    }
  }

  private async lookAt(memberIds: readonly string[], joining: readonly LiveStream[]): Promise<void> {
    const since = new Date(this.clock.now().getTime() - WINDOW_MINUTES * 60_000);
    const answers = await this.notifications.live(this.scope, memberIds.map((memberId) => ({ memberId, known: this.knownBy(memberId, since) })), since, LARGEST_CATCH_UP + 1);
    // After the look: what is written in between is missed or new, never neither.
    const missed = new Map<LiveStream, readonly NotificationRow[] | 'too_many'>();
    for (const stream of joining) missed.set(stream, await this.missedBy(stream));
    for (const answer of answers) {
      const { memberId, unread, fresh } = answer;
      const tooMany = fresh.length > LARGEST_CATCH_UP;
      // Whoever is told to read the list knows all that is there now, not only what was looked at.
      const [all] = tooMany ? await this.notifications.live(this.scope, [{ memberId, known: null }], since, 0) : [];
      // Who came meanwhile has a turn of its own, with what it missed.
      const streams = this.streams.filter((one) => one.caller.memberId === memberId && !this.joining.includes(one));
      this.known.set(memberId, new Map([...(this.known.get(memberId) ?? []), ...[...answer.before, ...(all?.before ?? fresh)].map(({ id, createdAt }) => [id, createdAt.getTime()] as const)]));
      for (const stream of streams) {
        const rows = missed.get(stream);
        if (tooMany || rows === 'too_many') stream.reset();
        else for (const row of inOrder([...(rows ?? []), ...fresh])) stream.notification(row, rows !== undefined);
        stream.unreadIs(all?.unread ?? unread);
      }
    }
  }

  /** What a member was sent within the window; null when they have just come. */
  private knownBy(memberId: string, since: Date): string[] | null {
    const known = this.known.get(memberId);
    if (!known) return null;
    for (const [id, at] of known) if (at < since.getTime()) known.delete(id);
    return [...known.keys()];
  }

  private async missedBy({ caller, after }: LiveStream): Promise<readonly NotificationRow[] | 'too_many'> {
    if (after === null) return [];
    if (after === 'lost') return 'too_many';
    const rows = await this.notifications.page(this.scope, caller.memberId, { read: null }, { after: { createdAt: after.createdAt.toISOString(), id: after.id }, descending: false, limit: LARGEST_CATCH_UP });
    return rows.length > LARGEST_CATCH_UP ? 'too_many' : rows;
  }
}

/** Each once, oldest first. */
const inOrder = (rows: readonly NotificationRow[]): NotificationRow[] =>
  [...new Map(rows.map((row) => [row.id, row])).values()].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
