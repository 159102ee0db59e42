import { Injectable } from '@nestjs/common';
import type { Lifecycle, RiskTier, Stage } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { type SqlValue, TenantRepository } from '@roster/platform-database';
import { firstTrailIdAt, type JsonValue } from '@roster/trail';
import type { PackScope } from '../pack/pack-request.js';

export type JsonRecord = Record<string, JsonValue>;

/** A workload as it was known at an instant, with all its columns. */
export interface SourceWorkload {
  readonly id: string;
  readonly key: string;
  readonly columns: JsonRecord;
}
/** Something that belongs to a workload. */
export interface SourceRow {
  readonly workloadId: string;
  readonly row: JsonRecord;
}
export interface SourceEvidenceCounts {
  readonly files: number;
  readonly bytes: number;
  /** Left out: no file is held. */
  readonly addresses: number;
  /** Left out: not every check had passed. */
  readonly quarantined: number;
  /** Left out: a check found it harmful, or its bytes are not to be handed out. */
  readonly refused: number;
}
export interface SourceIndexRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly team: string | null;
  readonly stage: Stage | null;
  readonly hardening: boolean;
  readonly riskTier: RiskTier | null;
  readonly lifecycle: Lifecycle;
  readonly evidence: number;
}
export interface SourceExclusion {
  readonly id: string;
  readonly key: string;
  readonly reason: 'withdrawn' | 'merged' | 'registered_later' | 'outside_filter';
}

/** Columns that serve the machine: order, visibility, row versions of the history. */
const INTERNAL = ['tenant_id', 'valid', 'changed_by', 'name_sort', 'team_sort', 'business_unit_sort', 'stage_rank', 'risk_rank', 'kind_sort', 'next_review_sort', 'listed', 'reevaluate_at', 'workload_id',
  'missing_evidence', 'missing_sort', 'falls_at', 'falls_sort', 'pii_or_tools', 'registrant_member_id'];
const FILTER_COLUMNS = { stage: 'stage', riskTier: 'risk_tier', lifecycle: 'lifecycle', kind: 'kind', team: 'team', businessUnit: 'business_unit' } as const;

/** The statement behind {@link PackSourceRepository.trailEntries}, so that its plan can be looked at. Ids are in the order of time; entries are found by the index of each workload, so that no others are read. */
export function trailEntriesStatement(scope: TenantScope, wanted: PackScope, from: Date | null, to: Date, asOf: Date, atMost: number): { sql: string; values: SqlValue[] } {
  const last = to < asOf ? to : asOf;
  const values: SqlValue[] = [scope.tenantId, asOf, from === null ? null : firstTrailIdAt(from), firstTrailIdAt(new Date(last.getTime() + 1)), atMost + 1];
  const time = `e.id < $4::uuid${from === null ? ' AND $3::uuid IS NULL' : ' AND e.id >= $3::uuid'}`;
  // The instant is always named, so that the parameter has a use in both forms.
  const found = wanted.kind === 'all' ? `SELECT FROM trail_entry e WHERE e.tenant_id = $1 AND ${time} AND $2::timestamptz IS NOT NULL LIMIT $5`
    : `SELECT FROM (SELECT w.id FROM workload_history w WHERE ${POPULATED} AND ${matching(wanted, values)}) p
        CROSS JOIN LATERAL (SELECT FROM trail_entry e WHERE e.tenant_id = $1 AND e.workload_id = p.id AND ${time} LIMIT $5) e LIMIT $5`;
  return { sql: `SELECT count(*)::float8 AS n FROM (${found}) f`, values };
}

/**
 * Reads what a pack shows, as it was known at an instant. Only what has no public query that answers as of an instant: histories kept by
 * trigger, and rows that are never overwritten. Read-only, in one snapshot.
 */
@Injectable()
export class PackSourceRepository extends TenantRepository {
  /** The population in the order of keys, in batches. */
  workloads(scope: TenantScope, wanted: PackScope, asOf: Date, batchSize: number): AsyncGenerator<SourceWorkload[]> {
    const values: SqlValue[] = [scope.tenantId, asOf];
    return this.batches(scope,
      `SELECT w.id, w.key, to_jsonb(w) - $${values.push(INTERNAL)}::text[] AS columns FROM workload_history w WHERE ${POPULATED} AND ${matching(wanted, values)} ORDER BY w.key COLLATE "C"`, values, batchSize);
  }

  async countWorkloads(scope: TenantScope, wanted: PackScope, asOf: Date): Promise<number> {
    const values: SqlValue[] = [scope.tenantId, asOf];
    const row = await this.row<{ n: number }>(scope, `SELECT count(*)::float8 AS n FROM workload_history w WHERE ${POPULATED} AND ${matching(wanted, values)}`, values);
    return row?.n ?? 0;
  }

