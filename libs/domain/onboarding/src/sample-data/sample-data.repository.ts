import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { ChangedChoice, SampleState } from './sample-state.js';

export interface SampleRow {
  readonly id: string;
  readonly state: SampleState;
  readonly operationId: string;
  readonly importId: string | null;
  readonly askedBy: string;
  readonly askedByName: string;
  readonly askedAt: Date;
  readonly addedAt: Date | null;
  readonly removedBy: string | null;
  readonly changed: ChangedChoice | null;
}

const COLUMNS = `s.id, s.state, s.operation_id AS "operationId", s.import_id AS "importId", s.asked_by AS "askedBy", m.name AS "askedByName", s.asked_at AS "askedAt", s.added_at AS "addedAt",
  s.removed_by AS "removedBy", s.changed`;
const FROM = 'sample_data s JOIN member m ON m.tenant_id = s.tenant_id AND m.id = s.asked_by';

/** SQL of `sample_data`. */
@Injectable()
export class SampleDataRepository extends TenantRepository {
  /** The sample data that is there, or is being added or removed. */
  current(scope: TenantScope): Promise<SampleRow | null> {
    return this.row(scope, `SELECT ${COLUMNS} FROM ${FROM} WHERE s.tenant_id = $1 AND s.state <> 'removed'`, [scope.tenantId]);
  }

  /** The one that was asked for last, removed or not. */
  last(scope: TenantScope): Promise<SampleRow | null> {
    return this.row(scope, `SELECT ${COLUMNS} FROM ${FROM} WHERE s.tenant_id = $1 ORDER BY s.state <> 'removed' DESC, s.asked_at DESC, s.id DESC LIMIT 1`, [scope.tenantId]);
  }

  /** Holds it for the rest of the transaction. */
  lock(scope: TenantScope, id: string): Promise<SampleRow | null> {
    return this.row(scope, `SELECT ${COLUMNS} FROM ${FROM} WHERE s.tenant_id = $1 AND s.id = $2 FOR UPDATE OF s`, [scope.tenantId, id]);
  }

  find(scope: TenantScope, id: string): Promise<SampleRow | null> {
    return this.row(scope, `SELECT ${COLUMNS} FROM ${FROM} WHERE s.tenant_id = $1 AND s.id = $2`, [scope.tenantId, id]);
  }

  /** @returns false when there is sample data already */
  async insert(scope: TenantScope, row: { id: string; operationId: string; askedBy: string; at: Date }): Promise<boolean> {
    return (await this.execute(scope, `
      INSERT INTO sample_data (tenant_id, id, state, operation_id, asked_by, asked_at) VALUES ($1, $2, 'adding', $3, $4, $5) ON CONFLICT (tenant_id) WHERE state <> 'removed' DO NOTHING`,
    [scope.tenantId, row.id, row.operationId, row.askedBy, row.at])) === 1;
  }

  async remember(scope: TenantScope, id: string, importId: string): Promise<void> {
    await this.execute(scope, `UPDATE sample_data SET import_id = $3 WHERE tenant_id = $1 AND id = $2`, [scope.tenantId, id, importId]);
  }

  /** @returns false when it was not in one of the states any more */
  async move(scope: TenantScope, id: string, from: readonly SampleState[], to: SampleState, at: Date, more: { operationId?: string; removedBy?: string; changed?: ChangedChoice } = {}): Promise<boolean> {
    return (await this.execute(scope, `
      UPDATE sample_data SET state = $4, added_at = CASE WHEN $4 = 'present' AND added_at IS NULL THEN $5 ELSE added_at END, removed_at = CASE WHEN $4 = 'removed' THEN $5 END,
             operation_id = coalesce($6, operation_id), removed_by = coalesce($7, removed_by), changed = coalesce($8, changed)
       WHERE tenant_id = $1 AND id = $2 AND state = ANY ($3::text[])`,
    [scope.tenantId, id, [...from], to, at, more.operationId ?? null, more.removedBy ?? null, more.changed ?? null])) === 1;
  }

  /** Those of some workloads about which people have left entries in the trail since an instant: edits, owners, evidence, drills, reviews. */
  async workedOn(scope: TenantScope, workloadIds: readonly string[], since: Date): Promise<string[]> {
    return (await this.rows<{ id: string }>(scope, `
      SELECT w AS id FROM unnest($2::uuid[]) w
       WHERE EXISTS (SELECT FROM trail_entry t WHERE t.tenant_id = $1 AND t.workload_id = w AND t.at > $3 AND t.actor_type <> 'system')`, [scope.tenantId, [...workloadIds], since])).map(({ id }) => id);
  }

  /** Keys that are in use now. */
  async listedKeys(scope: TenantScope, keys: readonly string[]): Promise<Set<string>> {
    return new Set((await this.rows<{ key: string }>(scope, `SELECT key FROM workload WHERE tenant_id = $1 AND key = ANY ($2::text[]) AND listed`, [scope.tenantId, [...keys]])).map(({ key }) => key));
  }
}
