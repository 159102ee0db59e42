import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { EvidenceHitDto, MemberHitDto, WorkloadHitDto } from './search.dto.js';

/** So many matches are looked at to find the best few; who wants all of them asks the list. */
const LOOKED_AT = 300;
/** So many of each that are best by rule are looked at besides: the name itself, and what begins so. */
const NAMED_SO = 50;
const WORKLOAD = 'w.id, w.key, w.name, w.team, w.stage, w.hardening, w.undetermined, w.frozen, w.risk_tier AS "riskTier", w.lifecycle';

/** Looking for something across the areas. Reads only. */
@Injectable()
export class SearchRepository extends TenantRepository {
  /** Some matches, in no order. What ranks first is always among them: this key, this name, and keys and names that begin so. */
  async workloads(scope: TenantScope, q: string): Promise<WorkloadHitDto[]> {
    return this.rows<WorkloadHitDto & Record<string, unknown>>(scope, `
      SELECT ${WORKLOAD} FROM workload w
       WHERE w.tenant_id = $1 AND w.listed AND w.id IN (
               SELECT id FROM workload WHERE tenant_id = $1 AND key = upper($2)
         UNION (SELECT id FROM workload WHERE tenant_id = $1 AND listed AND name_sort = lower($2) LIMIT ${NAMED_SO})
         UNION (SELECT id FROM workload WHERE tenant_id = $1 AND key >= upper($2) AND key < upper($2) || U&'\\+10FFFF' ORDER BY key LIMIT ${NAMED_SO})
         UNION (SELECT id FROM workload WHERE tenant_id = $1 AND listed AND name_sort >= lower($2) AND name_sort < lower($2) || U&'\\+10FFFF' ORDER BY name_sort LIMIT ${NAMED_SO})
         UNION SELECT workload_id FROM search_workloads($2, ${LOOKED_AT}))`, [scope.tenantId, q]);
  }

  /** @param limit rows wanted; one more is read */
  members(scope: TenantScope, q: string, limit: number): Promise<MemberHitDto[]> {
    return this.rows<MemberHitDto & Record<string, unknown>>(scope, `
      SELECT id, name, email, status FROM member
       WHERE tenant_id = $1 AND (position(lower($2) IN lower(name)) > 0 OR position(lower($2) IN lower(email)) > 0)
       ORDER BY status, position(lower($2) IN lower(name)) <> 1, lower(name), id LIMIT $3`, [scope.tenantId, q, limit + 1]);
  }

  /** By the same words and the same index as the library: title, file name and address. @param limit rows wanted; one more is read */
  evidence(scope: TenantScope, q: string, limit: number): Promise<EvidenceHitDto[]> {
    return this.rows<EvidenceHitDto & Record<string, unknown>>(scope, `
      SELECT id, title, kind, latest_status AS status FROM evidence_item
       WHERE tenant_id = $1 AND withdrawn_at IS NULL AND id IN (SELECT item_id FROM search_evidence($2, ${LOOKED_AT})) ORDER BY updated_at DESC, id DESC LIMIT $3`, [scope.tenantId, q, limit + 1]);
  }
}
