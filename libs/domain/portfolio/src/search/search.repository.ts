import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { EvidenceHitDto, MemberHitDto, WorkloadHitDto } from './search.dto.js';

/** So many matches are looked at to find the best few; who wants all of them asks the list. */
const LOOKED_AT = 300;
const WORKLOAD = 'w.id, w.key, w.name, w.team, w.stage, w.hardening, w.undetermined, w.frozen, w.risk_tier AS "riskTier", w.lifecycle';

/** Looking for something across the areas. Reads only. */
@Injectable()
export class SearchRepository extends TenantRepository {
  /** Some matches, in no order, the workload with exactly this key among them. */
  async workloads(scope: TenantScope, q: string): Promise<WorkloadHitDto[]> {
    return this.rows<WorkloadHitDto & Record<string, unknown>>(scope, `
      SELECT ${WORKLOAD} FROM workload w
       WHERE w.tenant_id = $1 AND w.listed AND w.id IN (SELECT id FROM workload WHERE tenant_id = $1 AND key = upper($2) UNION SELECT workload_id FROM search_workloads($2, ${LOOKED_AT}))`, [scope.tenantId, q]);
  }

  /** @param limit rows wanted; one more is read */
  members(scope: TenantScope, q: string, limit: number): Promise<MemberHitDto[]> {
    return this.rows<MemberHitDto & Record<string, unknown>>(scope, `
      SELECT id, name, email, status FROM member
       WHERE tenant_id = $1 AND (position(lower($2) IN lower(name)) > 0 OR position(lower($2) IN lower(email)) > 0)
       ORDER BY status, position(lower($2) IN lower(name)) <> 1, lower(name), id LIMIT $3`, [scope.tenantId, q, limit + 1]);
  }

  /** @param limit rows wanted; one more is read */
  evidence(scope: TenantScope, q: string, limit: number): Promise<EvidenceHitDto[]> {
    return this.rows<EvidenceHitDto & Record<string, unknown>>(scope, `
      SELECT id, title, kind, latest_status AS status FROM evidence_item
       WHERE tenant_id = $1 AND position(lower($2) IN lower(title)) > 0 ORDER BY updated_at DESC, id DESC LIMIT $3`, [scope.tenantId, q, limit + 1]);
  }
}
