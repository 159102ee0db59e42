import { Injectable } from '@nestjs/common';
import type { SystemScope, TenantScope } from '@roster/platform-context';
import { Database, SchedulerDatabase, TenantRepository } from '@roster/platform-database';

/** States of a mail. `kept`: there is no mail server, it stays to be read. `failed`: given up, kept for the operator. */
export const MAIL_STATUSES = ['queued', 'sending', 'sent', 'kept', 'failed'] as const;
export type MailStatus = (typeof MAIL_STATUSES)[number];

export interface MailRow {
  readonly id: string;
  readonly memberId: string | null;
  readonly toAddress: string;
  readonly toName: string | null;
  readonly subject: string;
  readonly body: string;
  readonly status: MailStatus;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
}

export interface NewMail {
  readonly id: string;
  readonly key: string;
  readonly memberId: string | null;
  readonly toAddress: string;
  readonly toName: string | null;
  readonly subject: string;
  readonly body: string;
}

const COLUMNS = `id, member_id AS "memberId", to_address AS "toAddress", to_name AS "toName", subject, body, status, attempts, last_error AS "lastError",
  created_at AS "createdAt", sent_at AS "sentAt"`;

/** SQL of `mail_message`: the outbox of mails. */
@Injectable()
export class MailOutboxRepository extends TenantRepository {
  constructor(database: Database, private readonly scheduler: SchedulerDatabase) {
    super(database);
  }

  /** Writes mails whose key is new. @returns how many were */
  insertMany(scope: TenantScope, mails: readonly NewMail[], at: Date): Promise<number> {
    return this.execute(scope,
      `INSERT INTO mail_message (tenant_id, id, key, member_id, to_address, to_name, subject, body, next_attempt_at, created_at)
       SELECT $1, m.id, m.key, m."memberId", m."toAddress", m."toName", m.subject, m.body, $3, $3
         FROM jsonb_to_recordset($2::jsonb) AS m(id uuid, key text, "memberId" uuid, "toAddress" text, "toName" text, subject text, body text)
       ON CONFLICT (tenant_id, key) DO NOTHING`,
      [scope.tenantId, JSON.stringify(mails), at]);
  }

  /** Mails whose turn has come, across organizations, longest waiting first. */
  waiting(scope: SystemScope, until: Date, limit: number): Promise<{ tenantId: string; id: string }[]> {
    return this.scheduler.rows(scope,
      `SELECT tenant_id AS "tenantId", id FROM mail_message WHERE next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT $2`, [until, limit]);
  }

  /**
   * Takes one mail whose turn has come, until `leaseUntil`. A claim that is not settled by then is taken again by somebody else.
   * @returns the mail with its fence, or null when somebody else has it or it is settled
   */
  claim(scope: TenantScope, id: string, now: Date, leaseUntil: Date): Promise<(MailRow & { fence: number }) | null> {
    return this.row(scope,
      `UPDATE mail_message SET status = 'sending', fence = fence + 1, attempts = attempts + 1, next_attempt_at = $4
        WHERE tenant_id = $1 AND id = $2 AND status IN ('queued', 'sending') AND next_attempt_at <= $3
        RETURNING ${COLUMNS}, fence`,
      [scope.tenantId, id, now, leaseUntil]);
  }

  /** Settles a claim. @returns false when the fence has moved on */
  async settle(scope: TenantScope, id: string, fence: number, result: { status: MailStatus; sentAt: Date | null; nextAttemptAt: Date | null; error: string | null }): Promise<boolean> {
    return (await this.execute(scope,
      `UPDATE mail_message SET status = $4, sent_at = $5, next_attempt_at = $6, last_error = coalesce($7, last_error)
        WHERE tenant_id = $1 AND id = $2 AND fence = $3 AND status = 'sending'`,
      [scope.tenantId, id, fence, result.status, result.sentAt, result.nextAttemptAt, result.error])) === 1;
  }

  find(scope: TenantScope, id: string): Promise<MailRow | null> {
    return this.row(scope, `SELECT ${COLUMNS} FROM mail_message WHERE tenant_id = $1 AND id = $2`, [scope.tenantId, id]);
  }

  /** One page of the outbox, one row more than asked. */
  page(scope: TenantScope, query: { statuses: readonly string[] | null; after: { createdAt: string; id: string } | null; descending: boolean; limit: number }): Promise<MailRow[]> {
    const [than, order] = query.descending ? ['<', 'DESC'] : ['>', 'ASC'];
    return this.rows(scope,
      `SELECT ${COLUMNS} FROM mail_message
        WHERE tenant_id = $1 AND ($2::text[] IS NULL OR status = ANY($2::text[]))
          AND ($3::timestamptz IS NULL OR (created_at, id) ${than} ($3::timestamptz, $4::uuid))
        ORDER BY created_at ${order}, id ${order} LIMIT $5`,
      [scope.tenantId, query.statuses, query.after?.createdAt ?? null, query.after?.id ?? null, query.limit + 1]);
  }

  async count(scope: TenantScope, statuses: readonly string[] | null): Promise<number> {
    const row = await this.row<{ total: number }>(scope,
      `SELECT count(*)::int AS total FROM mail_message WHERE tenant_id = $1 AND ($2::text[] IS NULL OR status = ANY($2::text[]))`, [scope.tenantId, statuses]);
    return row?.total ?? 0;
  }

  /** Puts mails that were given up back to work. @returns how many */
  rearmFailed(scope: TenantScope, now: Date): Promise<number> {
    return this.execute(scope, `UPDATE mail_message SET status = 'queued', attempts = 0, next_attempt_at = $2 WHERE tenant_id = $1 AND status = 'failed'`, [scope.tenantId, now]);
  }
}
