import { Global, Module } from '@nestjs/common';
import { MailModule } from '@roster/platform-mail';
import { DigestService } from './digest/digest.service.js';
import { MailMessageService } from './mail-message/mail-message.service.js';
import { Notifier } from './notification/notifier.js';
import { NotificationRepository } from './notification/notification.repository.js';
import { NotificationService } from './notification/notification.service.js';

/** Core: telling members. */
@Global()
@Module({
  imports: [MailModule],
  providers: [NotificationRepository, Notifier, NotificationService, MailMessageService, DigestService],
  exports: [NotificationRepository, Notifier, NotificationService, MailMessageService, DigestService],
})
export class NotificationsModule {}
