import { Injectable } from '@nestjs/common';
import type { SystemScope, TenantScope } from '@roster/platform-context';
import { Database, SchedulerDatabase, TenantRepository } from '@roster/platform-database';
import type { MailPreference } from '../digest/digest-time.js';

export interface NotificationRow {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly href: string;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

export interface NewNotification {
  readonly id: string;
  readonly memberId: string;
  readonly kind: string;
  readonly key: string;
  readonly title: string;
  readonly body: string;
  readonly href: string;
  readonly mail: 'none' | 'immediate' | 'waiting';
  readonly workloadId: string | null;
}

/** A member who listens, and the ids of what they were sent; null = they have just come. */
export interface LiveQuestion {
  readonly memberId: string;
  readonly known: readonly string[] | null;
}
export interface LiveAnswer {
  readonly memberId: string;
  readonly unread: number;
  /** Oldest first. */
  readonly fresh: readonly NotificationRow[];
  /** For who has just come: what was there. */
  readonly before: readonly Pick<NotificationRow, 'id' | 'createdAt'>[];
}

export interface PreferenceRow extends MailPreference {
  readonly memberId: string;
  readonly version: number;
}

export interface NotificationFilter {
  /** Only read ones, only unread ones, or all. */
  readonly read: boolean | null;
}

const COLUMNS = `id, kind, title, body, href, created_at AS "createdAt", read_at AS "readAt"`;
const PREFERENCE = `member_id AS "memberId", mail_mode AS "mailMode", snoozed_until AS "snoozedUntil", version`;

/** SQL of `notification` and `notification_preference`. */
@Injectable()
export class NotificationRepository extends TenantRepository {
  constructor(database: Database, private readonly scheduler: SchedulerDatabase) {
    super(database);
  }

  /** Writes those whose (member, key) is new. @returns ids of the new ones */
  async insertMany(scope: TenantScope, rows: readonly NewNotification[], at: Date): Promise<string[]> {
    const written = await this.rows<{ id: string }>(scope,
      `INSERT INTO notification (tenant_id, id, member_id, kind, key, title, body, href, mail, workload_id, created_at)
       SELECT $1, n.id, n."memberId", n.kind, n.key, n.title, n.body, n.href, n.mail, n."workloadId", $3
         FROM jsonb_to_recordset($2::jsonb) AS n(id uuid, "memberId" uuid, kind text, key text, title text, body text, href text, mail text, "workloadId" uuid)
       ON CONFLICT (tenant_id, member_id, key) DO NOTHING RETURNING id`,
      [scope.tenantId, JSON.stringify(rows), at]);
    return written.map(({ id }) => id);
  }

  /** Drops notifications about withdrawn workloads. @returns how many */
  deleteOfWithdrawn(scope: TenantScope): Promise<number> {
    return this.execute(scope,
      `DELETE FROM notification n USING workload w WHERE n.tenant_id = $1 AND w.tenant_id = $1 AND w.id = n.workload_id AND w.withdrawn_at IS NOT NULL`, [scope.tenantId]);
  }

  preferences(scope: TenantScope, memberIds: readonly string[]): Promise<PreferenceRow[]> {
    return this.rows(scope, `SELECT ${PREFERENCE} FROM notification_preference WHERE tenant_id = $1 AND member_id = ANY($2::uuid[])`, [scope.tenantId, memberIds]);
  }

  /** Changes a preference that is at `version` (0 = no row yet). @returns the new one, or null when it has moved on */
  savePreference(scope: TenantScope, memberId: string, preference: MailPreference, nextDigestAt: Date | null, version: number): Promise<PreferenceRow | null> {
    return this.row(scope,
      `INSERT INTO notification_preference AS p (tenant_id, member_id, mail_mode, snoozed_until, next_digest_at)
       SELECT $1, $2, $3, $4, $5 WHERE $6 = 0 OR EXISTS (SELECT FROM notification_preference e WHERE e.tenant_id = $1 AND e.member_id = $2)
       ON CONFLICT (tenant_id, member_id) DO UPDATE SET mail_mode = $3, snoozed_until = $4, next_digest_at = $5, version = p.version + 1 WHERE p.version = $6
       RETURNING ${PREFERENCE}`,
      [scope.tenantId, memberId, preference.mailMode, preference.snoozedUntil, nextDigestAt, version]);
  }

  /** Makes sure a digest goes out for each member, not later than given. */
  async wakeDigests(scope: TenantScope, rows: readonly { memberId: string; at: Date }[]): Promise<void> {
    await this.execute(scope,
      `INSERT INTO notification_preference AS p (tenant_id, member_id, next_digest_at)
       SELECT $1, d."memberId", d.at FROM jsonb_to_recordset($2::jsonb) AS d("memberId" uuid, at timestamptz)
       ON CONFLICT (tenant_id, member_id) DO UPDATE SET next_digest_at = coalesce(least(p.next_digest_at, excluded.next_digest_at), excluded.next_digest_at)`,
      [scope.tenantId, JSON.stringify(rows)]);
  }

  /** Members whose digest is due, across organizations. */
  digestsDue(scope: SystemScope, until: Date, limit: number): Promise<{ tenantId: string; memberId: string }[]> {
    return this.scheduler.rows(scope,
      `SELECT tenant_id AS "tenantId", member_id AS "memberId" FROM notification_preference WHERE next_digest_at <= $1 ORDER BY next_digest_at LIMIT $2`, [until, limit]);
  }

