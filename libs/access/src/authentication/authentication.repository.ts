import { Injectable } from '@nestjs/common';
import type { Permission } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { Role } from '../role/role.js';

export interface SessionCredentialRow {
  readonly tokenHash: Buffer;
  readonly lastSeenAt: Date;
  readonly absoluteExpiresAt: Date;
  readonly revokedAt: Date | null;
  readonly credentialVersion: number;
  readonly currentCredentialVersion: number;
  readonly memberId: string;
  readonly memberName: string;
  readonly memberStatus: string;
  readonly role: Role;
}

export interface KeyCredentialRow {
  readonly secretHash: Buffer;
  readonly name: string;
  readonly permissions: Permission[];
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly memberId: string;
  readonly memberStatus: string;
  readonly role: Role;
}

/** What a request presents, looked up inside the row security of the organization its token names. */
@Injectable()
export class AuthenticationRepository extends TenantRepository {
  session(scope: TenantScope, id: string): Promise<SessionCredentialRow | null> {
    return this.row<SessionCredentialRow & Record<string, unknown>>(scope, `
      SELECT s.token_hash AS "tokenHash", s.last_seen_at AS "lastSeenAt", s.absolute_expires_at AS "absoluteExpiresAt", s.revoked_at AS "revokedAt",
             s.credential_version AS "credentialVersion", u.credential_version AS "currentCredentialVersion",
             m.id AS "memberId", m.name AS "memberName", m.status AS "memberStatus", m.role
        FROM session s
        JOIN member m ON m.tenant_id = s.tenant_id AND m.id = s.member_id
        JOIN user_account u ON u.id = m.user_id
       WHERE s.tenant_id = $1 AND s.id = $2`, [scope.tenantId, id]);
  }

  touchSession(scope: TenantScope, id: string, now: Date): Promise<number> {
    return this.execute(scope, 'UPDATE session SET last_seen_at = $3 WHERE tenant_id = $1 AND id = $2 AND last_seen_at < $3', [scope.tenantId, id, now]);
  }

  key(scope: TenantScope, id: string): Promise<KeyCredentialRow | null> {
    return this.row<KeyCredentialRow & Record<string, unknown>>(scope, `
      SELECT k.secret_hash AS "secretHash", k.name, k.permissions, k.expires_at AS "expiresAt", k.revoked_at AS "revokedAt", k.last_used_at AS "lastUsedAt",
             m.id AS "memberId", m.status AS "memberStatus", m.role
        FROM api_key k
        JOIN member m ON m.tenant_id = k.tenant_id AND m.id = k.created_by
       WHERE k.tenant_id = $1 AND k.id = $2`, [scope.tenantId, id]);
  }

  /** Those of the sessions that exist, with what decides whether they are alive. */
  sessions(scope: TenantScope, ids: readonly string[]): Promise<(Omit<SessionCredentialRow, 'tokenHash'> & { readonly id: string })[]> {
    return this.rows(scope, `
      SELECT s.id, s.last_seen_at AS "lastSeenAt", s.absolute_expires_at AS "absoluteExpiresAt", s.revoked_at AS "revokedAt",
             s.credential_version AS "credentialVersion", u.credential_version AS "currentCredentialVersion",
             m.id AS "memberId", m.name AS "memberName", m.status AS "memberStatus", m.role
        FROM session s
        JOIN member m ON m.tenant_id = s.tenant_id AND m.id = s.member_id
        JOIN user_account u ON u.id = m.user_id
       WHERE s.tenant_id = $1 AND s.id = ANY($2::uuid[])`, [scope.tenantId, ids]);
  }

  keys(scope: TenantScope, ids: readonly string[]): Promise<(Omit<KeyCredentialRow, 'secretHash'> & { readonly id: string })[]> {
    return this.rows(scope, `
      SELECT k.id, k.name, k.permissions, k.expires_at AS "expiresAt", k.revoked_at AS "revokedAt", k.last_used_at AS "lastUsedAt",
             m.id AS "memberId", m.status AS "memberStatus", m.role
        FROM api_key k
        JOIN member m ON m.tenant_id = k.tenant_id AND m.id = k.created_by
       WHERE k.tenant_id = $1 AND k.id = ANY($2::uuid[])`, [scope.tenantId, ids]);
  }

  touchKey(scope: TenantScope, id: string, now: Date): Promise<number> {
    return this.execute(scope, 'UPDATE api_key SET last_used_at = $3 WHERE tenant_id = $1 AND id = $2', [scope.tenantId, id, now]);
  }
}
