import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

export interface ToolGrantRow extends Record<string, unknown> {
  readonly name: string;
  readonly access: 'read' | 'write' | 'read_write';
  readonly scope: string;
  readonly grantedAt: Date;
}
export type ToolGrant = Omit<ToolGrantRow, 'grantedAt'>;

/** SQL of tool_grant. */
@Injectable()
export class ToolGrantRepository extends TenantRepository {
  list(scope: TenantScope, workloadId: string, asOf: Date | null = null): Promise<ToolGrantRow[]> {
    const [table, when] = asOf ? ['tool_grant_history', 'lower(valid) <= $3 AND (upper_inf(valid) OR upper(valid) > $3)'] : ['tool_grant', '$3::timestamptz IS NULL'];
    return this.rows<ToolGrantRow>(scope, `SELECT name, access, scope, granted_at AS "grantedAt" FROM ${table} WHERE tenant_id = $1 AND workload_id = $2 AND ${when} ORDER BY name, scope`, [scope.tenantId, workloadId, asOf]);
  }

  /** Grants as single texts, for comparing scopes. */
  async names(scope: TenantScope, workloadId: string): Promise<string[]> {
    return (await this.list(scope, workloadId)).map(grantText);
  }

  /** Makes the grants exactly these; those that stay keep the time they were granted. */
  async replace(scope: TenantScope, workloadId: string, grants: readonly ToolGrant[], at: Date): Promise<void> {
    const given = JSON.stringify(grants);
    await this.execute(scope, `DELETE FROM tool_grant t WHERE t.tenant_id = $1 AND t.workload_id = $2
      AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset($3::jsonb) g(name text, scope text) WHERE g.name = t.name AND g.scope = t.scope)`, [scope.tenantId, workloadId, given]);
    await this.execute(scope, `
      INSERT INTO tool_grant AS t (tenant_id, workload_id, name, access, scope, granted_at)
      SELECT $1, $2, g.name, g.access, g.scope, $4 FROM jsonb_to_recordset($3::jsonb) g(name text, access text, scope text)
      ON CONFLICT (tenant_id, workload_id, name, scope) DO UPDATE SET access = excluded.access, granted_at = excluded.granted_at WHERE t.access <> excluded.access`, [scope.tenantId, workloadId, given, at]);
  }
}

export const grantText = ({ name, access, scope }: Pick<ToolGrantRow, 'name' | 'access' | 'scope'>): string => [name, access, scope].filter((part) => part !== '').join(' ');
