import { createTransport, type Transporter } from 'nodemailer';

/** One mail as it is handed to the mail server. Plain text: what is sent is exactly what the outbox shows. */
export interface OutgoingMail {
  /** Stable id of the mail; its Message-ID is made from it, so that a repeat after a crash can be recognised as the same mail. */
  readonly id: string;
  readonly to: { readonly address: string; readonly name: string | null };
  readonly subject: string;
  readonly body: string;
}

/** The mail server refused a mail. */
export class MailRejectedError extends Error {
  constructor(message: string, /** Whether trying again later may help. */ readonly temporary: boolean, cause: unknown) {
    super(message, { cause });
    this.name = 'MailRejectedError';
  }
}

/** Hands mails to the SMTP server of `SMTP_URL`. Without one there is nothing to send to, and mails stay in the outbox. */
export class Mailer {
  private readonly transport: Transporter | null;
  private readonly domain: string;

  /**
   * @param smtpUrl such as `smtps://user:pass@host:465`, or null when there is no mail server
   * @param from sender, `Name <address>`
   */
  constructor(smtpUrl: string | null, private readonly from: string) {
    this.transport = smtpUrl ? createTransport(smtpUrl, { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 } as never) : null;
    this.domain = /@([^>\s]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
  }

  /** Whether there is a mail server. */
  get isConfigured(): boolean {
    return this.transport !== null;
  }

  /** @throws MailRejectedError when the server cannot be reached or refuses; Error when there is no server */
  async send(mail: OutgoingMail): Promise<void> {
    if (!this.transport) throw new Error('There is no mail server to send to: SMTP_URL is not set');
    try {
      await this.transport.sendMail({
        from: this.from, to: mail.to.name ? { name: mail.to.name, address: mail.to.address } : mail.to.address, subject: mail.subject, text: mail.body,
        messageId: `<${mail.id}@${this.domain}>`, headers: { 'Auto-Submitted': 'auto-generated' },
        disableFileAccess: true, disableUrlAccess: true,
      });
    } catch (error) {
      const code = (error as { responseCode?: number }).responseCode;
      // 5xx is the server's final word (RFC 5321 section 4.2.1); everything else may pass.
      throw new MailRejectedError((error as Error).message, !(code !== undefined && code >= 500 && code < 600), error);
    }
  }

  close(): void {
    this.transport?.close();
  }
}
