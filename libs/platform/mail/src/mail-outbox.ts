import { Injectable } from '@nestjs/common';
import { Clock, newId, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { MailOutboxRepository } from './mail-outbox.repository.js';

/** A mail to write. */
export interface MailRequest {
  /** Says which occasion the mail is about; the same occasion never makes two mails. 3 to 400 characters. */
  readonly key: string;
  /** The member it is for; null for somebody who is not one yet. */
  readonly memberId: string | null;
  readonly toAddress: string;
  readonly toName: string | null;
  readonly subject: string;
  readonly body: string;
}

/** How business code sends mail: a row in the caller's transaction. A job hands it to the mail server after commit. */
@Injectable()
export class MailOutbox {
  constructor(private readonly repository: MailOutboxRepository, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock) {}

  /** @throws outside a transaction */
  async queue(scope: TenantScope, mails: readonly MailRequest[]): Promise<void> {
    if (!this.unitOfWork.isOpen) throw new Error('A mail is written in the transaction of the change it tells about');
    if (mails.length === 0) return;
    const now = this.clock.now();
    await this.repository.insertMany(scope, mails.map((mail) => ({ ...mail, subject: oneLine(mail.subject), id: newId(now) })), now);
  }
}

const LONGEST_SUBJECT = 300;
/** A subject is one line; line breaks in a name must not become header lines. */
const oneLine = (text: string): string => {
  const line = text.replace(/[\u0000-\u001f\u007f]+/g, ' ').trim();
  return line.length <= LONGEST_SUBJECT ? line : `${line.slice(0, LONGEST_SUBJECT - 1)}…`;
};