  /** What was on the inventory, or was asked for by name, and is not in the population; each with its reason. */
  exclusions(scope: TenantScope, wanted: PackScope, asOf: Date): Promise<SourceExclusion[]> {
    const { sql, values } = excluded(scope, wanted, asOf);
    return this.rows(scope, `${sql} ORDER BY key`, values);
  }

  /** How many {@link exclusions} there are of each reason. */
  async countExclusions(scope: TenantScope, wanted: PackScope, asOf: Date): Promise<Readonly<Record<SourceExclusion['reason'], number>>> {
    const { sql, values } = excluded(scope, wanted, asOf);
    const rows = await this.rows<{ reason: SourceExclusion['reason']; n: number }>(scope, `SELECT reason, count(*)::float8 AS n FROM (${sql}) e GROUP BY reason`, values);
    return { withdrawn: 0, merged: 0, registered_later: 0, outside_filter: 0, ...Object.fromEntries(rows.map(({ reason, n }) => [reason, n])) };
  }

  /** Files that would go into a pack, and versions that would not with the reason. The rules are those of {@link PackContent}. */
  async evidence(scope: TenantScope, wanted: PackScope, asOf: Date): Promise<SourceEvidenceCounts> {
    const values: SqlValue[] = [scope.tenantId, asOf];
    const population = `SELECT w.id FROM workload_history w WHERE ${POPULATED} AND ${matching(wanted, values)}`;
    const row = await this.row<SourceEvidenceCounts>(scope,
      `WITH items AS (SELECT DISTINCT l.item_id FROM evidence_link l WHERE l.tenant_id = $1 AND l.proposed_at <= $2 AND (l.removed_at IS NULL OR l.removed_at > $2) AND l.workload_id IN (${population})),
            versions AS (SELECT v.url, b.size, b.scan_status IN ('clean', 'not_scanned') AND b.storage_key IS NOT NULL AS stored,
                                CASE WHEN v.decided_at <= $2 THEN v.status WHEN v.checked_at IS NULL OR v.checked_at > $2 THEN 'quarantined' WHEN v.status = 'refused' THEN 'refused' ELSE 'submitted' END AS status
                           FROM items JOIN evidence_version v ON v.tenant_id = $1 AND v.item_id = items.item_id AND v.submitted_at <= $2 LEFT JOIN evidence_blob b ON b.tenant_id = v.tenant_id AND b.sha256 = v.sha256)
       SELECT count(*) FILTER (WHERE shown)::float8 AS files, coalesce(sum(size) FILTER (WHERE shown), 0)::float8 AS bytes,
              count(*) FILTER (WHERE NOT shown AND url IS NOT NULL)::float8 AS addresses, count(*) FILTER (WHERE NOT shown AND url IS NULL AND status = 'quarantined')::float8 AS quarantined,
              count(*) FILTER (WHERE NOT shown AND url IS NULL AND status <> 'quarantined')::float8 AS refused
         FROM (SELECT *, coalesce(stored AND status NOT IN ('quarantined', 'refused'), false) AS shown FROM versions) v`, values);
    return row ?? { files: 0, bytes: 0, addresses: 0, quarantined: 0, refused: 0 };
  }

  /**
   * Trail entries of the population (entries about their evidence and reviews come on top), or of the whole organization.
   * @param atMost counted at most; what is more is not read
   * @returns the number, or one more than `atMost` when there are more
   */
  async trailEntries(scope: TenantScope, wanted: PackScope, from: Date | null, to: Date, asOf: Date, atMost: number): Promise<number> {
    const { sql, values } = trailEntriesStatement(scope, wanted, from, to, asOf, atMost);
    return (await this.row<{ n: number }>(scope, sql, values))?.n ?? 0;
  }

  /** Workloads of a pack in the order of keys. @param after key of the last one of the page before */
  index(scope: TenantScope, wanted: PackScope, asOf: Date, after: string | null, limit: number): Promise<SourceIndexRow[]> {
    const values: SqlValue[] = [scope.tenantId, asOf];
    const population = `${POPULATED} AND ${matching(wanted, values)}`;
    const later = after === null ? '' : ` AND w.key COLLATE "C" > $${values.push(after)}`;
    return this.rows(scope,
      `SELECT w.id, w.key, w.name, w.team, w.stage, w.hardening, w.risk_tier AS "riskTier", w.lifecycle,
              (SELECT count(DISTINCT l.item_id)::int FROM evidence_link l WHERE l.tenant_id = $1 AND l.workload_id = w.id AND l.proposed_at <= $2 AND (l.removed_at IS NULL OR l.removed_at > $2)) AS evidence
         FROM (SELECT * FROM workload_history w WHERE ${population}${later} ORDER BY w.key COLLATE "C" LIMIT $${values.push(limit)}) w ORDER BY w.key COLLATE "C"`, values);
  }

