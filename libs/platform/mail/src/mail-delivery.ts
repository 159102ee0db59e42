import { Injectable } from '@nestjs/common';
import { Clock, type TenantScope } from '@roster/platform-context';
import { MailOutboxRepository } from './mail-outbox.repository.js';
import { Mailer, MailRejectedError } from './mailer.js';

/** How long one attempt may take before somebody else may try: longer than every timeout of the connection together. */
const LEASE_MILLISECONDS = 120_000;
/** Waiting time after each failed attempt; after the last one the mail is given up and kept for the operator. */
export const RETRY_MINUTES = [1, 5, 15, 60, 240, 720, 1_440] as const;

/**
 * Sends one mail of the outbox. Claimed with a fence, sent outside any transaction, then settled: a mail is given to the server at least once,
 * and again only when the process died between the server's yes and the record of it (then with the same Message-ID).
 */
@Injectable()
export class MailDelivery {
  constructor(private readonly outbox: MailOutboxRepository, private readonly mailer: Mailer, private readonly clock: Clock) {}

  /** @returns what became of it, or null when somebody else has it or it is settled already */
  async deliver(scope: TenantScope, mailId: string): Promise<'sent' | 'kept' | 'retry' | 'failed' | null> {
    const now = this.clock.now();
    const mail = await this.outbox.claim(scope, mailId, now, new Date(now.getTime() + LEASE_MILLISECONDS));
    if (!mail) return null;
    const settle = (result: Parameters<MailOutboxRepository['settle']>[3]): Promise<boolean> => this.outbox.settle(scope, mail.id, mail.fence, result);
    if (!this.mailer.isConfigured) {
      await settle({ status: 'kept', sentAt: null, nextAttemptAt: null, error: null });
      return 'kept';
    }
    try {
      await this.mailer.send({ id: mail.id, to: { address: mail.toAddress, name: mail.toName }, subject: mail.subject, body: mail.body });
    } catch (error) {
      if (!(error instanceof MailRejectedError)) throw error;
      const wait = error.temporary ? RETRY_MINUTES[mail.attempts - 1] : undefined;
      const after = this.clock.now().getTime();
      await settle({
        status: wait === undefined ? 'failed' : 'queued', sentAt: null, error: error.message.slice(0, 2_000) || 'The mail server gave no reason',
        nextAttemptAt: wait === undefined ? null : new Date(after + wait * 60_000),
      });
      return wait === undefined ? 'failed' : 'retry';
    }
    await settle({ status: 'sent', sentAt: this.clock.now(), nextAttemptAt: null, error: null });
    return 'sent';
  }
}
