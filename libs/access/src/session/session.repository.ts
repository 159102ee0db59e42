import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

export type RevocationReason = 'signed_out' | 'password_changed' | 'deactivated' | 'rotated';

@Injectable()
export class SessionRepository extends TenantRepository {
  insert(scope: TenantScope, session: { id: string; memberId: string; tokenHash: Buffer; at: Date; endsAt: Date }): Promise<number> {
    return this.execute(scope, `
      INSERT INTO session (tenant_id, id, member_id, token_hash, credential_version, created_at, last_seen_at, absolute_expires_at)
      SELECT m.tenant_id, $2, m.id, $4, u.credential_version, $5, $5, $6
        FROM member m JOIN user_account u ON u.id = m.user_id
       WHERE m.tenant_id = $1 AND m.id = $3 AND m.status = 'active'`,
    [scope.tenantId, session.id, session.memberId, session.tokenHash, session.at, session.endsAt]);
  }

  revoke(scope: TenantScope, id: string, reason: RevocationReason, at: Date): Promise<number> {
    return this.execute(scope, 'UPDATE session SET revoked_at = $4, revoked_reason = $3 WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL', [scope.tenantId, id, reason, at]);
  }

  /** Every session of a member but one. @param exceptId the one to keep; null ends all */
  revokeOfMember(scope: TenantScope, memberId: string, exceptId: string | null, reason: RevocationReason, at: Date): Promise<number> {
    return this.execute(scope, `
      UPDATE session SET revoked_at = $5, revoked_reason = $4
       WHERE tenant_id = $1 AND member_id = $2 AND revoked_at IS NULL AND id IS DISTINCT FROM $3::uuid`, [scope.tenantId, memberId, exceptId, reason, at]);
  }

  /** Gives a session a new secret under the current password; the old token opens nothing any more. */
  rotate(scope: TenantScope, id: string, tokenHash: Buffer, credentialVersion: number, at: Date): Promise<number> {
    return this.execute(scope, 'UPDATE session SET token_hash = $3, credential_version = $4, last_seen_at = $5 WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL',
      [scope.tenantId, id, tokenHash, credentialVersion, at]);
  }

  /** Removes sessions of the organization that ended long ago; the trail keeps that they were. */
  removeEnded(scope: TenantScope, before: Date): Promise<number> {
    return this.execute(scope, 'DELETE FROM session WHERE tenant_id = $1 AND absolute_expires_at < $2', [scope.tenantId, before]);
  }
}
