import { Injectable } from '@nestjs/common';
import type { ConcentrationDimension, EvidenceKind, Stage } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { StageWeek, WeekChange } from './trend.js';

export interface FunnelRow {
  readonly stage: Stage | null;
  readonly hardening: boolean;
  readonly count: number;
}
export interface MovementRow {
  readonly from: Stage | null;
  readonly to: Stage;
  readonly count: number;
}
export interface InventoryCounts {
  readonly total: number;
  readonly unowned: number;
  readonly incomplete: number;
  readonly frozen: number;
  readonly undetermined: number;
  readonly unclassified: number;
}
export interface ConcentrationRow {
  readonly dimension: ConcentrationDimension;
  readonly id: string;
  readonly name: string;
  readonly workloads: number;
}
export interface FallRow {
  readonly workloadId: string;
  readonly key: string;
  readonly name: string;
  readonly fallsAt: Date;
  readonly from: Stage;
  readonly to: Stage;
}

export interface StageChangeRow {
  readonly id: string;
  readonly at: Date;
  readonly key: string;
  readonly name: string;
  readonly from: Stage | null;
  readonly to: Stage;
}
export interface StageChangeFilter {
  readonly since: Date;
  /** Stages before; null in the list = first classification. */
  readonly from: readonly (Stage | null)[] | null;
  readonly to: readonly Stage[] | null;
  readonly after: readonly [at: string, id: string] | null;
  readonly limit: number;
}
export interface DecayDayRow {
  readonly date: string;
  readonly expiring: number;
  readonly falls: number;
}
export interface ExpiringRow {
  readonly itemId: string;
  readonly version: number;
  readonly kind: EvidenceKind;
  readonly title: string;
  readonly expiresAt: Date;
  readonly workloads: number;
  readonly first: { readonly key: string; readonly name: string }[];
}

/** Accepted versions that stop counting in a period, of evidence that was not withdrawn, and that no later accepted version replaces: $1 organization, $2 from, $3 to. */
const EXPIRING = `evidence_version v WHERE v.tenant_id = $1 AND v.status = 'accepted' AND v.expires_at > $2 AND v.expires_at <= $3
         AND NOT EXISTS (SELECT FROM evidence_version n WHERE n.tenant_id = v.tenant_id AND n.item_id = v.item_id AND n.version > v.version AND n.status = 'accepted')
         AND EXISTS (SELECT FROM evidence_item w WHERE w.tenant_id = v.tenant_id AND w.id = v.item_id AND w.withdrawn_at IS NULL)`;
/** Which of the last weeks an instant lies in, counted backwards from $2: 1 are the last seven days. */
const weekOf = (column: string): string => `ceil(extract(epoch FROM ($2::timestamptz - ${column})) / 604800)::int`;

/** Read-only sums across the rooms. It writes nothing and no other area reads it. */
@Injectable()
export class PortfolioRepository extends TenantRepository {
  funnel(scope: TenantScope): Promise<FunnelRow[]> {
    return this.rows(scope, `SELECT stage, hardening, count(*)::int AS count FROM workload WHERE tenant_id = $1 AND listed AND lifecycle <> 'retired' GROUP BY stage, hardening`, [scope.tenantId]);
  }

  /** Changes of stage since an instant, first classifications included (`from` is then null). */
  movement(scope: TenantScope, since: Date): Promise<MovementRow[]> {
    return this.rows(scope,
      `SELECT p.stage AS "from", c.stage AS "to", count(*)::int AS count FROM classification c LEFT JOIN classification p ON p.tenant_id = c.tenant_id AND p.id = c.previous_id
       WHERE c.tenant_id = $1 AND c.decided_at >= $2 AND p.stage IS DISTINCT FROM c.stage GROUP BY p.stage, c.stage`, [scope.tenantId, since]);
  }

  async counts(scope: TenantScope): Promise<InventoryCounts> {
    const row = await this.row<InventoryCounts>(scope,
      `SELECT count(*)::int AS total, count(*) FILTER (WHERE unowned)::int AS unowned, count(*) FILTER (WHERE incomplete)::int AS incomplete, count(*) FILTER (WHERE frozen)::int AS frozen,
         count(*) FILTER (WHERE undetermined)::int AS undetermined, count(*) FILTER (WHERE stage IS NULL)::int AS unclassified
       FROM workload WHERE tenant_id = $1 AND listed AND lifecycle <> 'retired'`, [scope.tenantId]);
    return row ?? { total: 0, unowned: 0, incomplete: 0, frozen: 0, undetermined: 0, unclassified: 0 };
  }

