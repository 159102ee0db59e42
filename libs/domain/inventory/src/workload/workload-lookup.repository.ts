import { Injectable } from '@nestjs/common';
import type { Lifecycle, RiskTier, Stage } from '@roster/contracts';
import { isId, type TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

/** What other areas need to know of a workload to attach something to it. */
export interface WorkloadReference {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly version: number;
  readonly riskTier: RiskTier | null;
  readonly lifecycle: Lifecycle;
  /** Null until classified for the first time. */
  readonly stage: Stage | null;
  readonly frozen: boolean;
  /** The accepted risk owner; null while nobody has accepted. */
  readonly riskOwnerMemberId: string | null;
}

const looksLikeId = (name: string): boolean => isId(name);

/** Finding workloads by what people and pipelines call them. */
@Injectable()
export class WorkloadLookupRepository extends TenantRepository {
  /** @param names keys in any case, or ids */
  async find(scope: TenantScope, names: readonly string[]): Promise<Map<string, WorkloadReference>> {
    const asked = [...new Set(names)];
    const ids = asked.filter(looksLikeId).map((id) => id.toLowerCase());
    const keys = asked.filter((name) => !looksLikeId(name)).map((key) => key.toUpperCase());
    const rows = await this.rows<WorkloadReference & { askedKey: string; askedId: string }>(scope, `
      SELECT asked.key AS "askedKey", asked.id AS "askedId", w.id, w.key, w.name, w.version, w.risk_tier AS "riskTier", w.lifecycle, w.stage, w.frozen,
             CASE WHEN w.risk_owner_status = 'accepted' THEN w.risk_owner_member_id END AS "riskOwnerMemberId"
        FROM (SELECT id, key, merged_into_id FROM workload WHERE tenant_id = $1 AND id = ANY ($2::uuid[])
              UNION SELECT id, key, merged_into_id FROM workload WHERE tenant_id = $1 AND key = ANY ($3::text[])) asked
        JOIN workload w ON w.tenant_id = $1 AND w.id = coalesce(asked.merged_into_id, asked.id)
       WHERE w.listed`, [scope.tenantId, ids, keys]);
    const byId = new Map(rows.map((row) => [row.askedId, row]));
    const byKey = new Map(rows.map((row) => [row.askedKey, row]));
    return new Map(asked.flatMap((name) => {
      const row = looksLikeId(name) ? byId.get(name.toLowerCase()) : byKey.get(name.toUpperCase());
      if (!row) return [];
      const { askedKey: _key, askedId: _id, ...reference } = row;
      return [[name, reference]];
    }));
  }
}
