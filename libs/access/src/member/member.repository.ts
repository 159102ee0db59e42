import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { Role } from '../role/role.js';

export type MemberStatus = 'active' | 'deactivated';

export interface MemberRow extends Record<string, unknown> {
  readonly id: string;
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly status: MemberStatus;
  readonly createdAt: Date;
  readonly deactivatedAt: Date | null;
  readonly version: number;
}

const COLUMNS = 'id, user_id AS "userId", email, name, role, status, created_at AS "createdAt", deactivated_at AS "deactivatedAt", version';

@Injectable()
export class MemberRepository extends TenantRepository {
  find(scope: TenantScope, id: string): Promise<MemberRow | null> {
    return this.row<MemberRow>(scope, `SELECT ${COLUMNS} FROM member WHERE tenant_id = $1 AND id = $2`, [scope.tenantId, id]);
  }

  findMany(scope: TenantScope, ids: readonly string[]): Promise<MemberRow[]> {
    return this.rows<MemberRow>(scope, `SELECT ${COLUMNS} FROM member WHERE tenant_id = $1 AND id = ANY($2::uuid[])`, [scope.tenantId, ids]);
  }

  findByEmail(scope: TenantScope, email: string): Promise<MemberRow | null> {
    return this.row<MemberRow>(scope, `SELECT ${COLUMNS} FROM member WHERE tenant_id = $1 AND lower(email) = lower($2)`, [scope.tenantId, email]);
  }

  activeWithRoles(scope: TenantScope, roles: readonly Role[], limit: number): Promise<MemberRow[]> {
    return this.rows<MemberRow>(scope, `SELECT ${COLUMNS} FROM member WHERE tenant_id = $1 AND role = ANY($2::text[]) AND status = 'active' ORDER BY id LIMIT $3`,
      [scope.tenantId, roles, limit]);
  }
}
