import { Inject, Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { ROSTER_CONFIG, type RosterConfig } from '@roster/platform-config';
import { Clock, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { MailOutbox } from '@roster/platform-mail';
import { NotificationRepository } from '../notification/notification.repository.js';
import { DIGEST_ITEMS, digestText } from './digest-text.js';

/** Turns what waits for a member into one mail. */
@Injectable()
export class DigestService {
  constructor(
    private readonly notifications: NotificationRepository, private readonly organizations: OrganizationQuery, private readonly mails: MailOutbox,
    private readonly unitOfWork: UnitOfWork, private readonly clock: Clock, @Inject(ROSTER_CONFIG) private readonly config: RosterConfig,
  ) {}

  /** Writes the digest of a member if it is due. Taking it and writing the mail are one transaction, so that it is written once. */
  async write(scope: TenantScope, memberId: string): Promise<void> {
    await this.unitOfWork.run(scope, async () => {
      const dueAt = await this.notifications.takeDigest(scope, memberId, this.clock.now());
      if (!dueAt) return;
      const waiting = await this.notifications.takeWaiting(scope, memberId);
      const member = (await this.organizations.members(scope, [memberId])).get(memberId);
      if (waiting.length === 0 || member?.status !== 'active') return;
      const shown = waiting.slice(0, DIGEST_ITEMS);
      await this.mails.queue(scope, [{
        key: `digest:${memberId}:${dueAt.toISOString()}`, memberId, toAddress: member.email, toName: member.name,
        ...digestText(shown, waiting.length - shown.length, 'Roster', this.config.publicUrl),
      }]);
    });
  }
}
