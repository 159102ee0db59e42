import { Module } from '@nestjs/common';
import { LiveNotifications } from './live/live-notifications.js';
import { MailMessageController } from './mail-message/mail-message.controller.js';
import { NotificationController } from './notification/notification.controller.js';
import { NotificationsModule } from './notifications.module.js';

/** Routes of notifications and of the mail outbox. */
@Module({ imports: [NotificationsModule], providers: [LiveNotifications], controllers: [NotificationController, MailMessageController] })
export class NotificationsHttpModule {}
