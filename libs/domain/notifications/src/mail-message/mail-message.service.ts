import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import type { Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { cursorOf, toPage, type ListQuery, type Page } from '@roster/platform-http';
import { MAIL_STATUSES, MailOutboxRepository, type MailRow } from '@roster/platform-mail';

/** Reads the outbox of mails: what went out, what waits, and, without a mail server, what would have gone out. */
@Injectable()
export class MailMessageService {
  constructor(private readonly access: Access, private readonly outbox: MailOutboxRepository) {}

  async list(caller: Caller, query: ListQuery): Promise<Page<MailRow>> {
    const scope = this.access.authorise(caller, 'notifications:mail:read');
    const statuses = query.filters.get('status') ?? null;
    const wrong = statuses?.find((status) => !(MAIL_STATUSES as readonly string[]).includes(status));
    if (wrong !== undefined) {
      throw problem('PLATFORM_REQUEST_INVALID', 'The filter is not valid.', { errors: [{ path: 'filter[status]', code: 'not_one_of', message: `expected one of ${MAIL_STATUSES.join(', ')}` }] });
    }
    const [createdAt, id] = cursorOf(query, ['instant', 'id']) ?? [];
    const rows = await this.outbox.page(scope, {
      statuses, after: createdAt !== undefined && id !== undefined ? { createdAt, id } : null, descending: query.sort.descending, limit: query.limit,
    });
    const total = query.count ? await this.outbox.count(scope, statuses) : undefined;
    return toPage(rows, query, (row) => [row.createdAt.toISOString(), row.id], (row) => row, total);
  }

  /** @throws NOTIFICATIONS_MAIL_NOT_FOUND */
  async find(caller: Caller, id: string): Promise<MailRow> {
    const scope = this.access.authorise(caller, 'notifications:mail:read');
    const row = await this.outbox.find(scope, id);
    if (!row) throw problem('NOTIFICATIONS_MAIL_NOT_FOUND', 'There is no such mail in the outbox of your organization.');
    return row;
  }
}
