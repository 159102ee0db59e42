import { Injectable } from '@nestjs/common';
import type { Scope, TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

export interface UserAccountRow extends Record<string, unknown> {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly credentialVersion: number;
}

export interface Membership extends Record<string, unknown> {
  readonly tenantId: string;
  readonly organizationName: string;
  readonly memberId: string;
  readonly memberStatus: string;
}

const COLUMNS = 'id, email, name, password_hash AS "passwordHash", credential_version AS "credentialVersion"';

/** People across organizations: the one table without tenant that sign-in needs. */
@Injectable()
export class UserAccountRepository extends TenantRepository {
  findByEmail(scope: Scope, email: string): Promise<UserAccountRow | null> {
    return this.row<UserAccountRow>(scope, `SELECT ${COLUMNS} FROM user_account WHERE lower(email) = lower($1)`, [email]);
  }

  /** The account of a member of the scope's organization. */
  findByMember(scope: TenantScope, memberId: string): Promise<UserAccountRow | null> {
    return this.row<UserAccountRow>(scope, `
      SELECT ${COLUMNS} FROM user_account WHERE id = (SELECT user_id FROM member WHERE tenant_id = $1 AND id = $2)`, [scope.tenantId, memberId]);
  }

  /** @throws a unique violation of `user_account_email` when the address is taken */
  insert(scope: Scope, account: { id: string; email: string; name: string; passwordHash: string; at: Date }): Promise<number> {
    return this.execute(scope, 'INSERT INTO user_account (id, email, name, password_hash, password_changed_at, created_at) VALUES ($1, $2, $3, $4, $5, $5)',
      [account.id, account.email, account.name, account.passwordHash, account.at]);
  }

  /** One conditional update, so that of two password changes at once one is refused. @returns the new credential version, or null */
  async changePassword(scope: Scope, account: { id: string; credentialVersion: number; passwordHash: string }): Promise<number | null> {
    const row = await this.row<{ credentialVersion: number }>(scope, `
      UPDATE user_account SET password_hash = $3, password_changed_at = app_now(), credential_version = credential_version + 1
       WHERE id = $1 AND credential_version = $2 RETURNING credential_version AS "credentialVersion"`,
    [account.id, account.credentialVersion, account.passwordHash]);
    return row?.credentialVersion ?? null;
  }

  /** Organizations of a person, oldest membership first. Looks across organizations through one function that answers for one person. */
  memberships(scope: Scope, userId: string): Promise<Membership[]> {
    return this.rows<Membership>(scope, `
      SELECT tenant_id AS "tenantId", organization_name AS "organizationName", member_id AS "memberId", member_status AS "memberStatus" FROM memberships_of_user($1)`, [userId]);
  }
}
