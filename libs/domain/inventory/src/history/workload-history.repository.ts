import { Injectable } from '@nestjs/common';
import type { Actor, TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

export type HistoryPart = 'workload' | 'fact' | 'owner' | 'component' | 'relation' | 'tool_grant';

/** One recorded state of a workload or of something that belongs to it, with the state before. */
export interface HistoryRow extends Record<string, unknown> {
  readonly part: HistoryPart;
  /** Key of the workload the state belongs to: this one, or one that was merged into it. */
  readonly workload: string;
  /** Which fact, slot, component … ; '' for the workload itself. */
  readonly item: string;
  readonly at: Date;
  /** Null for something that was taken away: the trail says by whom. */
  readonly by: Actor | null;
  readonly before: Record<string, unknown> | null;
  readonly after: Record<string, unknown> | null;
}

/** What each part is made of: its table, what identifies an item, how the item is called, and which columns say something. */
const PARTS: readonly { readonly part: HistoryPart; readonly table: string; readonly item: string; readonly label: string; readonly join?: string; readonly state: string; readonly workload?: string }[] = [
  { part: 'workload', table: 'workload_history', item: `''`, label: `''`, state: 'to_jsonb(h)', workload: 'h.id' },
  { part: 'fact', table: 'workload_fact_history', item: `h.fact || ' ' || h.provenance`, label: 'h.fact', state: `jsonb_build_object('value', h.value, 'provenance', h.provenance, 'source', h.source, 'by', h.stated_by)` },
  { part: 'owner', table: 'owner_assignment_history', item: 'h.id::text', label: `CASE h.position WHEN 'deputy' THEN 'deputy ' ELSE '' END || CASE h.role WHEN 'domain_owner' THEN h.domain_key ELSE h.role END`,
    join: 'LEFT JOIN member m ON m.tenant_id = h.tenant_id AND m.id = h.member_id', state: `jsonb_build_object('person', coalesce(m.name, h.invited_email), 'email', coalesce(m.email, h.invited_email), 'status', h.status)` },
  { part: 'component', table: 'workload_component_history', item: 'h.component_id::text', label: `concat_ws(' ', c.type, nullif(c.provider, ''), c.name, nullif(c.pinned_version, ''))`,
    join: 'JOIN component c ON c.tenant_id = h.tenant_id AND c.id = h.component_id', state: `jsonb_build_object('usage', h.usage)` },
  { part: 'relation', table: 'workload_relation_history', item: `h.type || ' ' || h.other_workload_id::text`, label: `h.type || ' ' || o.key`, join: 'JOIN workload o ON o.tenant_id = h.tenant_id AND o.id = h.other_workload_id', state: `jsonb_build_object('note', h.note)` },
  { part: 'tool_grant', table: 'tool_grant_history', item: `h.name || chr(31) || h.scope`, label: `concat_ws(' ', h.name, nullif(h.scope, ''))`, state: `jsonb_build_object('access', h.access)` },
];

/** Recorded states of a workload, from the history tables. */
@Injectable()
export class WorkloadHistoryRepository extends TenantRepository {
  /**
   * Changes newest first, those of workloads merged into this one included.
   * @param after instant, part and item of the last row of the previous page
   * @param until only what had changed by this instant, of what had been merged by then; null for everything
   */
  page(scope: TenantScope, workloadId: string, page: { after: { at: string; position: string } | null; until: Date | null; limit: number }): Promise<(HistoryRow & { readonly position: string })[]> {
    const states = PARTS.map(({ part, table, item, label, join = '', state, workload = 'h.workload_id' }) => `
      SELECT '${part}' AS part, w.key AS workload, ${item} AS item, ${label} AS label, h.valid, h.changed_by AS by, ${state} AS state
        FROM ${table} h JOIN concerned w ON w.id = ${workload} ${join} WHERE h.tenant_id = $1`).join(' UNION ALL ');
    return this.rows<HistoryRow & { readonly position: string }>(scope, `
      WITH concerned AS (
        SELECT m.id, m.key FROM workload m WHERE m.tenant_id = $1 AND (m.id = $2 OR (m.merged_into_id = $2
           AND ($6::timestamptz IS NULL OR EXISTS (SELECT FROM workload_history h WHERE h.tenant_id = $1 AND h.id = m.id AND h.merged_into_id = $2 AND lower(h.valid) <= $6))))),
      states AS MATERIALIZED (${states}),
      neighbours AS (SELECT part, workload, label, item, valid, by, state, lag(state) OVER same AS previous, lag(upper(valid)) OVER same AS previous_end, lead(lower(valid)) OVER same AS next_start
                       FROM states WINDOW same AS (PARTITION BY part, workload, item ORDER BY lower(valid))),
      changes AS (
        SELECT part, workload, label, item, lower(valid) AS at, by, CASE WHEN previous_end = lower(valid) THEN previous END AS before, state AS after FROM neighbours
        UNION ALL
        SELECT part, workload, label, item, upper(valid), NULL, state, NULL FROM neighbours WHERE NOT upper_inf(valid) AND next_start IS DISTINCT FROM upper(valid))
      SELECT part, workload, label AS item, at, by, before, after, part || ' ' || workload || ' ' || item || CASE WHEN after IS NULL THEN ' -' ELSE ' +' END AS position
        FROM changes
       WHERE ($6::timestamptz IS NULL OR at <= $6)
         AND ($3::timestamptz IS NULL OR (at, (part || ' ' || workload || ' ' || item || CASE WHEN after IS NULL THEN ' -' ELSE ' +' END) COLLATE "C") < ($3::timestamptz, $4::text COLLATE "C"))
       ORDER BY at DESC, (part || ' ' || workload || ' ' || item || CASE WHEN after IS NULL THEN ' -' ELSE ' +' END) COLLATE "C" DESC LIMIT $5`,
    [scope.tenantId, workloadId, page.after?.at ?? null, page.after?.position ?? null, page.limit + 1, page.until]);
  }
}
