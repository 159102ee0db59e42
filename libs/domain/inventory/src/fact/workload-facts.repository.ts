import { Injectable } from '@nestjs/common';
import type { Lifecycle, OwnerRole, Provenance, RiskTier, TriState } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { FactName } from './fact-statement.js';

export interface StatementRow {
  readonly fact: FactName;
  readonly value: TriState;
  readonly provenance: Provenance;
  readonly source: string | null;
  readonly at: string;
  readonly by: string | null;
}

interface FactsRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly lifecycle: Lifecycle;
  readonly riskTier: RiskTier | null;
  readonly registeredAt: Date;
  readonly statements: StatementRow[] | null;
  readonly owners: { role: OwnerRole; memberId: string; acceptedAt: string }[] | null;
  readonly sharesComponentWith: string[] | null;
  readonly calledBy: string[] | null;
}

/** SQL of workload_fact and of the set-based reading of facts. */
@Injectable()
export class WorkloadFactsRepository extends TenantRepository {
  load(scope: TenantScope, ids: readonly string[], neighbours: boolean): Promise<FactsRow[]> {
    return this.rows<FactsRow>(scope, `
      SELECT w.id, w.key, w.name, w.lifecycle, w.risk_tier AS "riskTier", w.registered_at AS "registeredAt",
             f.statements, o.owners, s.ids AS "sharesComponentWith", c.ids AS "calledBy"
        FROM workload w
        LEFT JOIN (SELECT workload_id, json_agg(json_build_object('fact', fact, 'value', value, 'provenance', provenance, 'source', source, 'at', stated_at, 'by', stated_by)) AS statements
                     FROM workload_fact WHERE tenant_id = $1 AND workload_id = ANY ($2::uuid[]) GROUP BY workload_id) f ON f.workload_id = w.id
        LEFT JOIN (SELECT oa.workload_id, json_agg(json_build_object('role', oa.role, 'memberId', oa.member_id, 'acceptedAt', oa.effective_from) ORDER BY oa.role) AS owners
                     FROM owner_assignment oa JOIN member m ON m.tenant_id = oa.tenant_id AND m.id = oa.member_id AND m.status = 'active'
                    WHERE oa.tenant_id = $1 AND oa.workload_id = ANY ($2::uuid[]) AND oa.status = 'accepted' AND oa.position = 'owner' AND oa.role <> 'domain_owner'
                    GROUP BY oa.workload_id) o ON o.workload_id = w.id
        LEFT JOIN (SELECT x.workload_id, array_agg(DISTINCT x.other) AS ids
                     FROM (SELECT mine.workload_id, theirs.workload_id AS other
                             FROM workload_component mine JOIN workload_component theirs
                               ON theirs.tenant_id = mine.tenant_id AND theirs.component_id = mine.component_id AND theirs.workload_id <> mine.workload_id
                            WHERE mine.tenant_id = $1 AND mine.workload_id = ANY ($2::uuid[])
                           UNION ALL SELECT workload_id, other_workload_id FROM workload_relation WHERE tenant_id = $1 AND type = 'shares_component' AND workload_id = ANY ($2::uuid[])
                           UNION ALL SELECT other_workload_id, workload_id FROM workload_relation WHERE tenant_id = $1 AND type = 'shares_component' AND other_workload_id = ANY ($2::uuid[])) x
                     JOIN workload n ON n.tenant_id = $1 AND n.id = x.other AND n.listed AND n.lifecycle <> 'retired'
                    WHERE $3::boolean GROUP BY x.workload_id) s ON s.workload_id = w.id
        LEFT JOIN (SELECT r.other_workload_id AS workload_id, array_agg(DISTINCT r.workload_id) AS ids
                     FROM workload_relation r JOIN workload n ON n.tenant_id = r.tenant_id AND n.id = r.workload_id AND n.listed AND n.lifecycle <> 'retired'
                    WHERE $3::boolean AND r.tenant_id = $1 AND r.type = 'calls' AND r.other_workload_id = ANY ($2::uuid[])
                    GROUP BY r.other_workload_id) c ON c.workload_id = w.id
       WHERE w.tenant_id = $1 AND w.id = ANY ($2::uuid[]) AND w.listed`, [scope.tenantId, ids, neighbours]);
  }

  async page(scope: TenantScope, after: string | null, limit: number): Promise<string[]> {
    const rows = await this.rows<{ id: string }>(scope,
      `SELECT id FROM workload WHERE tenant_id = $1 AND id > coalesce($2::uuid, '00000000-0000-0000-0000-000000000000') AND listed ORDER BY id LIMIT $3`, [scope.tenantId, after, limit]);
    return rows.map((row) => row.id);
  }

  async count(scope: TenantScope): Promise<number> {
    return (await this.row<{ n: number }>(scope, 'SELECT count(*)::int AS n FROM workload WHERE tenant_id = $1 AND listed', [scope.tenantId]))?.n ?? 0;
  }

  /** @param asOf as they were known then; null for now */
  statements(scope: TenantScope, workloadId: string, asOf: Date | null = null): Promise<StatementRow[]> {
    const [table, when] = asOf ? ['workload_fact_history', 'lower(valid) <= $3 AND (upper_inf(valid) OR upper(valid) > $3)'] : ['workload_fact', '$3::timestamptz IS NULL'];
    return this.rows<StatementRow & Record<string, unknown>>(scope, `SELECT fact, value, provenance, source, to_char(stated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, stated_by AS by
      FROM ${table} WHERE tenant_id = $1 AND workload_id = $2 AND ${when} ORDER BY fact, provenance`, [scope.tenantId, workloadId, asOf]);
  }

  /** Writes statements, each in the place of what was said with the same strength before. */
  async record(scope: TenantScope, workloadId: string, statements: readonly StatementRow[]): Promise<void> {
    await this.execute(scope, `
      INSERT INTO workload_fact (tenant_id, workload_id, fact, provenance, value, source, stated_at, stated_by)
      SELECT $1, $2, s.fact, s.provenance, s.value, s.source, s.at, s.by
        FROM jsonb_to_recordset($3::jsonb) s(fact text, provenance text, value text, source text, at timestamptz, by text)
      ON CONFLICT (tenant_id, workload_id, fact, provenance)
      DO UPDATE SET value = excluded.value, source = excluded.source, stated_at = excluded.stated_at, stated_by = excluded.stated_by`,
    [scope.tenantId, workloadId, JSON.stringify(statements)]);
  }
}