  /** What most workloads in production (or scaled) lean on, the most used first. @param limit rows per dimension */
  concentration(scope: TenantScope, limit: number): Promise<ConcentrationRow[]> {
    return this.rows(scope,
      `WITH live AS MATERIALIZED (SELECT id, risk_owner_member_id, jurisdictions FROM workload WHERE tenant_id = $1 AND listed AND lifecycle <> 'retired' AND stage IN ('production', 'scaled')),
       used AS MATERIALIZED (SELECT wc.workload_id, c.id, c.type, c.name, c.provider FROM workload_component wc JOIN live ON live.id = wc.workload_id
                JOIN component c ON c.tenant_id = $1 AND c.id = wc.component_id WHERE wc.tenant_id = $1)
       (SELECT 'model' AS dimension, id::text, min(name) AS name, count(DISTINCT workload_id)::int AS workloads FROM used WHERE type = 'model' GROUP BY id ORDER BY workloads DESC, name LIMIT $2)
       UNION ALL
       (SELECT 'component', id::text, min(name) AS name, count(DISTINCT workload_id)::int AS workloads FROM used WHERE type <> 'model' GROUP BY id ORDER BY workloads DESC, name LIMIT $2)
       UNION ALL
       (SELECT 'provider', lower(provider), min(provider) AS name, count(DISTINCT workload_id)::int AS workloads FROM used WHERE provider <> '' GROUP BY lower(provider) ORDER BY workloads DESC, name LIMIT $2)
       UNION ALL
       (SELECT 'risk_owner', m.id::text, m.name, count(*)::int AS workloads FROM live JOIN member m ON m.tenant_id = $1 AND m.id = live.risk_owner_member_id GROUP BY m.id, m.name ORDER BY workloads DESC, m.name LIMIT $2)
       UNION ALL
       (SELECT 'region', lower(j), min(j) AS name, count(DISTINCT live.id)::int AS workloads FROM live, unnest(live.jurisdictions) j GROUP BY lower(j) ORDER BY workloads DESC, name LIMIT $2)`,
      [scope.tenantId, limit]);
  }

  /** Open reviews whose due day is over. */
  async overdueReviews(scope: TenantScope, now: Date): Promise<number> {
    return (await this.row<{ count: number }>(scope, `SELECT count(*)::int AS count FROM review WHERE tenant_id = $1 AND closed_at IS NULL AND overdue_at <= $2`, [scope.tenantId, now]))?.count ?? 0;
  }

  /** The next falls of stage, soonest first. */
  falls(scope: TenantScope, until: Date, limit: number): Promise<FallRow[]> {
    return this.rows(scope,
      `SELECT f.workload_id AS "workloadId", w.key, w.name, f.falls_at AS "fallsAt", f.from_stage AS "from", f.to_stage AS "to"
       FROM classification_forecast f JOIN workload w ON w.tenant_id = f.tenant_id AND w.id = f.workload_id
       WHERE f.tenant_id = $1 AND f.falls_at <= $2 AND w.listed ORDER BY f.falls_at, f.workload_id LIMIT $3`, [scope.tenantId, until, limit]);
  }

  async countFalls(scope: TenantScope, until: Date): Promise<number> {
    return (await this.row<{ count: number }>(scope, `SELECT count(*)::int AS count FROM classification_forecast WHERE tenant_id = $1 AND falls_at <= $2`, [scope.tenantId, until]))?.count ?? 0;
  }

  async expiringEvidence(scope: TenantScope, now: Date, until: Date): Promise<number> {
    const row = await this.row<{ count: number }>(scope,
      `SELECT count(*)::int AS count FROM ${EXPIRING}`, [scope.tenantId, now, until]);
    return row?.count ?? 0;
  }

  /** Changes of stage, newest first; one row more than the limit. */
  stageChanges(scope: TenantScope, { since, from, to, after, limit }: StageChangeFilter): Promise<StageChangeRow[]> {
    return this.rows(scope,
      `SELECT c.id, c.decided_at AS at, w.key, w.name, p.stage AS "from", c.stage AS "to"
         FROM classification c LEFT JOIN classification p ON p.tenant_id = c.tenant_id AND p.id = c.previous_id JOIN workload w ON w.tenant_id = c.tenant_id AND w.id = c.workload_id AND w.listed
        WHERE c.tenant_id = $1 AND c.decided_at >= $2 AND p.stage IS DISTINCT FROM c.stage
          AND ($3::text[] IS NULL OR coalesce(p.stage, '') = ANY ($3)) AND ($4::text[] IS NULL OR c.stage = ANY ($4))
          AND ($5::timestamptz IS NULL OR (c.decided_at, c.id) < ($5, $6::uuid))
        ORDER BY c.decided_at DESC, c.id DESC LIMIT $7`,
      [scope.tenantId, since, from === null ? null : from.map((stage) => stage ?? ''), to, after?.[0] ?? null, after?.[1] ?? null, limit + 1]);
  }

