import { Inject, Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { ROSTER_CONFIG, type RosterConfig } from '@roster/platform-config';
import { Clock, newId, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { MailOutbox } from '@roster/platform-mail';
import { digestAt, type MailPreference } from '../digest/digest-time.js';
import { mailText } from '../digest/digest-text.js';
import { NotificationRepository, type NewNotification } from './notification.repository.js';

/** Something that members are told. */
export interface Notice {
  readonly memberIds: readonly string[];
  /** `area.noun.verbed`, for filters and icons. */
  readonly kind: string;
  /** Names the occasion. A member hears of an occasion once, however often it is told. */
  readonly key: string;
  /** At most 300 characters. */
  readonly title: string;
  readonly body: string;
  /** The workload it is about; the notification goes when the workload is withdrawn. Null when it is about none. */
  readonly workloadId: string | null;
  /** Path in the application, `/reviews/…`. */
  readonly href: string;
  /** Whether it is worth a mail as well. */
  readonly mail: boolean;
}

const DEFAULT_PREFERENCE: MailPreference = { mailMode: 'immediate', snoozedUntil: null };

/**
 * Tells members of something, in the caller's transaction: an in-app notification each, and a mail as each of them prefers. Deactivated
 * members are not told.
 */
@Injectable()
export class Notifier {
  constructor(
    private readonly notifications: NotificationRepository, private readonly organizations: OrganizationQuery, private readonly mails: MailOutbox,
    private readonly unitOfWork: UnitOfWork, private readonly clock: Clock, @Inject(ROSTER_CONFIG) private readonly config: RosterConfig,
  ) {}

  /** @throws outside a transaction */
  async notify(scope: TenantScope, notice: Notice): Promise<void> {
    await this.notifyMany(scope, [notice]);
  }

  /** Many notices in a few statements, for set-based work. @throws outside a transaction */
  async notifyMany(scope: TenantScope, notices: readonly Notice[]): Promise<void> {
    if (!this.unitOfWork.isOpen) throw new Error('A notification is written in the transaction of what it tells about');
    const memberIds = [...new Set(notices.flatMap((notice) => notice.memberIds))];
    if (memberIds.length === 0) return;
    const now = this.clock.now();
    const members = await this.organizations.members(scope, memberIds);
    const preferences = new Map((await this.notifications.preferences(scope, memberIds)).map((row) => [row.memberId, row]));
    const digestTimes = await this.digestTimes(scope, [...preferences.values()].some((row) => row.mailMode === 'daily' || row.snoozedUntil !== null), preferences, now);

    const rows: NewNotification[] = notices.flatMap((notice) => [...new Set(notice.memberIds)].flatMap((memberId) => {
      if (members.get(memberId)?.status !== 'active') return [];
      const mail = !notice.mail ? 'none' : digestTimes.has(memberId) ? 'waiting' : 'immediate';
      return [{ id: newId(now), memberId, kind: notice.kind, key: notice.key, title: clip(notice.title, 300), body: notice.body, href: notice.href, mail, workloadId: notice.workloadId }];
    }));
    const written = new Set(await this.notifications.insertMany(scope, rows, now));
    const fresh = rows.filter((row) => written.has(row.id));
    await this.mails.queue(scope, fresh.filter((row) => row.mail === 'immediate').flatMap((row) => {
      const member = members.get(row.memberId);
      return member ? [{ key: `notification:${row.memberId}:${row.key}`, memberId: row.memberId, toAddress: member.email, toName: member.name, ...mailText(row, this.config.publicUrl) }] : [];
    }));
    const waiting = [...new Set(fresh.filter((row) => row.mail === 'waiting').map((row) => row.memberId))];
    if (waiting.length > 0) await this.notifications.wakeDigests(scope, waiting.flatMap((memberId) => { const at = digestTimes.get(memberId); return at ? [{ memberId, at }] : []; }));
  }

  /** Takes back what was told about workloads that have been withdrawn: it would lead nowhere. Mail that has gone out is out. @returns how many */
  forgetWithdrawn(scope: TenantScope): Promise<number> {
    return this.notifications.deleteOfWithdrawn(scope);
  }

  /** When the next digest of each member who does not want mail at once goes out. */
  private async digestTimes(scope: TenantScope, needed: boolean, preferences: ReadonlyMap<string, MailPreference>, now: Date): Promise<Map<string, Date>> {
    if (!needed) return new Map();
    const { timeZone, reviewPolicy } = await this.organizations.settings(scope);
    return new Map([...preferences].flatMap(([memberId, preference]) => {
      const at = digestAt(preference ?? DEFAULT_PREFERENCE, now, timeZone, reviewPolicy.dueAtLocalTime);
      return at ? [[memberId, at] as const] : [];
    }));
  }
}

/** A title is a label; what does not fit is in the body. */
const clip = (text: string, longest: number): string => (text.length <= longest ? text : `${text.slice(0, longest - 1)}…`);
