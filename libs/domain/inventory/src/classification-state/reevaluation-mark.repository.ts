import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

export interface ReevaluationMark {
  readonly workloadId: string;
  /** Why, as short stable words: fact, owner, component, relation, evidence, drill, registered … */
  readonly triggers: string[];
}

/** SQL of reevaluation_mark. */
@Injectable()
export class ReevaluationMarkRepository extends TenantRepository {
  claim(scope: TenantScope, limit: number): Promise<ReevaluationMark[]> {
    return this.rows<ReevaluationMark>(scope, `
      WITH taken AS (
        SELECT m.workload_id FROM reevaluation_mark m JOIN workload w ON w.tenant_id = m.tenant_id AND w.id = m.workload_id
         WHERE m.tenant_id = $1 ORDER BY m.marked_at, m.workload_id LIMIT $2
           FOR NO KEY UPDATE OF w SKIP LOCKED FOR UPDATE OF m SKIP LOCKED)
      DELETE FROM reevaluation_mark m USING taken t WHERE m.tenant_id = $1 AND m.workload_id = t.workload_id
      RETURNING m.workload_id AS "workloadId", m.reasons AS triggers`, [scope.tenantId, limit]);
  }

  async has(scope: TenantScope, workloadId: string): Promise<boolean> {
    return (await this.row(scope, 'SELECT 1 AS one FROM reevaluation_mark WHERE tenant_id = $1 AND workload_id = $2', [scope.tenantId, workloadId])) !== null;
  }

  /** The workload is locked first: writers take it before they mark it, so nobody waits for each other in a circle. */
  async clear(scope: TenantScope, workloadId: string): Promise<ReevaluationMark | null> {
    await this.execute(scope, 'SELECT 1 FROM workload WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE', [scope.tenantId, workloadId]);
    return this.row<ReevaluationMark>(scope, 'DELETE FROM reevaluation_mark WHERE tenant_id = $1 AND workload_id = $2 RETURNING workload_id AS "workloadId", reasons AS triggers', [scope.tenantId, workloadId]);
  }
}
