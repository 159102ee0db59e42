import { Injectable } from '@nestjs/common';
import type { Permission } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { TimeCursor } from '../list/time-cursor.js';

export interface ApiKeyRow extends Record<string, unknown> {
  readonly id: string;
  readonly name: string;
  readonly permissions: Permission[];
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** The hash of the secret is written here and read only by authentication. */
const COLUMNS = 'id, name, permissions, created_by AS "createdBy", created_at AS "createdAt", expires_at AS "expiresAt", last_used_at AS "lastUsedAt", revoked_at AS "revokedAt"';

@Injectable()
export class ApiKeyRepository extends TenantRepository {
  insert(scope: TenantScope, key: { id: string; name: string; permissions: readonly Permission[]; secretHash: Buffer; createdBy: string; at: Date; expiresAt: Date }): Promise<ApiKeyRow | null> {
    return this.row<ApiKeyRow>(scope, `
      INSERT INTO api_key (tenant_id, id, name, permissions, secret_hash, created_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${COLUMNS}`,
    [scope.tenantId, key.id, key.name, key.permissions, key.secretHash, key.createdBy, key.at, key.expiresAt]);
  }

  find(scope: TenantScope, id: string): Promise<ApiKeyRow | null> {
    return this.row<ApiKeyRow>(scope, `SELECT ${COLUMNS} FROM api_key WHERE tenant_id = $1 AND id = $2`, [scope.tenantId, id]);
  }

  /** A page in order of creation, newest first unless ascending. @param page.createdBy only keys of this member; null for all */
  page(scope: TenantScope, page: { createdBy: string | null; descending: boolean; after: TimeCursor | null; limit: number }): Promise<ApiKeyRow[]> {
    const [order, beyond] = page.descending ? ['DESC', '<'] : ['ASC', '>'];
    return this.rows<ApiKeyRow>(scope, `
      SELECT ${COLUMNS} FROM api_key
       WHERE tenant_id = $1 AND ($2::uuid IS NULL OR created_by = $2) AND ($3::timestamptz IS NULL OR (created_at, id) ${beyond} ($3::timestamptz, $4::uuid))
       ORDER BY created_at ${order}, id ${order} LIMIT $5`, [scope.tenantId, page.createdBy, page.after?.createdAt ?? null, page.after?.id ?? null, page.limit + 1]);
  }

  async count(scope: TenantScope, createdBy: string | null): Promise<number> {
    const row = await this.row<{ total: number }>(scope, 'SELECT count(*)::int AS total FROM api_key WHERE tenant_id = $1 AND ($2::uuid IS NULL OR created_by = $2)', [scope.tenantId, createdBy]);
    return row?.total ?? 0;
  }

  revoke(scope: TenantScope, id: string, at: Date): Promise<number> {
    return this.execute(scope, `UPDATE api_key SET revoked_at = $3, revoked_reason = 'revoked' WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL`, [scope.tenantId, id, at]);
  }

  revokeOfCreator(scope: TenantScope, createdBy: string, at: Date): Promise<number> {
    return this.execute(scope, `UPDATE api_key SET revoked_at = $3, revoked_reason = 'creator_deactivated' WHERE tenant_id = $1 AND created_by = $2 AND revoked_at IS NULL`,
      [scope.tenantId, createdBy, at]);
  }
}
