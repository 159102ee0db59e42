import { Inject, Injectable } from '@nestjs/common';
import { ROSTER_CONFIG, type RosterConfig } from '@roster/platform-config';
import { type TenantScope, writtenInstant } from '@roster/platform-context';
import { MailOutbox } from '@roster/platform-mail';
import { OrganizationRepository } from '../organization/organization.repository.js';

/** Writes the invitation to the mail outbox, in the transaction that makes it. */
@Injectable()
export class InvitationMail {
  constructor(private readonly outbox: MailOutbox, private readonly organizations: OrganizationRepository, @Inject(ROSTER_CONFIG) private readonly config: RosterConfig) {}

  /** @returns the link that was mailed */
  async queue(scope: TenantScope, invitation: { id: string; email: string; expiresAt: Date }, token: string): Promise<string> {
    const organization = await this.organizations.find(scope);
    if (!organization) throw new Error(`There is no organization ${scope.tenantId}`);
    const url = `${this.config.publicUrl.replace(/\/$/, '')}/invitations/${token}`;
    await this.outbox.queue(scope, [{
      key: `access.invitation:${invitation.id}`, memberId: null, toAddress: invitation.email, toName: null,
      subject: `${scope.actor.name} invites you to ${organization.name} on Roster`,
      body: `${scope.actor.name} invites you to join ${organization.name} on Roster, where its AI workloads are inventoried and governed.\n\n`
        + `Accept here: ${url}\n\nThe link works once, until ${writtenInstant(invitation.expiresAt, organization.timeZone)}. If you did not expect it, ignore this mail.\n`,
    }]);
    return url;
  }
}