  /** Takes a member's due digest. @returns the instant it was due, or null when somebody else took it */
  async takeDigest(scope: TenantScope, memberId: string, now: Date): Promise<Date | null> {
    const row = await this.row<{ dueAt: Date }>(scope,
      `SELECT next_digest_at AS "dueAt" FROM notification_preference WHERE tenant_id = $1 AND member_id = $2 AND next_digest_at <= $3 FOR UPDATE SKIP LOCKED`,
      [scope.tenantId, memberId, now]);
    if (!row) return null;
    await this.execute(scope, `UPDATE notification_preference SET next_digest_at = NULL WHERE tenant_id = $1 AND member_id = $2`, [scope.tenantId, memberId]);
    return row.dueAt;
  }

  /** Marks all waiting notifications of a member as taken up by a digest and returns them, oldest first. */
  takeWaiting(scope: TenantScope, memberId: string): Promise<NotificationRow[]> {
    return this.rows(scope,
      `WITH taken AS (UPDATE notification SET mail = 'digested' WHERE tenant_id = $1 AND member_id = $2 AND mail = 'waiting' RETURNING *)
       SELECT ${COLUMNS} FROM taken ORDER BY created_at, id`,
      [scope.tenantId, memberId]);
  }

  /** Whether anything waits for a member's digest. */
  async hasWaiting(scope: TenantScope, memberId: string): Promise<boolean> {
    return (await this.row(scope, `SELECT 1 AS one FROM notification WHERE tenant_id = $1 AND member_id = $2 AND mail = 'waiting' LIMIT 1`, [scope.tenantId, memberId])) !== null;
  }

  /** One page of a member's notifications, one row more than asked. */
  page(scope: TenantScope, memberId: string, filter: NotificationFilter,
    query: { after: { createdAt: string; id: string } | null; descending: boolean; limit: number }): Promise<NotificationRow[]> {
    const [than, order] = query.descending ? ['<', 'DESC'] : ['>', 'ASC'];
    return this.rows(scope,
      `SELECT ${COLUMNS} FROM notification
        WHERE tenant_id = $1 AND member_id = $2 AND ($3::boolean IS NULL OR (read_at IS NOT NULL) = $3)
          AND ($4::timestamptz IS NULL OR (created_at, id) ${than} ($4::timestamptz, $5::uuid))
        ORDER BY created_at ${order}, id ${order} LIMIT $6`,
      [scope.tenantId, memberId, filter.read, query.after?.createdAt ?? null, query.after?.id ?? null, query.limit + 1]);
  }

  /**
   * What is new for members who listen, and how many are unread, in one statement for all of them.
   * @param asked members, with the ids that they know already; null = they know nothing yet, and what there is counts as known
   * @param since when the oldest of what is new was written
   * @param limit new ones wanted, the newest ones
   */
  async live(scope: TenantScope, asked: readonly LiveQuestion[], since: Date, limit: number): Promise<LiveAnswer[]> {
    const rows = await this.rows<Omit<LiveAnswer, 'fresh' | 'before'> & { fresh: (Omit<NotificationRow, 'createdAt' | 'readAt'> & { createdAt: string; readAt: string | null })[]; before: [string, string][] | null }>(scope,
      `SELECT m."memberId", (SELECT count(*)::int FROM notification u WHERE u.tenant_id = $1 AND u.member_id = m."memberId" AND u.read_at IS NULL) AS unread,
              (SELECT coalesce(json_agg(r ORDER BY r."createdAt", r.id), '[]') FROM (
                 SELECT ${COLUMNS} FROM notification n WHERE m.known IS NOT NULL AND n.tenant_id = $1 AND n.member_id = m."memberId" AND n.created_at >= $3
                    AND NOT EXISTS (SELECT FROM unnest(m.known) AS k(id) WHERE k.id = n.id)
                  ORDER BY n.created_at DESC, n.id DESC LIMIT $4) r) AS fresh,
              CASE WHEN m.known IS NULL THEN (SELECT coalesce(json_agg(json_build_array(n.id, n.created_at)), '[]') FROM notification n WHERE n.tenant_id = $1 AND n.member_id = m."memberId" AND n.created_at >= $3) END AS before
         FROM jsonb_to_recordset($2::jsonb) AS m("memberId" uuid, known uuid[])`,
      [scope.tenantId, JSON.stringify(asked), since, limit]);
    return rows.map(({ memberId, unread, fresh, before }) => ({
      memberId, unread, fresh: fresh.map((n) => ({ ...n, createdAt: new Date(n.createdAt), readAt: n.readAt === null ? null : new Date(n.readAt) })), before: (before ?? []).map(([id, at]) => ({ id, createdAt: new Date(at) })),
    }));
  }

  async count(scope: TenantScope, memberId: string, filter: NotificationFilter): Promise<number> {
    const row = await this.row<{ total: number }>(scope,
      `SELECT count(*)::int AS total FROM notification WHERE tenant_id = $1 AND member_id = $2 AND ($3::boolean IS NULL OR (read_at IS NOT NULL) = $3)`,
      [scope.tenantId, memberId, filter.read]);
    return row?.total ?? 0;
  }

  /** Marks one of the member's notifications as read; reading twice keeps the first time. */
  markRead(scope: TenantScope, memberId: string, id: string, at: Date): Promise<NotificationRow | null> {
    return this.row(scope,
      `UPDATE notification SET read_at = coalesce(read_at, $4) WHERE tenant_id = $1 AND member_id = $2 AND id = $3 RETURNING ${COLUMNS}`, [scope.tenantId, memberId, id, at]);
  }

  /** @returns how many were unread */
  markAllRead(scope: TenantScope, memberId: string, at: Date): Promise<number> {
    return this.execute(scope, `UPDATE notification SET read_at = $3 WHERE tenant_id = $1 AND member_id = $2 AND read_at IS NULL AND created_at <= $3`, [scope.tenantId, memberId, at]);
  }
}
