import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

/** In production, as far as the portfolio goes: production or scaled, in the inventory, not retired. */
const IN_PRODUCTION = (alias: string): string => `${alias}.stage_rank >= 3 AND ${alias}.listed AND ${alias}.lifecycle <> 'retired'`;

/** Who stands beside whom in the portfolio (domain.md section 5, point 5). Set-based. */
@Injectable()
export class PortfolioLinkRepository extends TenantRepository {
  /** How many production workloads there are outside a batch; counting stops at `enough`, since more makes no difference. */
  async countOutside(scope: TenantScope, batch: readonly string[], enough: number): Promise<number> {
    const row = await this.row<{ n: number }>(scope,
      `SELECT count(*)::int AS n FROM (SELECT FROM workload w WHERE w.tenant_id = $1 AND ${IN_PRODUCTION('w')} AND w.id <> ALL ($2::uuid[]) LIMIT $3) x`,
      [scope.tenantId, batch, enough]);
    return row?.n ?? 0;
  }

  /**
   * For each of these workloads one other production workload that shares a declared component with it or calls it.
   * @param batch workloads that are being evaluated: their stored stage is out of date
   * @param inBatch those of the batch that are in production now
   */
  async linked(scope: TenantScope, workloadIds: readonly string[], batch: readonly string[], inBatch: readonly string[]): Promise<Map<string, string>> {
    const qualifies = `o.tenant_id = $1 AND o.id <> p.id AND ((${IN_PRODUCTION('o')} AND o.id <> ALL ($3::uuid[])) OR o.id = ANY ($4::uuid[]))`;
    const rows = await this.rows<{ workloadId: string; other: string }>(scope,
      `SELECT p.id AS "workloadId", l.other
         FROM unnest($2::uuid[]) AS p(id)
        CROSS JOIN LATERAL (
          (SELECT o.id AS other FROM workload_relation r JOIN workload o ON o.tenant_id = r.tenant_id AND o.id = r.workload_id
            WHERE r.tenant_id = $1 AND r.other_workload_id = p.id AND r.type IN ('calls', 'shares_component') AND ${qualifies} LIMIT 1)
          UNION ALL
          (SELECT o.id FROM workload_relation r JOIN workload o ON o.tenant_id = r.tenant_id AND o.id = r.other_workload_id
            WHERE r.tenant_id = $1 AND r.workload_id = p.id AND r.type = 'shares_component' AND ${qualifies} LIMIT 1)
          UNION ALL
          (SELECT o.id FROM workload_component mine JOIN workload_component theirs ON theirs.tenant_id = mine.tenant_id AND theirs.component_id = mine.component_id
             JOIN workload o ON o.tenant_id = theirs.tenant_id AND o.id = theirs.workload_id
            WHERE mine.tenant_id = $1 AND mine.workload_id = p.id AND ${qualifies} LIMIT 1)
          LIMIT 1) l`,
      [scope.tenantId, workloadIds, batch, inBatch]);
    return new Map(rows.map((row) => [row.workloadId, row.other]));
  }

  /** Marks the production workloads that stand beside these, apart from a batch that is being evaluated anyway. */
  async markNeighbours(scope: TenantScope, workloadIds: readonly string[], batch: readonly string[]): Promise<void> {
    await this.execute(scope,
      `SELECT mark_many_for_reevaluation($1, n.ids, 'portfolio') FROM (
         SELECT array_agg(DISTINCT w.id) AS ids FROM (
           SELECT theirs.workload_id AS id FROM workload_component mine JOIN workload_component theirs ON theirs.tenant_id = mine.tenant_id AND theirs.component_id = mine.component_id
            WHERE mine.tenant_id = $1 AND mine.workload_id = ANY ($2::uuid[])
           UNION SELECT r.other_workload_id FROM workload_relation r WHERE r.tenant_id = $1 AND r.workload_id = ANY ($2::uuid[]) AND r.type IN ('calls', 'shares_component')
           UNION SELECT r.workload_id FROM workload_relation r WHERE r.tenant_id = $1 AND r.other_workload_id = ANY ($2::uuid[]) AND r.type = 'shares_component') x
           JOIN workload w ON w.tenant_id = $1 AND w.id = x.id AND ${IN_PRODUCTION('w')} AND w.id <> ALL ($3::uuid[])) n
        WHERE n.ids IS NOT NULL`, [scope.tenantId, workloadIds, batch]);
  }

  /** Marks every production workload outside a batch: the number of them has crossed the threshold. */
  async markAll(scope: TenantScope, batch: readonly string[]): Promise<void> {
    await this.execute(scope,
      `SELECT mark_many_for_reevaluation($1, n.ids, 'portfolio') FROM (
         SELECT array_agg(w.id) AS ids FROM workload w WHERE w.tenant_id = $1 AND ${IN_PRODUCTION('w')} AND w.id <> ALL ($2::uuid[])) n WHERE n.ids IS NOT NULL`,
      [scope.tenantId, batch]);
  }

  /** Ids of production workloads in id order, for the second pass of a full run. */
  async page(scope: TenantScope, after: string | null, limit: number): Promise<string[]> {
    const rows = await this.rows<{ id: string }>(scope,
      `SELECT w.id FROM workload w WHERE w.tenant_id = $1 AND ${IN_PRODUCTION('w')} AND w.id > coalesce($2::uuid, '00000000-0000-0000-0000-000000000000') ORDER BY w.id LIMIT $3`,
      [scope.tenantId, after, limit]);
    return rows.map((row) => row.id);
  }
}