  /** Changes of stage by the week they happened in, those who left the inventory as changes to null. @param now end of week 1 */
  stageWeeks(scope: TenantScope, now: Date, since: Date): Promise<StageWeek[]> {
    return this.rows(scope,
      `SELECT ${weekOf('c.decided_at')} AS week, p.stage AS "from", c.stage AS "to", count(*)::int AS count
         FROM classification c LEFT JOIN classification p ON p.tenant_id = c.tenant_id AND p.id = c.previous_id JOIN workload w ON w.tenant_id = c.tenant_id AND w.id = c.workload_id AND w.listed
        WHERE c.tenant_id = $1 AND c.decided_at > $3 AND c.decided_at < $2 AND p.stage IS DISTINCT FROM c.stage GROUP BY 1, 2, 3
       UNION ALL
       SELECT ${weekOf('w.retired_at')}, w.stage, NULL, count(*)::int
         FROM workload w WHERE w.tenant_id = $1 AND w.listed AND w.lifecycle = 'retired' AND w.retired_at > $3 AND w.retired_at < $2 AND w.stage IS NOT NULL GROUP BY 1, 2`, [scope.tenantId, now, since]);
  }

  /** Reviews that passed their due day, and that were closed after it, by week. @param now end of week 1 */
  async overdueWeeks(scope: TenantScope, now: Date, since: Date): Promise<{ became: WeekChange[]; ended: WeekChange[] }> {
    const rows = await this.rows<WeekChange & { what: 'became' | 'ended' }>(scope,
      `SELECT 'became' AS what, ${weekOf('overdue_at')} AS week, count(*)::int AS count
         FROM review WHERE tenant_id = $1 AND overdue_at > $3 AND overdue_at < $2 AND (closed_at IS NULL OR closed_at > overdue_at) GROUP BY 2
       UNION ALL
       SELECT 'ended', ${weekOf('closed_at')}, count(*)::int FROM review WHERE tenant_id = $1 AND closed_at > $3 AND closed_at < $2 AND closed_at > overdue_at GROUP BY 2`, [scope.tenantId, now, since]);
    return { became: rows.filter(({ what }) => what === 'became'), ended: rows.filter(({ what }) => what === 'ended') };
  }

  /** Days of a period on which evidence expires or workloads fall. @param timeZone in which days are days */
  decayDays(scope: TenantScope, from: Date, to: Date, timeZone: string): Promise<DecayDayRow[]> {
    return this.rows(scope,
      `SELECT to_char(at AT TIME ZONE $4, 'YYYY-MM-DD') AS date, count(*) FILTER (WHERE expires)::int AS expiring, count(*) FILTER (WHERE NOT expires)::int AS falls
         FROM (SELECT v.expires_at AS at, true AS expires FROM ${EXPIRING}
               UNION ALL SELECT f.falls_at, false FROM classification_forecast f JOIN workload w ON w.tenant_id = f.tenant_id AND w.id = f.workload_id AND w.listed AND w.lifecycle <> 'retired'
                          WHERE f.tenant_id = $1 AND f.falls_at > $2 AND f.falls_at <= $3) x GROUP BY 1 ORDER BY 1`, [scope.tenantId, from, to, timeZone]);
  }

  /** Evidence that expires in a period, soonest first. */
  expiring(scope: TenantScope, from: Date, to: Date, limit: number): Promise<ExpiringRow[]> {
    return this.rows(scope,
      `SELECT v.item_id AS "itemId", v.version, i.kind, i.title, v.expires_at AS "expiresAt", l.workloads, l.first
         FROM (SELECT v.* FROM ${EXPIRING} ORDER BY v.expires_at, v.item_id, v.version LIMIT $4) v
         JOIN evidence_item i ON i.tenant_id = $1 AND i.id = v.item_id
         CROSS JOIN LATERAL (SELECT count(*)::int AS workloads, coalesce((json_agg(json_build_object('key', w.key, 'name', w.name) ORDER BY w.key) FILTER (WHERE w.place <= 3)), '[]') AS first
                               FROM (SELECT w.key, w.name, row_number() OVER (ORDER BY w.key) AS place FROM workload w WHERE w.tenant_id = $1 AND w.listed AND w.lifecycle <> 'retired'
                                        AND w.id IN (SELECT l.workload_id FROM evidence_link l WHERE l.tenant_id = $1 AND l.item_id = v.item_id AND l.removed_at IS NULL AND l.status = 'accepted')) w) l
        ORDER BY v.expires_at, v.item_id, v.version`, [scope.tenantId, from, to, limit]);
  }
}