  facts(scope: TenantScope, ids: readonly string[], asOf: Date): Promise<SourceRow[]> {
    return this.historyRows(scope, 'workload_fact_history', 'h.fact, h.provenance', ids, asOf);
  }

  owners(scope: TenantScope, ids: readonly string[], asOf: Date): Promise<SourceRow[]> {
    return this.historyRows(scope, 'owner_assignment_history', 'h.role, h.domain_key, h.position, h.id', ids, asOf);
  }

  tools(scope: TenantScope, ids: readonly string[], asOf: Date): Promise<SourceRow[]> {
    return this.historyRows(scope, 'tool_grant_history', 'h.name, h.scope', ids, asOf);
  }

  relations(scope: TenantScope, ids: readonly string[], asOf: Date): Promise<SourceRow[]> {
    return this.historyRows(scope, 'workload_relation_history', 'h.type, h.other_workload_id', ids, asOf);
  }

  breakGlass(scope: TenantScope, ids: readonly string[], asOf: Date): Promise<SourceRow[]> {
    return this.historyRows(scope, 'break_glass_history', 'h.granted_at, h.id', ids, asOf);
  }

  /** Which components a workload had at the instant; what a component is has no history and is read as it is now. */
  components(scope: TenantScope, ids: readonly string[], asOf: Date): Promise<SourceRow[]> {
    return this.rows(scope,
      `SELECT h.workload_id AS "workloadId", (to_jsonb(c) - ARRAY['tenant_id', 'version', 'created_at', 'updated_at']) || jsonb_build_object('usage', h.usage, 'added_at', h.added_at) AS row
         FROM workload_component_history h JOIN component c ON c.tenant_id = h.tenant_id AND c.id = h.component_id
        WHERE h.tenant_id = $1 AND h.workload_id = ANY($2::uuid[]) AND h.valid @> $3::timestamptz ORDER BY h.workload_id, c.type, c.provider, c.name, c.pinned_version`, [scope.tenantId, ids, asOf]);
  }

  /** The newest result of each workload with its whole trace. */
  classifications(scope: TenantScope, ids: readonly string[], asOf: Date): Promise<SourceRow[]> {
    return this.rows(scope,
      `SELECT DISTINCT ON (c.workload_id) c.workload_id AS "workloadId", to_jsonb(c) - ARRAY['tenant_id', 'workload_id'] AS row
         FROM classification c WHERE c.tenant_id = $1 AND c.workload_id = ANY($2::uuid[]) AND c.decided_at <= $3 ORDER BY c.workload_id, c.decided_at DESC, c.number DESC`, [scope.tenantId, ids, asOf]);
  }

  /** All results of the period without their traces, oldest first. */
  timeline(scope: TenantScope, ids: readonly string[], from: Date | null, to: Date): Promise<SourceRow[]> {
    return this.rows(scope,
      `SELECT c.workload_id AS "workloadId", to_jsonb(c) - ARRAY['tenant_id', 'workload_id', 'trace'] AS row
         FROM classification c WHERE c.tenant_id = $1 AND c.workload_id = ANY($2::uuid[]) AND c.decided_at <= $3 AND ($4::timestamptz IS NULL OR c.decided_at >= $4) ORDER BY c.workload_id, c.decided_at, c.number`,
      [scope.tenantId, ids, to, from]);
  }

  drills(scope: TenantScope, ids: readonly string[], from: Date | null, to: Date): Promise<SourceRow[]> {
    return this.rows(scope,
      `SELECT d.workload_id AS "workloadId", to_jsonb(d) - ARRAY['tenant_id', 'workload_id'] AS row
         FROM drill d WHERE d.tenant_id = $1 AND d.workload_id = ANY($2::uuid[]) AND d.recorded_at <= $3 AND ($4::timestamptz IS NULL OR d.recorded_at >= $4) ORDER BY d.workload_id, d.recorded_at, d.id`,
      [scope.tenantId, ids, to, from]);
  }

