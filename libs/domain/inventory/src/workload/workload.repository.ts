import { Injectable } from '@nestjs/common';
import type { Lifecycle } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository, type SqlValue } from '@roster/platform-database';
import type { CustomValues } from '../custom-field/custom-value.js';
import type { FactName } from '../fact/fact-statement.js';
import { FACT_COLUMNS, WORKLOAD_FIELDS, type WorkloadField } from './workload-field.js';

export type FieldValue = string | readonly string[] | null;
export type FieldValues = Partial<Record<WorkloadField, FieldValue>>;
export type FactValues = Partial<Record<FactName, string>>;

/** The stored state that a write starts from. */
export interface WorkloadState {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly lifecycle: Lifecycle;
  readonly frozen: boolean;
  readonly fields: Required<FieldValues>;
  readonly facts: Record<FactName, string>;
  readonly custom: CustomValues;
}

const STATE = `id, key, version, lifecycle, frozen, custom,
  jsonb_build_object(${WORKLOAD_FIELDS.map(([field, column]) => `'${field}', ${column}`).join(', ')}) AS fields,
  jsonb_build_object(${Object.entries(FACT_COLUMNS).map(([fact, column]) => `'${fact}', ${column}`).join(', ')}) AS facts`;

/** Writes of the table `workload`. */
@Injectable()
export class WorkloadRepository extends TenantRepository {
  state(scope: TenantScope, id: string): Promise<WorkloadState | null> {
    return this.row<WorkloadState & Record<string, unknown>>(scope, `SELECT ${STATE} FROM workload WHERE tenant_id = $1 AND id = $2 AND listed`, [scope.tenantId, id]);
  }

  /** Keys in use, now or ever, that are `base` or continue it with a number. */
  async takenKeys(scope: TenantScope, base: string): Promise<Set<string>> {
    const stem = base.slice(0, 50);
    const rows = await this.rows<{ key: string }>(scope, `SELECT key FROM workload WHERE tenant_id = $1 AND key >= $2 AND key < $2 || chr(126) AND (key = $3 OR key ~ '-[0-9]+$')`, [scope.tenantId, stem, base]);
    return new Set(rows.map((row) => row.key));
  }

  /** @returns false when the key is taken, also by a workload that nobody sees any more */
  async insert(scope: TenantScope, workload: { id: string; key: string; fields: FieldValues; facts: FactValues; custom: CustomValues; at: Date }): Promise<boolean> {
    const written = [...plainColumns(workload.fields), ...factColumns(workload.facts)];
    const inserted = await this.execute(scope, `
      INSERT INTO workload (tenant_id, id, key, custom, registered_at, updated_at, processes_real_data_answered${written.map(([column]) => `, ${column}`).join('')})
      VALUES ($1, $2, $3, $4::jsonb, $5, $5, $6${written.map((_column, index) => `, $${index + 7}`).join('')})
      ON CONFLICT (tenant_id, key) DO NOTHING`,
    [scope.tenantId, workload.id, workload.key, JSON.stringify(workload.custom), workload.at, workload.facts.processesRealData !== undefined, ...written.map(([, value]) => value)]);
    return inserted === 1;
  }

  /** One conditional update: 0 when somebody else changed the workload since `version` was read. */
  update(scope: TenantScope, target: { id: string; version: number }, change: { fields: FieldValues; facts: FactValues; custom: CustomValues; at: Date }): Promise<number> {
    const written = [...plainColumns(change.fields), ...factColumns(change.facts)];
    return this.execute(scope, `
      UPDATE workload SET version = version + 1, custom = $4::jsonb, updated_at = $5, processes_real_data_answered = processes_real_data_answered OR $6${written.map(([column], index) => `, ${column} = $${index + 7}`).join('')}
       WHERE tenant_id = $1 AND id = $2 AND version = $3`,
    [scope.tenantId, target.id, target.version, JSON.stringify(change.custom), change.at, change.facts.processesRealData !== undefined, ...written.map(([, value]) => value)]);
  }

  /** Something that belongs to the workload changed (components, owners …): a new version without a new field. */
  touch(scope: TenantScope, target: { id: string; version: number }, at: Date): Promise<number> {
    return this.execute(scope, 'UPDATE workload SET version = version + 1, updated_at = $4 WHERE tenant_id = $1 AND id = $2 AND version = $3', [scope.tenantId, target.id, target.version, at]);
  }

  retire(scope: TenantScope, target: { id: string; version: number }, record: { reason: string; decommission: unknown; at: Date }): Promise<number> {
    return this.execute(scope, `
      UPDATE workload SET lifecycle = 'retired', retired_at = $4, retire_reason = $5, decommission_record = $6::jsonb, version = version + 1, updated_at = $4
       WHERE tenant_id = $1 AND id = $2 AND version = $3 AND lifecycle <> 'retired'`,
    [scope.tenantId, target.id, target.version, record.at, record.reason, JSON.stringify(record.decommission)]);
  }

  /** Hides a workload behind the one it was merged into; what was merged into it before follows. */
  async mergeInto(scope: TenantScope, source: { id: string; version: number }, intoId: string, at: Date): Promise<number> {
    await this.execute(scope, 'UPDATE workload SET merged_into_id = $3 WHERE tenant_id = $1 AND merged_into_id = $2', [scope.tenantId, source.id, intoId]);
    return this.execute(scope, 'UPDATE workload SET merged_into_id = $4, version = version + 1, updated_at = $5 WHERE tenant_id = $1 AND id = $2 AND version = $3 AND listed', [scope.tenantId, source.id, source.version, intoId, at]);
  }
}

const plainColumns = (fields: FieldValues): [string, SqlValue][] => WORKLOAD_FIELDS.flatMap(([field, column, type]) => {
  const value = fields[field];
  return value === undefined ? [] : [[column, value ?? (type === 'list' ? [] : null)] as [string, SqlValue]];
});
const factColumns = (facts: FactValues): [string, SqlValue][] => Object.entries(FACT_COLUMNS).flatMap(([fact, column]) => {
  const value = facts[fact as FactName];
  return value === undefined ? [] : [[column, value] as [string, SqlValue]];
});
