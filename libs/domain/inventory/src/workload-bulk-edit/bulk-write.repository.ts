import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import { FACT_COLUMNS, WORKLOAD_FIELDS } from '../workload/workload-field.js';
import type { FactValues, FieldValues } from '../workload/workload.repository.js';
import type { BulkState } from './bulk-change.js';

export interface WorkloadWrite {
  readonly id: string;
  readonly fields: FieldValues;
  readonly facts: FactValues;
  readonly custom: Readonly<Record<string, unknown>>;
  readonly answered: boolean;
}
export interface StatementWrite {
  readonly workloadId: string;
  readonly fact: string;
  readonly value: string;
  readonly source: string | null;
  readonly at: string;
  readonly by: string | null;
}

/** Reading and writing many workloads by set operations. The same columns and rows as writing one. */
@Injectable()
export class BulkWriteRepository extends TenantRepository {
  /** Locks workloads in id order, before anything that hangs on them. */
  async lock(scope: TenantScope, ids: readonly string[]): Promise<void> {
    await this.execute(scope, 'SELECT 1 FROM workload WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR UPDATE', [scope.tenantId, [...ids]]);
  }

  /** What workloads are planned from, by id; merged and withdrawn ones are absent. */
  async states(scope: TenantScope, ids: readonly string[]): Promise<Map<string, BulkState>> {
    const rows = await this.rows<BulkState & Record<string, unknown>>(scope, `
      SELECT w.id, w.key, w.version, w.lifecycle, w.frozen, w.custom, w.processes_real_data_answered AS answered,
             jsonb_build_object(${WORKLOAD_FIELDS.map(([field, column]) => `'${field}', w.${column}`).join(', ')}) AS fields,
             jsonb_build_object(${Object.entries(FACT_COLUMNS).map(([fact, column]) => `'${fact}', w.${column}`).join(', ')}) AS facts,
             s.statements, o.owners
        FROM workload w
        -- Row by row through the keys: what hangs on one workload is little, and statistics of rows that were just written would mislead a join of all.
       CROSS JOIN LATERAL (
         SELECT coalesce(jsonb_agg(jsonb_build_object('fact', f.fact, 'value', f.value, 'provenance', f.provenance, 'source', f.source,
                                                      'at', to_char(f.stated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'by', f.stated_by)), '[]') AS statements
           FROM workload_fact f WHERE f.tenant_id = w.tenant_id AND f.workload_id = w.id) s
       CROSS JOIN LATERAL (
         SELECT coalesce(jsonb_agg(jsonb_build_object('id', a.id, 'role', a.role, 'status', a.status, 'memberId', a.member_id, 'email', coalesce(m.email, a.invited_email)) ORDER BY a.status), '[]') AS owners
           FROM owner_assignment a LEFT JOIN member m ON m.tenant_id = a.tenant_id AND m.id = a.member_id
          WHERE a.tenant_id = w.tenant_id AND a.workload_id = w.id AND a.status IN ('accepted', 'proposed') AND a.position = 'owner' AND a.domain_key = '') o
       WHERE w.tenant_id = $1 AND w.id = ANY ($2::uuid[]) AND w.listed`, [scope.tenantId, [...ids]]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Writes whole values of the named columns; every row names the same ones. Call it with the workloads locked. */
  async update(scope: TenantScope, writes: readonly WorkloadWrite[], at: Date): Promise<void> {
    const fields = WORKLOAD_FIELDS.filter(([field]) => writes.some((write) => write.fields[field] !== undefined));
    const facts = Object.entries(FACT_COLUMNS).filter(([fact]) => writes.some((write) => write.facts[fact as keyof FactValues] !== undefined));
    const columns = [...fields.map(([, column]) => column), ...facts.map(([, column]) => column)];
    const types = [...fields.map(([, column, type]) => `${column} ${type === 'list' ? 'text[]' : 'text'}`), ...facts.map(([, column]) => `${column} text`)];
    const rows = writes.map((write) => ({
      id: write.id, custom: write.custom, answered: write.answered,
      ...Object.fromEntries(fields.map(([field, column, type]) => [column, write.fields[field] ?? (type === 'list' ? [] : null)])),
      ...Object.fromEntries(facts.map(([fact, column]) => [column, write.facts[fact as keyof FactValues] ?? 'unknown'])),
    }));
    await this.execute(scope, `
      UPDATE workload w SET version = w.version + 1, updated_at = $3, custom = r.custom, processes_real_data_answered = r.answered${columns.map((column) => `, ${column} = r.${column}`).join('')}
        FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, custom jsonb, answered boolean${types.map((type) => `, ${type}`).join('')})
       WHERE w.tenant_id = $1 AND w.id = r.id`, [scope.tenantId, JSON.stringify(rows), at]);
  }

  /** Declares facts, each in the place of what was declared before. */
  async declare(scope: TenantScope, statements: readonly StatementWrite[]): Promise<void> {
    if (statements.length === 0) return;
    await this.execute(scope, `
      INSERT INTO workload_fact (tenant_id, workload_id, fact, provenance, value, source, stated_at, stated_by)
      SELECT $1, s."workloadId", s.fact, 'declared', s.value, s.source, s.at, s.by
        FROM jsonb_to_recordset($2::jsonb) s("workloadId" uuid, fact text, value text, source text, at timestamptz, by text)
      ON CONFLICT (tenant_id, workload_id, fact, provenance) DO UPDATE SET value = excluded.value, source = excluded.source, stated_at = excluded.stated_at, stated_by = excluded.stated_by`,
    [scope.tenantId, JSON.stringify(statements)]);
  }

  /** Takes back declarations where nothing was declared before. */
  async retract(scope: TenantScope, statements: readonly { readonly workloadId: string; readonly fact: string }[]): Promise<void> {
    if (statements.length === 0) return;
    await this.execute(scope, `
      DELETE FROM workload_fact f USING jsonb_to_recordset($2::jsonb) s("workloadId" uuid, fact text)
       WHERE f.tenant_id = $1 AND f.workload_id = s."workloadId" AND f.fact = s.fact AND f.provenance = 'declared'`, [scope.tenantId, JSON.stringify(statements)]);
  }

  /** Ends proposals and makes new ones. */
  async propose(scope: TenantScope, ended: readonly string[], proposed: readonly { id: string; workloadId: string; role: string; memberId: string | null; email: string | null }[], at: Date): Promise<void> {
    if (ended.length > 0) {
      await this.execute(scope, `UPDATE owner_assignment SET status = 'ended', version = version + 1 WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND status = 'proposed'`, [scope.tenantId, [...ended]]);
    }
    if (proposed.length === 0) return;
    await this.execute(scope, `
      INSERT INTO owner_assignment (tenant_id, id, workload_id, role, member_id, invited_email, status, proposed_at)
      SELECT $1, p.id, p."workloadId", p.role, p."memberId", p.email, 'proposed', $3 FROM jsonb_to_recordset($2::jsonb) AS p(id uuid, "workloadId" uuid, role text, "memberId" uuid, email text)`,
    [scope.tenantId, JSON.stringify(proposed), at]);
  }
}
