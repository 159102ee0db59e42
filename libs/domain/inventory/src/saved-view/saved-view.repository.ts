import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

export interface ViewColumn {
  readonly id: string;
  readonly width: number | null;
  readonly pinned: boolean;
}

/** What a view is made of. */
export interface ViewContent {
  readonly name: string;
  readonly description: string | null;
  readonly query: string;
  readonly sort: string;
  readonly columns: readonly ViewColumn[];
  readonly density: 'compact' | 'roomy';
  readonly shared: boolean;
}

export interface SavedViewRow extends ViewContent {
  readonly id: string;
  readonly ownerMemberId: string;
  readonly ownerName: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

const COLUMNS = `v.id, v.owner_member_id AS "ownerMemberId", m.name AS "ownerName", v.shared, v.name, v.description, v.query, v.sort, v.columns, v.density,
  v.created_at AS "createdAt", v.updated_at AS "updatedAt", v.version`;
const FROM = 'FROM saved_view v JOIN member m ON m.tenant_id = v.tenant_id AND m.id = v.owner_member_id';

/** SQL of saved_view. */
@Injectable()
export class SavedViewRepository extends TenantRepository {
  /** What the member sees: their own and the shared ones, by name. The service keeps their number small. */
  visible(scope: TenantScope, memberId: string): Promise<SavedViewRow[]> {
    return this.rows(scope, `
      SELECT ${COLUMNS} ${FROM} WHERE v.tenant_id = $1 AND (v.owner_member_id = $2 OR v.shared) ORDER BY v.shared, lower(v.name), v.id`, [scope.tenantId, memberId]);
  }

  find(scope: TenantScope, id: string, memberId: string): Promise<SavedViewRow | null> {
    return this.row(scope, `SELECT ${COLUMNS} ${FROM} WHERE v.tenant_id = $1 AND v.id = $2 AND (v.owner_member_id = $3 OR v.shared)`, [scope.tenantId, id, memberId]);
  }

  /** How many of their own a member has, and how many are shared. */
  async counts(scope: TenantScope, memberId: string): Promise<{ own: number; shared: number }> {
    const row = await this.row<{ own: number; shared: number }>(scope, `
      SELECT (SELECT count(*)::int FROM saved_view WHERE tenant_id = $1 AND owner_member_id = $2 AND NOT shared) AS own,
             (SELECT count(*)::int FROM saved_view WHERE tenant_id = $1 AND shared) AS shared`, [scope.tenantId, memberId]);
    return row ?? { own: 0, shared: 0 };
  }

  async insert(scope: TenantScope, view: ViewContent & { readonly id: string; readonly ownerMemberId: string; readonly at: Date }): Promise<void> {
    await this.execute(scope, `
      INSERT INTO saved_view (tenant_id, id, owner_member_id, shared, name, description, query, sort, columns, density, created_at, updated_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11, $11)`,
    [scope.tenantId, view.id, view.ownerMemberId, view.shared, view.name, view.description, view.query, view.sort, JSON.stringify(view.columns), view.density, view.at]);
  }

  /** @returns 0 when somebody else changed it since `version` was read */
  update(scope: TenantScope, target: { readonly id: string; readonly version: number }, view: ViewContent, at: Date): Promise<number> {
    return this.execute(scope, `
      UPDATE saved_view SET shared = $4, name = $5, description = $6, query = $7, sort = $8, columns = $9::jsonb, density = $10, updated_at = $11, version = version + 1
       WHERE tenant_id = $1 AND id = $2 AND version = $3`,
    [scope.tenantId, target.id, target.version, view.shared, view.name, view.description, view.query, view.sort, JSON.stringify(view.columns), view.density, at]);
  }

  delete(scope: TenantScope, target: { readonly id: string; readonly version: number }): Promise<number> {
    return this.execute(scope, 'DELETE FROM saved_view WHERE tenant_id = $1 AND id = $2 AND version = $3', [scope.tenantId, target.id, target.version]);
  }
}
