import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

export interface RelationRow extends Record<string, unknown> {
  readonly type: string;
  /** outgoing: this workload calls, feeds … the other; incoming: the other way round. */
  readonly direction: 'outgoing' | 'incoming';
  readonly workloadId: string;
  readonly workloadKey: string;
  readonly workloadName: string;
  readonly note: string | null;
  readonly addedAt: Date;
}

/** SQL of workload_relation. */
@Injectable()
export class RelationRepository extends TenantRepository {
  /** Both directions; relations with workloads that left the inventory are not shown. */
  of(scope: TenantScope, workloadId: string, asOf: Date | null = null): Promise<RelationRow[]> {
    const [table, when] = asOf ? ['workload_relation_history', 'lower(r.valid) <= $3 AND (upper_inf(r.valid) OR upper(r.valid) > $3)'] : ['workload_relation', '$3::timestamptz IS NULL'];
    return this.rows<RelationRow>(scope, `
      SELECT r.type, x.direction, o.id AS "workloadId", o.key AS "workloadKey", o.name AS "workloadName", r.note, r.added_at AS "addedAt"
        FROM ${table} r CROSS JOIN LATERAL (SELECT CASE WHEN r.workload_id = $2 THEN 'outgoing' ELSE 'incoming' END AS direction, CASE WHEN r.workload_id = $2 THEN r.other_workload_id ELSE r.workload_id END AS other) x
        JOIN workload o ON o.tenant_id = r.tenant_id AND o.id = x.other AND o.listed
       WHERE r.tenant_id = $1 AND (r.workload_id = $2 OR r.other_workload_id = $2) AND ${when} ORDER BY x.direction DESC, r.type, o.key`, [scope.tenantId, workloadId, asOf]);
  }

  /** Makes the outgoing relations exactly these. */
  async replace(scope: TenantScope, workloadId: string, relations: readonly { type: string; otherId: string; note: string | null }[], at: Date): Promise<void> {
    const given = JSON.stringify(relations);
    await this.execute(scope, `DELETE FROM workload_relation r WHERE r.tenant_id = $1 AND r.workload_id = $2
      AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset($3::jsonb) g(type text, "otherId" uuid) WHERE g.type = r.type AND g."otherId" = r.other_workload_id)`, [scope.tenantId, workloadId, given]);
    await this.execute(scope, `
      INSERT INTO workload_relation AS r (tenant_id, workload_id, type, other_workload_id, note, added_at)
      SELECT $1, $2, g.type, g."otherId", g.note, $4 FROM jsonb_to_recordset($3::jsonb) g(type text, "otherId" uuid, note text)
      ON CONFLICT (tenant_id, workload_id, type, other_workload_id) DO UPDATE SET note = excluded.note WHERE r.note IS DISTINCT FROM excluded.note`, [scope.tenantId, workloadId, given, at]);
  }

  /** Hands the relations of a merged workload to the one it was merged into; one between the two disappears. */
  async move(scope: TenantScope, fromId: string, toId: string): Promise<void> {
    await this.execute(scope, `
      INSERT INTO workload_relation (tenant_id, workload_id, type, other_workload_id, note, added_at)
      SELECT tenant_id, CASE workload_id WHEN $2 THEN $3::uuid ELSE workload_id END, type, CASE other_workload_id WHEN $2 THEN $3::uuid ELSE other_workload_id END, note, added_at
        FROM workload_relation WHERE tenant_id = $1 AND (workload_id = $2 AND other_workload_id <> $3 OR other_workload_id = $2 AND workload_id <> $3)
      ON CONFLICT (tenant_id, workload_id, type, other_workload_id) DO NOTHING`, [scope.tenantId, fromId, toId]);
    await this.execute(scope, 'DELETE FROM workload_relation WHERE tenant_id = $1 AND (workload_id = $2 OR other_workload_id = $2)', [scope.tenantId, fromId]);
  }
}
