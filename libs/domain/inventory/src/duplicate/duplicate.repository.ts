import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { DuplicateCandidate } from './duplicate-score.js';

export interface CandidateRow extends DuplicateCandidate, Record<string, unknown> {
  readonly id: string;
  readonly key: string;
}

/** What one workload is compared with at most, per way of being alike; the most similar names first. */
const PER_REASON = 50;

/** Candidates for duplicates, each way of being alike through an index. */
@Injectable()
export class DuplicateRepository extends TenantRepository {
  /** The workload itself first, then who may be the same. */
  async candidates(scope: TenantScope, workloadId: string): Promise<{ self: CandidateRow; others: CandidateRow[] } | null> {
    const rows = await this.rows<CandidateRow>(scope, `
      WITH self AS (SELECT id, name_sort, team_sort FROM workload WHERE tenant_id = $1 AND id = $2),
      alike AS (
        (SELECT w.id FROM workload w, self s WHERE w.tenant_id = $1 AND w.listed AND w.team_sort = s.team_sort AND s.team_sort <> '' AND similarity(w.name_sort, s.name_sort) >= 0.3
          ORDER BY similarity(w.name_sort, s.name_sort) DESC, w.id LIMIT ${PER_REASON})
        UNION (SELECT w.id FROM workload w, self s WHERE w.tenant_id = $1 AND w.listed AND w.name_sort = s.name_sort LIMIT ${PER_REASON})
        UNION (SELECT f.workload_id FROM workload_facet mine JOIN workload_facet f ON f.tenant_id = $1 AND f.field = mine.field AND f.value = mine.value
                WHERE mine.tenant_id = $1 AND mine.workload_id = $2 AND mine.field IN ('repositories', 'interfaces') LIMIT ${PER_REASON})
        UNION (SELECT wc.workload_id FROM workload_component mine JOIN component c ON c.tenant_id = $1 AND c.id = mine.component_id AND c.type = 'model'
                 JOIN workload_component wc ON wc.tenant_id = $1 AND wc.component_id = mine.component_id JOIN workload w ON w.tenant_id = $1 AND w.id = wc.workload_id
                 JOIN workload me ON me.tenant_id = $1 AND me.id = $2
                WHERE mine.tenant_id = $1 AND mine.workload_id = $2 ORDER BY similarity(w.purpose, me.purpose) DESC NULLS LAST LIMIT ${PER_REASON})
        UNION SELECT id FROM self)
      SELECT w.id, w.key, w.name, w.team, w.purpose,
             ARRAY(SELECT f.value FROM workload_facet f WHERE f.tenant_id = $1 AND f.workload_id = w.id AND f.field = 'repositories') AS repositories,
             ARRAY(SELECT f.value FROM workload_facet f WHERE f.tenant_id = $1 AND f.workload_id = w.id AND f.field = 'interfaces') AS interfaces,
             ARRAY(SELECT concat_ws(' ', nullif(c.provider, ''), c.name, nullif(c.pinned_version, '')) FROM workload_component wc JOIN component c ON c.tenant_id = $1 AND c.id = wc.component_id
                    WHERE wc.tenant_id = $1 AND wc.workload_id = w.id AND c.type = 'model') AS models
        FROM workload w JOIN alike a ON a.id = w.id WHERE w.tenant_id = $1 AND w.listed AND w.lifecycle <> 'retired' OR (w.tenant_id = $1 AND w.id = $2)`, [scope.tenantId, workloadId]);
    const self = rows.find((row) => row.id === workloadId);
    return self ? { self, others: [...new Map(rows.filter((row) => row.id !== workloadId).map((row) => [row.id, row])).values()] } : null;
  }

  /**
   * Who may be the same as something that is not registered yet.
   * @param prospect what is known of it so far; references as somebody typed them
   * @returns the candidates, and the references of the prospect as they are compared
   */
  async alikeTo(scope: TenantScope, prospect: { readonly name: string; readonly team: string; readonly repositories: readonly string[]; readonly interfaces: readonly string[] }): Promise<{ repositories: string[]; interfaces: string[]; others: CandidateRow[] }> {
    const [spelled] = await this.rows<{ repositories: string[]; interfaces: string[] }>(scope,
      'SELECT ARRAY(SELECT normal_reference(r) FROM unnest($1::text[]) r) AS repositories, ARRAY(SELECT normal_reference(r) FROM unnest($2::text[]) r) AS interfaces', [prospect.repositories, prospect.interfaces]);
    const { repositories = [], interfaces = [] } = spelled ?? {};
    const others = await this.rows<CandidateRow>(scope, `
      WITH alike AS (
        (SELECT w.id FROM workload w WHERE w.tenant_id = $1 AND w.listed AND w.team_sort = $3 AND $3 <> '' AND similarity(w.name_sort, $2) >= 0.3
          ORDER BY similarity(w.name_sort, $2) DESC, w.id LIMIT ${PER_REASON})
        UNION (SELECT w.id FROM workload w WHERE w.tenant_id = $1 AND w.listed AND w.name_sort = $2 LIMIT ${PER_REASON})
        UNION (SELECT f.workload_id FROM workload_facet f WHERE f.tenant_id = $1 AND f.field = 'repositories' AND f.value = ANY($4::text[]) LIMIT ${PER_REASON})
        UNION (SELECT f.workload_id FROM workload_facet f WHERE f.tenant_id = $1 AND f.field = 'interfaces' AND f.value = ANY($5::text[]) LIMIT ${PER_REASON}))
      SELECT w.id, w.key, w.name, w.team, w.purpose, ARRAY[]::text[] AS models,
             ARRAY(SELECT f.value FROM workload_facet f WHERE f.tenant_id = $1 AND f.workload_id = w.id AND f.field = 'repositories') AS repositories,
             ARRAY(SELECT f.value FROM workload_facet f WHERE f.tenant_id = $1 AND f.workload_id = w.id AND f.field = 'interfaces') AS interfaces
        FROM workload w JOIN alike a ON a.id = w.id WHERE w.tenant_id = $1 AND w.listed AND w.lifecycle <> 'retired'`,
    [scope.tenantId, prospect.name.toLowerCase(), prospect.team.toLowerCase(), repositories, interfaces]);
    return { repositories, interfaces, others };
  }
}
