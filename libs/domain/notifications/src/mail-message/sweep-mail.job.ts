import { Injectable } from '@nestjs/common';
import { Clock, SystemScope, TenantScope } from '@roster/platform-context';
import { MailOutboxRepository } from '@roster/platform-mail';
import { HandlesJob, JobProducer, type JobHandler } from '@roster/platform-queue';
import { DigestService } from '../digest/digest.service.js';
import { NotificationRepository } from '../notification/notification.repository.js';

const BATCH = 1_000;
/** A job that the queue lost is asked for again after this time; while it waits in the queue it is not asked for twice. */
const REPEAT_MILLISECONDS = 300_000;

/** System tick: writes due digests and asks for every mail whose turn has come. The rows are the schedule; the queue may forget everything. */
@Injectable()
@HandlesJob('notifications.sweep-mail')
export class SweepMailJob implements JobHandler<'notifications.sweep-mail'> {
  constructor(
    private readonly outbox: MailOutboxRepository, private readonly notifications: NotificationRepository, private readonly digests: DigestService,
    private readonly producer: JobProducer, private readonly clock: Clock,
  ) {}

  async handle(): Promise<void> {
    const now = this.clock.now();
    for (const { tenantId, memberId } of await this.notifications.digestsDue(SystemScope.because('find members whose digest is due'), now, BATCH)) {
      await this.digests.write(TenantScope.forSystem(tenantId, 'digest'), memberId);
    }
    const waiting = await this.outbox.waiting(SystemScope.because('find mails whose turn has come'), now, BATCH);
    const round = Math.floor(now.getTime() / REPEAT_MILLISECONDS);
    await this.producer.addMany(waiting.map(({ tenantId, id }) => ({ id: `mail-${id}-${round}`, name: 'notifications.send-mail' as const, payload: { tenantId, mailId: id } })));
  }
}
