import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { Clock, type Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { assertVersion, cursorOf, toPage, type ListQuery, type Page } from '@roster/platform-http';
import { Trail } from '@roster/trail';
import { digestAt } from '../digest/digest-time.js';
import { NotificationRepository, type NotificationRow, type PreferenceRow } from './notification.repository.js';

/** Longest snooze, in days. */
export const LONGEST_SNOOZE_DAYS = 30;
const DAY = 86_400_000;

export interface PreferenceView {
  readonly preference: Pick<PreferenceRow, 'mailMode' | 'snoozedUntil'>;
  readonly waiting: boolean;
  /** 0 while the member has never changed anything. */
  readonly version: number;
}

/** What a member does with their own notifications. Nobody reads those of somebody else. */
@Injectable()
export class NotificationService {
  constructor(
    private readonly access: Access, private readonly notifications: NotificationRepository, private readonly organizations: OrganizationQuery,
    private readonly unitOfWork: UnitOfWork, private readonly trail: Trail, private readonly clock: Clock,
  ) {}

  async list(caller: Caller, query: ListQuery): Promise<Page<NotificationRow>> {
    const scope = this.access.authorise(caller, 'notifications:notification:read');
    const filter = { read: readFilter(query.filters.get('read')) };
    const [createdAt, id] = cursorOf(query, ['instant', 'id']) ?? [];
    const rows = await this.notifications.page(scope, caller.memberId, filter, {
      after: createdAt !== undefined && id !== undefined ? { createdAt, id } : null, descending: query.sort.descending, limit: query.limit,
    });
    const total = query.count ? await this.notifications.count(scope, caller.memberId, filter) : undefined;
    return toPage(rows, query, (row) => [row.createdAt.toISOString(), row.id], (row) => row, total);
  }

  /** @throws NOTIFICATIONS_NOTIFICATION_NOT_FOUND also when it is somebody else's */
  async markRead(caller: Caller, id: string): Promise<NotificationRow> {
    const scope = this.access.authorise(caller, 'notifications:notification:read');
    return this.unitOfWork.run(scope, async () => {
      const row = await this.notifications.markRead(scope, caller.memberId, id, this.clock.now());
      if (!row) throw problem('NOTIFICATIONS_NOTIFICATION_NOT_FOUND', 'You have no such notification.');
      await this.trail.record(scope, { action: 'notifications.notification.read', object: { type: 'notification', id }, payload: {} });
      return row;
    });
  }

  async markAllRead(caller: Caller): Promise<number> {
    const scope = this.access.authorise(caller, 'notifications:notification:read');
    return this.unitOfWork.run(scope, async () => {
      const read = await this.notifications.markAllRead(scope, caller.memberId, this.clock.now());
      await this.trail.record(scope, { action: 'notifications.notification.read', object: { type: 'member', id: caller.memberId }, payload: { all: true, count: read } });
      return read;
    });
  }

  async preference(caller: Caller): Promise<PreferenceView> {
    const scope = this.access.authorise(caller, 'notifications:notification:read');
    const [row] = await this.notifications.preferences(scope, [caller.memberId]);
    return view(row, await this.notifications.hasWaiting(scope, caller.memberId));
  }

  /**
   * Changes when mail goes out. What waits already goes out at the new time, or at once.
   * @param expected version it was read at; null for whatever is there
   */
  async changePreference(caller: Caller, change: { mailMode?: 'immediate' | 'daily' | undefined; snoozedUntil?: Date | null | undefined }, expected: number | null): Promise<PreferenceView> {
    const scope = this.access.authorise(caller, 'notifications:notification:read');
    const now = this.clock.now();
    if (change.snoozedUntil && (change.snoozedUntil <= now || change.snoozedUntil.getTime() - now.getTime() > LONGEST_SNOOZE_DAYS * DAY)) {
      throw problem('PLATFORM_REQUEST_INVALID', 'The snooze is not valid. Nothing was changed.', {
        errors: [{ path: 'snoozedUntil', code: 'out_of_range', message: `expected an instant in the next ${LONGEST_SNOOZE_DAYS} days, or null to end the snooze` }],
      });
    }
    return this.unitOfWork.run(scope, async () => {
      const [current] = await this.notifications.preferences(scope, [caller.memberId]);
      assertVersion(expected, current?.version ?? 0);
      const wanted = {
        mailMode: change.mailMode ?? current?.mailMode ?? 'immediate',
        snoozedUntil: change.snoozedUntil === undefined ? current?.snoozedUntil ?? null : change.snoozedUntil,
      };
      const waiting = await this.notifications.hasWaiting(scope, caller.memberId);
      const { timeZone, reviewPolicy } = await this.organizations.settings(scope);
      const next = waiting ? digestAt(wanted, now, timeZone, reviewPolicy.dueAtLocalTime) ?? now : null;
      const saved = await this.notifications.savePreference(scope, caller.memberId, wanted, next, current?.version ?? 0);
      if (!saved) throw problem('PLATFORM_VERSION_CONFLICT', 'Your preference was changed at the same time. Read it again and repeat your change.');
      await this.trail.record(scope, { action: 'notifications.preference.changed', object: { type: 'member', id: caller.memberId, version: saved.version },
        payload: { mailMode: saved.mailMode, snoozedUntil: saved.snoozedUntil?.toISOString() ?? null } });
      return view(saved, waiting);
    });
  }
}

const view = (row: PreferenceRow | undefined, waiting: boolean): PreferenceView =>
  ({ preference: { mailMode: row?.mailMode ?? 'immediate', snoozedUntil: row?.snoozedUntil ?? null }, waiting, version: row?.version ?? 0 });

function readFilter(values: readonly string[] | undefined): boolean | null {
  if (values === undefined) return null;
  const [value] = values;
  if (values.length === 1 && (value === 'true' || value === 'false')) return value === 'true';
  throw problem('PLATFORM_REQUEST_INVALID', 'The filter is not valid.', { errors: [{ path: 'filter[read]', code: 'not_boolean', message: 'expected true or false' }] });
}
