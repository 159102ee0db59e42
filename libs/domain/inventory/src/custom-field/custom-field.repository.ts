import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { CustomFieldType } from './custom-value.js';

export interface CustomFieldRow extends Record<string, unknown> {
  readonly id: string;
  readonly key: string;
  readonly label: string;
  readonly description: string | null;
  readonly type: CustomFieldType;
  readonly choices: string[];
  readonly filterable: boolean;
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

const COLUMNS = 'id, key, label, description, type, choices, filterable, archived_at AS "archivedAt", created_at AS "createdAt", updated_at AS "updatedAt", version';

/** SQL of custom_field. */
@Injectable()
export class CustomFieldRepository extends TenantRepository {
  /** The definitions of the named keys. */
  named(scope: TenantScope, keys: readonly string[]): Promise<CustomFieldRow[]> {
    return this.rows<CustomFieldRow>(scope, `SELECT ${COLUMNS} FROM custom_field WHERE tenant_id = $1 AND key = ANY ($2::text[])`, [scope.tenantId, keys]);
  }

  page(scope: TenantScope, page: { afterKey: string | null; limit: number; archived: boolean | null; descending: boolean }): Promise<CustomFieldRow[]> {
    const [order, beyond] = page.descending ? ['DESC', '<'] : ['ASC', '>'];
    return this.rows<CustomFieldRow>(scope, `
      SELECT ${COLUMNS} FROM custom_field WHERE tenant_id = $1 AND ($2::text IS NULL OR key ${beyond} $2) AND ($3::boolean IS NULL OR (archived_at IS NOT NULL) = $3)
       ORDER BY key ${order} LIMIT $4`, [scope.tenantId, page.afterKey, page.archived, page.limit + 1]);
  }

  async count(scope: TenantScope, archived: boolean | null): Promise<number> {
    return (await this.row<{ n: number }>(scope, 'SELECT count(*)::int AS n FROM custom_field WHERE tenant_id = $1 AND ($2::boolean IS NULL OR (archived_at IS NOT NULL) = $2)', [scope.tenantId, archived]))?.n ?? 0;
  }

  find(scope: TenantScope, key: string): Promise<CustomFieldRow | null> {
    return this.row<CustomFieldRow>(scope, `SELECT ${COLUMNS} FROM custom_field WHERE tenant_id = $1 AND key = $2`, [scope.tenantId, key]);
  }

  /** @returns null when the key exists already */
  insert(scope: TenantScope, field: { id: string; key: string; label: string; description: string | null; type: CustomFieldType; choices: readonly string[]; filterable: boolean; at: Date }): Promise<CustomFieldRow | null> {
    return this.row<CustomFieldRow>(scope, `
      INSERT INTO custom_field (tenant_id, id, key, label, description, type, choices, filterable, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
      ON CONFLICT (tenant_id, key) DO NOTHING RETURNING ${COLUMNS}`,
    [scope.tenantId, field.id, field.key, field.label, field.description, field.type, [...field.choices], field.filterable, field.at]);
  }

  /** One conditional update: null when somebody else changed the field since `version` was read. */
  update(scope: TenantScope, key: string, version: number, field: { label: string; description: string | null; choices: readonly string[]; filterable: boolean; archivedAt: Date | null; at: Date }): Promise<CustomFieldRow | null> {
    return this.row<CustomFieldRow>(scope, `
      UPDATE custom_field SET label = $4, description = $5, choices = $6, filterable = $7, archived_at = $8, updated_at = $9, version = version + 1
       WHERE tenant_id = $1 AND key = $2 AND version = $3 RETURNING ${COLUMNS}`,
    [scope.tenantId, key, version, field.label, field.description, [...field.choices], field.filterable, field.archivedAt, field.at]);
  }

  /** Choices that some workload still has, among those that are to go. */
  async choicesInUse(scope: TenantScope, key: string, choices: readonly string[]): Promise<string[]> {
    if (choices.length === 0) return [];
    const rows = await this.rows<{ choice: string }>(scope, `
      SELECT c.choice FROM unnest($3::text[]) AS c(choice)
       WHERE EXISTS (SELECT 1 FROM workload w WHERE w.tenant_id = $1 AND w.listed AND (w.custom -> $2 = to_jsonb(c.choice) OR w.custom -> $2 @> jsonb_build_array(c.choice)))`, [scope.tenantId, key, choices]);
    return rows.map((row) => row.choice);
  }
}
