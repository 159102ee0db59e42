import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { TimeCursor } from '../list/time-cursor.js';
import type { Role } from '../role/role.js';

export interface InvitationRow extends Record<string, unknown> {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly status: 'open' | 'accepted' | 'revoked' | 'expired';
}

/** An invitation as whoever holds its token meets it. */
export interface PresentedInvitation extends InvitationRow {
  readonly tokenHash: Buffer;
  readonly inviterRole: Role;
  readonly inviterStatus: string;
  readonly organizationName: string;
  readonly inviterName: string;
}

const STATUS = `CASE WHEN i.accepted_at IS NOT NULL THEN 'accepted' WHEN i.revoked_at IS NOT NULL THEN 'revoked' WHEN i.expires_at <= app_now() THEN 'expired' ELSE 'open' END`;
const COLUMNS = `i.id, i.email, i.role, i.invited_by AS "invitedBy", i.created_at AS "createdAt", i.expires_at AS "expiresAt", ${STATUS} AS status`;
/** How long an invitation can be accepted. */
const VALIDITY = `interval '7 days'`;

@Injectable()
export class InvitationRepository extends TenantRepository {
  insert(scope: TenantScope, invitation: { id: string; email: string; role: Role; tokenHash: Buffer; invitedBy: string }): Promise<InvitationRow | null> {
    return this.row<InvitationRow>(scope, `
      INSERT INTO invitation AS i (tenant_id, id, email, role, token_hash, invited_by, expires_at) VALUES ($1, $2, $3, $4, $5, $6, app_now() + ${VALIDITY}) RETURNING ${COLUMNS}`,
    [scope.tenantId, invitation.id, invitation.email, invitation.role, invitation.tokenHash, invitation.invitedBy]);
  }

  presented(scope: TenantScope, id: string): Promise<PresentedInvitation | null> {
    return this.row<PresentedInvitation>(scope, `
      SELECT ${COLUMNS}, i.token_hash AS "tokenHash", m.role AS "inviterRole", m.status AS "inviterStatus", o.name AS "organizationName", m.name AS "inviterName"
        FROM invitation i
        JOIN member m ON m.tenant_id = i.tenant_id AND m.id = i.invited_by
        JOIN organization o ON o.tenant_id = i.tenant_id
       WHERE i.tenant_id = $1 AND i.id = $2`, [scope.tenantId, id]);
  }

  async hasOpen(scope: TenantScope, email: string): Promise<boolean> {
    return (await this.row(scope, 'SELECT 1 AS one FROM invitation i WHERE i.tenant_id = $1 AND lower(i.email) = lower($2) AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > app_now()', [scope.tenantId, email])) !== null;
  }

  /** A page in order of creation. @param page.states open, accepted, revoked or expired ones; null for all */
  page(scope: TenantScope, page: { states: readonly string[] | null; descending: boolean; after: TimeCursor | null; limit: number }): Promise<InvitationRow[]> {
    const [order, beyond] = page.descending ? ['DESC', '<'] : ['ASC', '>'];
    return this.rows<InvitationRow>(scope, `
      SELECT ${COLUMNS} FROM invitation i
       WHERE i.tenant_id = $1 AND ($2::text[] IS NULL OR ${STATUS} = ANY($2)) AND ($3::timestamptz IS NULL OR (i.created_at, i.id) ${beyond} ($3::timestamptz, $4::uuid))
       ORDER BY i.created_at ${order}, i.id ${order} LIMIT $5`, [scope.tenantId, page.states, page.after?.createdAt ?? null, page.after?.id ?? null, page.limit + 1]);
  }

  async count(scope: TenantScope, states: readonly string[] | null): Promise<number> {
    const row = await this.row<{ total: number }>(scope, `SELECT count(*)::int AS total FROM invitation i WHERE i.tenant_id = $1 AND ($2::text[] IS NULL OR ${STATUS} = ANY($2))`, [scope.tenantId, states]);
    return row?.total ?? 0;
  }

  /** One conditional update, so that a token is used once. */
  accept(scope: TenantScope, id: string, memberId: string): Promise<number> {
    return this.execute(scope, `
      UPDATE invitation SET accepted_at = app_now(), accepted_by = $3 WHERE tenant_id = $1 AND id = $2 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > app_now()`,
    [scope.tenantId, id, memberId]);
  }

  revoke(scope: TenantScope, id: string): Promise<number> {
    return this.execute(scope, 'UPDATE invitation SET revoked_at = app_now() WHERE tenant_id = $1 AND id = $2 AND accepted_at IS NULL AND revoked_at IS NULL', [scope.tenantId, id]);
  }

  revokeOpenFor(scope: TenantScope, email: string): Promise<number> {
    return this.execute(scope, `
      UPDATE invitation SET revoked_at = app_now() WHERE tenant_id = $1 AND lower(email) = lower($2) AND accepted_at IS NULL AND revoked_at IS NULL`, [scope.tenantId, email]);
  }
}
