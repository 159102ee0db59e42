import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

/** The first time a step was done, and for which workload. */
export interface DoneRow {
  readonly at: Date;
  /** Name of who did it. */
  readonly by: string | null;
  readonly key: string | null;
  readonly name: string | null;
}

export interface WorkloadName {
  readonly key: string;
  readonly name: string;
}

/** Workloads of the organization's own: what the sample data brought counts for nothing here. Ids are time-ordered, so the primary key is the order of time. */
const OWN = `w.tenant_id = $1 AND w.listed AND w.lifecycle <> 'retired' AND ($2::uuid IS NULL OR w.import_id IS DISTINCT FROM $2::uuid)`;

/** SQL of the checklist: how far an organization has come, from what is really there. Each query walks an index of what is done and stops at the first row. */
@Injectable()
export class OnboardingRepository extends TenantRepository {
  registered(scope: TenantScope, sampleImport: string | null): Promise<DoneRow | null> {
    return this.row(scope, `
      SELECT w.registered_at AS at, w.registered_by ->> 'name' AS by, w.key, w.name FROM workload w WHERE ${OWN} ORDER BY w.id LIMIT 1`, [scope.tenantId, sampleImport]);
  }

  owned(scope: TenantScope, sampleImport: string | null): Promise<DoneRow | null> {
    return this.row(scope, `
      SELECT a.effective_from AS at, m.name AS by, w.key, w.name FROM owner_assignment a JOIN workload w ON w.tenant_id = a.tenant_id AND w.id = a.workload_id
        LEFT JOIN member m ON m.tenant_id = a.tenant_id AND m.id = a.member_id
       WHERE a.tenant_id = $1 AND a.status = 'accepted' AND ${OWN} ORDER BY a.effective_from, a.id LIMIT 1`, [scope.tenantId, sampleImport]);
  }

  /** @param sampleSubmitter name under which the system submits sample data */
  proven(scope: TenantScope, sampleSubmitter: string): Promise<DoneRow | null> {
    return this.row(scope, `
      SELECT i.created_at AS at, i.created_by ->> 'name' AS by, w.key, w.name
        FROM evidence_item i
        LEFT JOIN LATERAL (SELECT l.workload_id FROM evidence_link l WHERE l.tenant_id = i.tenant_id AND l.item_id = i.id AND l.removed_at IS NULL ORDER BY l.id LIMIT 1) l ON true
        LEFT JOIN workload w ON w.tenant_id = i.tenant_id AND w.id = l.workload_id
       WHERE i.tenant_id = $1 AND i.withdrawn_at IS NULL AND NOT (i.created_by ->> 'type' = 'system' AND i.created_by ->> 'name' = $2) ORDER BY i.id LIMIT 1`, [scope.tenantId, sampleSubmitter]);
  }

  /** A stage that rests on answers: one that an unknown decided is not a classification yet. */
  classified(scope: TenantScope, sampleImport: string | null): Promise<DoneRow | null> {
    return this.row(scope, `
      SELECT (SELECT c.decided_at FROM classification c WHERE c.tenant_id = $1 AND c.workload_id = w.id AND NOT c.undetermined ORDER BY c.decided_at, c.number LIMIT 1) AS at, NULL AS by, w.key, w.name
        FROM workload w WHERE ${OWN} AND w.stage IS NOT NULL AND NOT w.undetermined ORDER BY w.id LIMIT 1`, [scope.tenantId, sampleImport]);
  }

  scheduled(scope: TenantScope, sampleImport: string | null): Promise<DoneRow | null> {
    return this.row(scope, `
      SELECT r.created_at AS at, NULL AS by, w.key, w.name FROM review r JOIN workload w ON w.tenant_id = r.tenant_id AND w.id = r.workload_id
       WHERE r.tenant_id = $1 AND ${OWN} ORDER BY r.id LIMIT 1`, [scope.tenantId, sampleImport]);
  }

  /** The workload that was registered last: where the next step is taken. */
  latest(scope: TenantScope, sampleImport: string | null): Promise<WorkloadName | null> {
    return this.row(scope, `SELECT w.key, w.name FROM workload w WHERE ${OWN} ORDER BY w.id DESC LIMIT 1`, [scope.tenantId, sampleImport]);
  }

  async dismissedAt(scope: TenantScope, memberId: string): Promise<Date | null> {
    return (await this.row<{ at: Date }>(scope, `SELECT dismissed_at AS at FROM onboarding_dismissal WHERE tenant_id = $1 AND member_id = $2`, [scope.tenantId, memberId]))?.at ?? null;
  }

  async dismiss(scope: TenantScope, memberId: string, at: Date): Promise<void> {
    await this.execute(scope, `
      INSERT INTO onboarding_dismissal (tenant_id, member_id, dismissed_at) VALUES ($1, $2, $3) ON CONFLICT (tenant_id, member_id) DO NOTHING`, [scope.tenantId, memberId, at]);
  }

  async bringBack(scope: TenantScope, memberId: string): Promise<void> {
    await this.execute(scope, `DELETE FROM onboarding_dismissal WHERE tenant_id = $1 AND member_id = $2`, [scope.tenantId, memberId]);
  }
}
