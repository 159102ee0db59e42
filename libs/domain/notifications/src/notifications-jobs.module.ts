import { Module } from '@nestjs/common';
import { SendMailJob } from './mail-message/send-mail.job.js';
import { SweepMailJob } from './mail-message/sweep-mail.job.js';
import { NotificationsModule } from './notifications.module.js';

/** Jobs that write digests and send mail. */
@Module({ imports: [NotificationsModule], providers: [SendMailJob, SweepMailJob] })
export class NotificationsJobsModule {}
