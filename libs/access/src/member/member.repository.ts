import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { TimeCursor } from '../list/time-cursor.js';
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

  insert(scope: TenantScope, member: { id: string; userId: string; email: string; name: string; role: Role; at: Date }): Promise<number> {
    return this.execute(scope, 'INSERT INTO member (tenant_id, id, user_id, email, name, role, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
      [scope.tenantId, member.id, member.userId, member.email, member.name, member.role, member.at]);
  }

  /** One conditional update: null when somebody else changed the member since `version` was read. */
  update(scope: TenantScope, version: number, member: { id: string; name: string; role: Role; status: MemberStatus; deactivatedAt: Date | null }): Promise<MemberRow | null> {
    return this.row<MemberRow>(scope, `
      UPDATE member SET name = $4, role = $5, status = $6, deactivated_at = $7, version = version + 1
       WHERE tenant_id = $1 AND id = $2 AND version = $3 RETURNING ${COLUMNS}`,
    [scope.tenantId, member.id, version, member.name, member.role, member.status, member.deactivatedAt]);
  }

  /** As {@link update}, for somebody who leaves. */
  deactivate(scope: TenantScope, version: number, id: string): Promise<MemberRow | null> {
    return this.row<MemberRow>(scope, `
      UPDATE member SET status = 'deactivated', deactivated_at = app_now(), version = version + 1
       WHERE tenant_id = $1 AND id = $2 AND version = $3 AND status = 'active' RETURNING ${COLUMNS}`, [scope.tenantId, id, version]);
  }

  /** Locks the active members of some roles until the transaction ends, so that two of them cannot remove each other at once. */
  lockActiveWithRoles(scope: TenantScope, roles: readonly Role[]): Promise<{ id: string }[]> {
    return this.rows<{ id: string }>(scope, `SELECT id FROM member WHERE tenant_id = $1 AND role = ANY($2::text[]) AND status = 'active' ORDER BY id FOR UPDATE`, [scope.tenantId, roles]);
  }

  /** A page of members in order of joining. @param page.limit rows wanted; one more is read to know whether there is a next page */
  page(scope: TenantScope, page: { roles: readonly string[] | null; statuses: readonly string[] | null; q: string | null; descending: boolean; after: TimeCursor | null; limit: number }): Promise<MemberRow[]> {
    const [order, beyond] = page.descending ? ['DESC', '<'] : ['ASC', '>'];
    return this.rows<MemberRow>(scope, `
      SELECT ${COLUMNS} FROM member
       WHERE tenant_id = $1 AND ($2::text[] IS NULL OR role = ANY($2)) AND ($3::text[] IS NULL OR status = ANY($3))
         AND ($4::text IS NULL OR position(lower($4) IN lower(name)) > 0 OR position(lower($4) IN lower(email)) > 0)
         AND ($5::timestamptz IS NULL OR (created_at, id) ${beyond} ($5::timestamptz, $6::uuid))
       ORDER BY created_at ${order}, id ${order} LIMIT $7`,
    [scope.tenantId, page.roles, page.statuses, page.q, page.after?.createdAt ?? null, page.after?.id ?? null, page.limit + 1]);
  }

  async count(scope: TenantScope, filter: { roles: readonly string[] | null; statuses: readonly string[] | null; q: string | null }): Promise<number> {
    const row = await this.row<{ total: number }>(scope, `
      SELECT count(*)::int AS total FROM member
       WHERE tenant_id = $1 AND ($2::text[] IS NULL OR role = ANY($2)) AND ($3::text[] IS NULL OR status = ANY($3))
         AND ($4::text IS NULL OR position(lower($4) IN lower(name)) > 0 OR position(lower($4) IN lower(email)) > 0)`, [scope.tenantId, filter.roles, filter.statuses, filter.q]);
    return row?.total ?? 0;
  }

  activeWithRoles(scope: TenantScope, roles: readonly Role[], limit: number): Promise<MemberRow[]> {
    return this.rows<MemberRow>(scope, `SELECT ${COLUMNS} FROM member WHERE tenant_id = $1 AND role = ANY($2::text[]) AND status = 'active' ORDER BY id LIMIT $3`,
      [scope.tenantId, roles, limit]);
  }
}
