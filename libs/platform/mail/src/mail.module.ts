import { Global, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ROSTER_CONFIG, type RosterConfig } from '@roster/platform-config';
import { MailDelivery } from './mail-delivery.js';
import { MailOutbox } from './mail-outbox.js';
import { MailOutboxRepository } from './mail-outbox.repository.js';
import { Mailer } from './mailer.js';

@Injectable()
class CloseMailer implements OnApplicationShutdown {
  constructor(private readonly mailer: Mailer) {}

  onApplicationShutdown(): void {
    this.mailer.close();
  }
}

/** The outbox of mails for every process, and their delivery for the worker. */
@Global()
@Module({
  providers: [
    { provide: Mailer, inject: [ROSTER_CONFIG], useFactory: (config: RosterConfig) => new Mailer(config.smtpUrl, config.mailFrom) },
    MailOutboxRepository, MailOutbox, MailDelivery, CloseMailer,
  ],
  exports: [Mailer, MailOutboxRepository, MailOutbox, MailDelivery],
})
export class MailModule {}
