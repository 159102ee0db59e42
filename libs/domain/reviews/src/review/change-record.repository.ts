import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { ChangeArea, ChangeRecord } from './change-record.js';

interface FoundRow {
  readonly at: Date;
  readonly area: ChangeArea;
  readonly subject: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly by: string | null;
}

/**
 * Columns of a workload that are bookkeeping or are told elsewhere (as an owner, or by the stage they lead to). Everything else counts as a
 * change, so that a field added later is not overlooked.
 */
const BOOKKEEPING = ['version', 'updated_at', 'classification_id', 'classified_at', 'reevaluate_at', 'next_review_due_at', 'undetermined', 'frozen', 'risk_owner_member_id',
  'risk_owner_status', 'incomplete', 'unowned', 'listed', 'name_sort', 'team_sort', 'business_unit_sort', 'stage_rank', 'risk_rank', 'kind_sort', 'next_review_sort', 'import_id',
  'decommission_record', 'retired_at', 'processes_real_data_answered', 'missing_evidence', 'missing_sort', 'falls_at', 'falls_sort', 'pii_or_tools', 'registrant_member_id'];

/**
 * What the record shows to have changed about a workload. Reads the history of other areas' tables as of their public schema: there is no
 * other place where fields, components, owners, tools, evidence, drills and stages stand in one order of time. Read only.
 */
@Injectable()
export class ChangeRecordRepository extends TenantRepository {
  /** Changes in `(since, until]`, oldest first. */
  async changes(scope: TenantScope, workloadId: string, since: Date, until: Date): Promise<ChangeRecord[]> {
    const rows = await this.rows<FoundRow>(scope, CHANGES, [scope.tenantId, workloadId, since, until, BOOKKEEPING]);
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }
}

/** Consecutive versions of the rows of one history table, with the version before each. */
const steps = (table: string, key: string): string => `
  SELECT to_jsonb(h) AS doc, lower(h.valid) AS at, upper(h.valid) AS ended, h.changed_by->>'name' AS by,
         lag(to_jsonb(h)) OVER w AS before, lead(lower(h.valid)) OVER w AS continued
    FROM ${table} h WHERE h.tenant_id = $1 AND h.workload_id = $2 AND (upper_inf(h.valid) OR upper(h.valid) > $3) AND lower(h.valid) <= $4
  WINDOW w AS (PARTITION BY ${key} ORDER BY lower(h.valid))`;

/** Rows that came or went in a table of things a workload has. */
const comings = (table: string, key: string, area: string, subject: string): string => `
  SELECT s.at, '${area}' AS area, ${subject} AS subject, NULL::text AS "from", 'added' AS "to", s.by FROM (${steps(table, key)}) s WHERE s.before IS NULL AND s.at > $3
  UNION ALL
  SELECT s.ended, '${area}', ${subject}, 'present', 'removed', NULL FROM (${steps(table, key)}) s WHERE s.ended > $3 AND s.ended <= $4 AND s.continued IS NULL
  UNION ALL
  SELECT s.at, '${area}', ${subject}, 'present', 'changed', s.by FROM (${steps(table, key)}) s
   WHERE s.before IS NOT NULL AND s.at > $3 AND s.doc - '{valid,changed_by}'::text[] <> s.before - '{valid,changed_by}'::text[]`;

const CHANGES = `
  SELECT c.at, CASE WHEN c.field IN ('stage', 'hardening') THEN 'stage' WHEN c.field LIKE 'risk\\_tier%' THEN 'tier'
                    WHEN c.field IN ('processes_real_data', 'handles_pii', 'executes_tools', 'downstream_change', 'maintained') THEN 'fact' ELSE 'workload' END AS area,
         lower(left(replace(initcap(replace(c.field, '_', ' ')), ' ', ''), 1)) || substr(replace(initcap(replace(c.field, '_', ' ')), ' ', ''), 2) AS subject,
         left(c.old #>> '{}', 500) AS "from", left(c.new #>> '{}', 500) AS "to", c.by
    FROM (SELECT v.at, v.by, k.field, v.before -> k.field AS old, v.doc -> k.field AS new
            FROM (SELECT to_jsonb(h) - $5::text[] - '{valid,changed_by}'::text[] AS doc, lower(h.valid) AS at, h.changed_by->>'name' AS by,
                         lag(to_jsonb(h) - $5::text[] - '{valid,changed_by}'::text[]) OVER (ORDER BY lower(h.valid)) AS before
                    FROM workload_history h WHERE h.tenant_id = $1 AND h.id = $2 AND (upper_inf(h.valid) OR upper(h.valid) > $3) AND lower(h.valid) <= $4) v
            CROSS JOIN LATERAL jsonb_object_keys(v.doc) k(field)
           WHERE v.before IS NOT NULL AND v.at > $3 AND v.doc -> k.field IS DISTINCT FROM v.before -> k.field) c
  UNION ALL
  SELECT o.at, 'owner', o.doc->>'role' || CASE WHEN o.doc->>'domain_key' <> '' THEN ' ' || (o.doc->>'domain_key') ELSE '' END
         || CASE WHEN o.doc->>'position' = 'deputy' THEN ' (deputy)' ELSE '' END,
         o.before->>'status', (o.doc->>'status') || coalesce(': ' || m.name, ''), o.by
    FROM (${steps('owner_assignment_history', 'h.id')}) o LEFT JOIN member m ON m.tenant_id = $1 AND m.id = (o.doc->>'member_id')::uuid
   WHERE o.at > $3 AND o.doc->>'status' IS DISTINCT FROM o.before->>'status'
  UNION ALL
  SELECT x.at, x.area, coalesce((SELECT c.type || ' ' || c.name || CASE WHEN c.pinned_version <> '' THEN ' ' || c.pinned_version ELSE '' END
                          FROM component c WHERE c.tenant_id = $1 AND c.id = x.subject::uuid), x.subject), x."from", x."to", x.by
    FROM (${comings('workload_component_history', 'h.component_id', 'component', `s.doc->>'component_id'`)}) x
  UNION ALL
  ${comings('tool_grant_history', `h.name, h.scope`, 'component', `'tool ' || (s.doc->>'name') || CASE WHEN s.doc->>'scope' <> '' THEN ' (' || (s.doc->>'scope') || ')' ELSE '' END`)}
  UNION ALL
  SELECT e.at, 'evidence', e.title || ' v' || e.version, NULL, e.what, e.by
    FROM (SELECT DISTINCT i.title, v.version, x.at, x.what, x.by
            FROM evidence_link l JOIN evidence_item i ON i.tenant_id = l.tenant_id AND i.id = l.item_id JOIN evidence_version v ON v.tenant_id = i.tenant_id AND v.item_id = i.id
            CROSS JOIN LATERAL (VALUES (v.submitted_at, 'submitted', v.submitted_by->>'name'), (v.decided_at, v.status, v.decided_by->>'name'),
                                       (CASE WHEN v.status = 'accepted' THEN v.expires_at END, 'expired', NULL)) x(at, what, by)
           WHERE l.tenant_id = $1 AND l.workload_id = $2 AND l.removed_at IS NULL AND x.at > $3 AND x.at <= $4) e
  UNION ALL
  SELECT d.recorded_at, 'drill', d.kind, NULL, d.result || ' in ' || round(d.duration_seconds) || ' s', d.recorded_by->>'name'
    FROM drill d WHERE d.tenant_id = $1 AND d.workload_id = $2 AND d.recorded_at > $3 AND d.recorded_at <= $4
  ORDER BY 1, 2, 3`;
