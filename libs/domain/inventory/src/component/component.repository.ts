import { Injectable } from '@nestjs/common';
import type { ComponentType } from '@roster/contracts';
import { newId, type TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

/** A component as somebody names it; '' = not stated. */
export interface NamedComponent {
  readonly type: ComponentType;
  readonly provider: string;
  readonly name: string;
  readonly pinnedVersion: string;
  /** undefined leaves what is known, null clears it. */
  readonly hosting: string | null | undefined;
  readonly lockIn: string | undefined;
  readonly reference: string | null | undefined;
  readonly usage: string | null;
}

export interface ComponentRow extends Record<string, unknown> {
  readonly id: string;
  readonly type: ComponentType;
  readonly provider: string;
  readonly name: string;
  readonly pinnedVersion: string;
  readonly hosting: string | null;
  readonly lockIn: string;
  readonly reference: string | null;
  /** How many workloads in the inventory declare it. */
  readonly workloads: number;
}

export interface DeclaredComponentRow extends ComponentRow {
  readonly usage: string | null;
  readonly addedAt: Date;
}

const COLUMNS = `c.id, c.type, c.provider, c.name, c.pinned_version AS "pinnedVersion", c.hosting, c.lock_in AS "lockIn", c.reference,
  (SELECT count(*)::int FROM workload_component s JOIN workload sw ON sw.tenant_id = s.tenant_id AND sw.id = s.workload_id AND sw.listed WHERE s.tenant_id = c.tenant_id AND s.component_id = c.id) AS workloads`;

/** SQL of component and workload_component. The same component of two workloads is one row. */
@Injectable()
export class ComponentRepository extends TenantRepository {
  of(scope: TenantScope, workloadId: string, asOf: Date | null = null): Promise<DeclaredComponentRow[]> {
    const [table, when] = asOf ? ['workload_component_history', 'lower(wc.valid) <= $3 AND (upper_inf(wc.valid) OR upper(wc.valid) > $3)'] : ['workload_component', '$3::timestamptz IS NULL'];
    return this.rows<DeclaredComponentRow>(scope, `
      SELECT ${COLUMNS}, wc.usage, wc.added_at AS "addedAt" FROM ${table} wc JOIN component c ON c.tenant_id = wc.tenant_id AND c.id = wc.component_id
       WHERE wc.tenant_id = $1 AND wc.workload_id = $2 AND ${when} ORDER BY c.type, c.provider, c.name, c.pinned_version`, [scope.tenantId, workloadId, asOf]);
  }

  /** A page of all components in the order of their ids. */
  page(scope: TenantScope, page: { after: string | null; limit: number; types: readonly string[] | null; shared: boolean | null; descending: boolean }): Promise<ComponentRow[]> {
    const [order, beyond] = page.descending ? ['DESC', '<'] : ['ASC', '>'];
    return this.rows<ComponentRow>(scope, `
      SELECT * FROM (SELECT ${COLUMNS} FROM component c WHERE c.tenant_id = $1 AND ($2::uuid IS NULL OR c.id ${beyond} $2) AND ($3::text[] IS NULL OR c.type = ANY ($3))) x
       WHERE $4::boolean IS NULL OR (x.workloads > 1) = $4 ORDER BY x.id ${order} LIMIT $5`, [scope.tenantId, page.after, page.types, page.shared, page.limit + 1]);
  }

  async count(scope: TenantScope, types: readonly string[] | null, shared: boolean | null): Promise<number> {
    return (await this.row<{ n: number }>(scope, `SELECT count(*)::int AS n FROM (SELECT ${COLUMNS} FROM component c WHERE c.tenant_id = $1 AND ($2::text[] IS NULL OR c.type = ANY ($2))) x WHERE $3::boolean IS NULL OR (x.workloads > 1) = $3`,
      [scope.tenantId, types, shared]))?.n ?? 0;
  }

  /** Finds or makes the shared components. What is stated about one is stated for everybody who shares it. @returns ids in the order given */
  async ensure(scope: TenantScope, components: readonly NamedComponent[], at: Date): Promise<string[]> {
    if (components.length === 0) return [];
    const given = JSON.stringify(components.map((component, ordinal) => ({ ...component, ordinal, id: newId(at), saysHosting: component.hosting !== undefined, saysReference: component.reference !== undefined })));
    const record = `jsonb_to_recordset($2::jsonb) AS g(ordinal int, id uuid, type text, provider text, name text, "pinnedVersion" text, hosting text, "lockIn" text, reference text, "saysHosting" boolean, "saysReference" boolean)`;
    await this.execute(scope, `
      INSERT INTO component AS c (tenant_id, id, type, provider, name, pinned_version, hosting, lock_in, reference, created_at, updated_at)
      SELECT $1, g.id, g.type, g.provider, g.name, g."pinnedVersion", g.hosting, coalesce(g."lockIn", 'unknown'), g.reference, $3, $3 FROM ${record} ORDER BY g.type, g.provider, g.name, g."pinnedVersion"
      ON CONFLICT (tenant_id, type, provider, name, pinned_version) DO NOTHING`, [scope.tenantId, given, at]);
    await this.execute(scope, `
      UPDATE component c SET hosting = CASE WHEN g."saysHosting" THEN g.hosting ELSE c.hosting END, lock_in = coalesce(g."lockIn", c.lock_in), reference = CASE WHEN g."saysReference" THEN g.reference ELSE c.reference END,
             updated_at = $3, version = c.version + 1
        FROM ${record}
       WHERE c.tenant_id = $1 AND c.type = g.type AND c.provider = g.provider AND c.name = g.name AND c.pinned_version = g."pinnedVersion"
         AND (c.hosting, c.lock_in, c.reference) IS DISTINCT FROM (CASE WHEN g."saysHosting" THEN g.hosting ELSE c.hosting END, coalesce(g."lockIn", c.lock_in), CASE WHEN g."saysReference" THEN g.reference ELSE c.reference END)`,
    [scope.tenantId, given, at]);
    const rows = await this.rows<{ id: string }>(scope, `
      SELECT c.id FROM ${record} JOIN component c ON c.tenant_id = $1 AND c.type = g.type AND c.provider = g.provider AND c.name = g.name AND c.pinned_version = g."pinnedVersion" AND $3::timestamptz IS NOT NULL ORDER BY g.ordinal`,
    [scope.tenantId, given, at]);
    return rows.map((row) => row.id);
  }

  /** Makes the declared components of a workload exactly these. */
  async declare(scope: TenantScope, workloadId: string, components: readonly { id: string; usage: string | null }[], at: Date): Promise<void> {
    await this.execute(scope, 'DELETE FROM workload_component WHERE tenant_id = $1 AND workload_id = $2 AND component_id <> ALL ($3::uuid[])', [scope.tenantId, workloadId, components.map(({ id }) => id)]);
    await this.add(scope, workloadId, components, at);
  }

  /** Declares components beside those that are there. */
  async add(scope: TenantScope, workloadId: string, components: readonly { id: string; usage: string | null }[], at: Date): Promise<void> {
    await this.execute(scope, `
      INSERT INTO workload_component AS wc (tenant_id, workload_id, component_id, usage, added_at)
      SELECT $1, $2, g.id, g.usage, $4 FROM jsonb_to_recordset($3::jsonb) AS g(id uuid, usage text)
      ON CONFLICT (tenant_id, workload_id, component_id) DO UPDATE SET usage = excluded.usage WHERE wc.usage IS DISTINCT FROM excluded.usage`, [scope.tenantId, workloadId, JSON.stringify(components), at]);
  }
}