  /** Reviews that were open at the instant or closed in the period, with findings, actions and what triggered them. */
  reviews(scope: TenantScope, ids: readonly string[], from: Date | null, asOf: Date): Promise<SourceRow[]> {
    return this.rows(scope,
      `SELECT r.workload_id AS "workloadId", (to_jsonb(r) - ARRAY['tenant_id', 'workload_id', 'valid', 'changed_by', 'fence', 'attempts', 'claimed_at', 'dead_letter_at', 'next_reminder_at'])
                || jsonb_build_object('findings', coalesce(f.rows, '[]'), 'actions', coalesce(a.rows, '[]'), 'triggers', coalesce(t.rows, '[]')) AS row
         FROM review_history r
         LEFT JOIN LATERAL (SELECT jsonb_agg(to_jsonb(x) - ARRAY['tenant_id', 'review_id'] ORDER BY x.id) AS rows FROM review_finding x
                             WHERE x.tenant_id = r.tenant_id AND x.review_id = r.id AND x.created_at <= $3) f ON true
         LEFT JOIN LATERAL (SELECT jsonb_agg(to_jsonb(x) - ARRAY['tenant_id', 'workload_id', 'review_id', 'valid', 'changed_by'] ORDER BY x.id) AS rows FROM action_history x
                             WHERE x.tenant_id = r.tenant_id AND x.review_id = r.id AND x.workload_id = r.workload_id AND x.valid @> $3::timestamptz) a ON true
         LEFT JOIN LATERAL (SELECT jsonb_agg(to_jsonb(x) - ARRAY['tenant_id', 'review_id'] ORDER BY x.at, x.key) AS rows FROM review_trigger x
                             WHERE x.tenant_id = r.tenant_id AND x.review_id = r.id AND x.at <= $3) t ON true
        WHERE r.tenant_id = $1 AND r.workload_id = ANY($2::uuid[]) AND r.valid @> $3::timestamptz AND ($4::timestamptz IS NULL OR r.closed_at IS NULL OR r.closed_at >= $4)
        ORDER BY r.workload_id, r.due_at, r.id`, [scope.tenantId, ids, asOf, from]);
  }

  private historyRows(scope: TenantScope, table: string, order: string, ids: readonly string[], asOf: Date): Promise<SourceRow[]> {
    return this.rows(scope,
      `SELECT h.workload_id AS "workloadId", to_jsonb(h) - $4::text[] AS row FROM ${table} h
        WHERE h.tenant_id = $1 AND h.workload_id = ANY($2::uuid[]) AND h.valid @> $3::timestamptz ORDER BY h.workload_id, ${order}`, [scope.tenantId, ids, asOf, INTERNAL]);
  }
}

/** On the inventory at the instant: $1 organization, $2 instant. */
const POPULATED = 'w.tenant_id = $1 AND w.valid @> $2::timestamptz AND w.listed';

/** The condition of a scope over `w`; its parameters are added to `values`. */
const matching = (wanted: PackScope, values: SqlValue[]): string => {
  if (wanted.kind === 'workloads') return `w.id = ANY($${values.push(wanted.ids)}::uuid[])`;
  if (wanted.kind === 'all') return 'true';
  const conditions = (Object.entries(FILTER_COLUMNS) as [keyof typeof FILTER_COLUMNS, string][]).flatMap(([name, column]) => {
    const choices = wanted.filter[name];
    // NULL matches nothing: what is not known is not in a population that asks for a value.
    return choices === undefined ? [] : [`coalesce(w.${column} = ANY($${values.push(choices)}::text[]), false)`];
  });
  return conditions.length === 0 ? 'true' : `(${conditions.join(' AND ')})`;
};

/** What is not in the population: ids, keys and reasons. */
function excluded(scope: TenantScope, wanted: PackScope, asOf: Date): { sql: string; values: SqlValue[] } {
  const values: SqlValue[] = [scope.tenantId, asOf];
  const named = `$${values.push(wanted.kind === 'workloads' ? wanted.ids : null)}::uuid[]`;
  const sql =
    `SELECT w.id, w.key, CASE WHEN w.withdrawn_at IS NOT NULL THEN 'withdrawn' WHEN w.merged_into_id IS NOT NULL THEN 'merged' ELSE 'outside_filter' END AS reason
       FROM workload_history w WHERE w.tenant_id = $1 AND w.valid @> $2::timestamptz AND (${named} IS NULL OR w.id = ANY(${named})) AND NOT (w.listed AND ${matching(wanted, values)})
     UNION ALL
     SELECT w.id, w.key, 'registered_later' FROM workload w WHERE w.tenant_id = $1 AND w.id = ANY(${named})
       AND NOT EXISTS (SELECT FROM workload_history h WHERE h.tenant_id = w.tenant_id AND h.id = w.id AND h.valid @> $2::timestamptz)`;
  return { sql, values };
}
