import { Injectable } from '@nestjs/common';
import { TenantScope } from '@roster/platform-context';
import { MailDelivery } from '@roster/platform-mail';
import { HandlesJob, type JobHandler } from '@roster/platform-queue';

/** Hands one mail to the mail server. A mail that somebody else has, or that is settled, is left alone. */
@Injectable()
@HandlesJob('notifications.send-mail')
export class SendMailJob implements JobHandler<'notifications.send-mail'> {
  constructor(private readonly delivery: MailDelivery) {}

  async handle({ tenantId, mailId }: { tenantId: string; mailId: string }): Promise<void> {
    await this.delivery.deliver(TenantScope.forSystem(tenantId, 'mail delivery'), mailId);
  }
}
