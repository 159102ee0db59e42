import { Injectable } from '@nestjs/common';
import type { Actor, TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { FieldChange } from '../history/history-diff.js';
import type { BulkEditState, BulkOutcome, BulkUndo } from './bulk-edit-state.js';

export interface BulkEditRow {
  readonly id: string;
  readonly state: BulkEditState;
  readonly selection: Readonly<Record<string, unknown>>;
  /** As it was asked for. */
  readonly changes: Readonly<Record<string, unknown>>;
  readonly reason: string | null;
  readonly total: number;
  readonly operationId: string;
  readonly createdBy: Actor;
  readonly createdAt: Date;
  readonly committedAt: Date | null;
  readonly undoneAt: Date | null;
  /** Until when a preview can be committed. */
  readonly expiresAt: Date;
}
export interface WatchedBulkEditRow extends BulkEditRow {
  readonly status: string;
  readonly done: number;
  readonly operationTotal: number | null;
  readonly unit: string;
  readonly problem: Record<string, unknown> | null;
  readonly counts: OutcomeCounts;
}
export interface OutcomeCounts {
  readonly willChange: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly changed: number;
  readonly conflict: number;
  readonly restored: number;
  readonly keptChangedSince: number;
  readonly keptFrozen: number;
}
export interface PlannedRow {
  readonly ordinal: number;
  readonly workloadId: string;
  readonly outcome: BulkOutcome;
  readonly reason: string | null;
  readonly changes: readonly FieldChange[];
}
export interface ShownRow extends PlannedRow {
  readonly key: string;
  readonly name: string;
  readonly undo: BulkUndo | null;
}
/** What stood there before a row was written. */
export interface BeforeRow {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly custom: Readonly<Record<string, unknown>>;
  readonly answered: boolean;
  /** What was declared about the facts that the edit declared; null where nothing was. */
  readonly facts: Readonly<Record<string, { readonly value: string; readonly source: string | null; readonly at: string; readonly by: string | null } | null>>;
  /** Proposals the edit made, with the ones they ended. */
  readonly owners: readonly { readonly role: string; readonly proposedId: string | null; readonly ended: { readonly memberId: string | null; readonly email: string } | null }[];
  readonly touches: boolean;
}
export interface WrittenRow {
  readonly ordinal: number;
  readonly outcome: 'changed' | 'conflict' | 'refused';
  readonly reason: string | null;
  readonly before: BeforeRow | null;
  readonly versionAfter: number | null;
}
export interface UndoRow {
  readonly ordinal: number;
  readonly workloadId: string;
  readonly before: BeforeRow;
  readonly versionAfter: number;
}

const COLUMNS = `b.id, b.state, b.selection, b.changes, b.reason, b.total, b.operation_id AS "operationId", b.created_by AS "createdBy", b.created_at AS "createdAt", b.committed_at AS "committedAt", b.undone_at AS "undoneAt", coalesce(b.expires_at, b.created_at) AS "expiresAt"`;
const COUNTED: Readonly<Record<keyof OutcomeCounts, string>> = {
  willChange: `outcome = 'will_change'`, unchanged: `outcome = 'unchanged'`, refused: `outcome = 'refused'`, changed: `outcome = 'changed'`, conflict: `outcome = 'conflict'`,
  restored: `undo = 'restored'`, keptChangedSince: `undo = 'kept_changed_since'`, keptFrozen: `undo = 'kept_frozen'`,
};
/** Counting the rows of the edit `b`. */
const COUNTS = `(SELECT jsonb_build_object(${Object.entries(COUNTED).map(([name, condition]) => `'${name}', count(*) FILTER (WHERE ${condition})`).join(', ')}) FROM workload_bulk_edit_row r WHERE r.tenant_id = b.tenant_id AND r.bulk_edit_id = b.id)`;
// Rows are counted while work is under way; what came of work that ended is kept with the edit.
const WATCHED = `${COLUMNS}, CASE WHEN b.counts IS NULL OR b.state IN ('committing', 'undoing') THEN ${COUNTS} ELSE b.counts END AS counts, o.status, o.done::float8 AS done, o.total::float8 AS "operationTotal", o.unit, o.problem FROM workload_bulk_edit b JOIN operation o ON o.tenant_id = b.tenant_id AND o.id = b.operation_id`;

/** SQL of bulk edits and their rows. */
@Injectable()
export class BulkEditRepository extends TenantRepository {
  async insert(scope: TenantScope, edit: { id: string; selection: object; changes: object; reason: string | null; total: number; operationId: string; at: Date; expiresAt: Date }): Promise<void> {
    await this.execute(scope, `
      INSERT INTO workload_bulk_edit (tenant_id, id, state, selection, changes, reason, total, operation_id, created_at, updated_at, expires_at) VALUES ($1, $2, 'previewed', $3::jsonb, $4::jsonb, $5, $6, $7, $8, $8, $9)`,
    [scope.tenantId, edit.id, JSON.stringify(edit.selection), JSON.stringify(edit.changes), edit.reason, edit.total, edit.operationId, edit.at, edit.expiresAt]);
  }

  async insertRows(scope: TenantScope, id: string, rows: readonly PlannedRow[]): Promise<void> {
    await this.execute(scope, `
      INSERT INTO workload_bulk_edit_row (tenant_id, bulk_edit_id, ordinal, workload_id, outcome, reason, changes)
      SELECT $1, $2, r.ordinal, r."workloadId", r.outcome, r.reason, r.changes
        FROM jsonb_to_recordset($3::jsonb) AS r(ordinal integer, "workloadId" uuid, outcome text, reason text, changes jsonb)`, [scope.tenantId, id, JSON.stringify(rows)]);
  }

  find(scope: TenantScope, id: string): Promise<WatchedBulkEditRow | null> {
    return this.row(scope, `SELECT ${WATCHED} WHERE b.tenant_id = $1 AND b.id = $2`, [scope.tenantId, id]);
  }

  /** Newest first. @param after creation time and id after which the page starts */
  page(scope: TenantScope, page: { after: readonly [string, string] | null; limit: number }): Promise<WatchedBulkEditRow[]> {
    return this.rows(scope, `
      SELECT ${WATCHED} WHERE b.tenant_id = $1 AND ($2::timestamptz IS NULL OR (b.created_at, b.id) < ($2, $3::uuid)) ORDER BY b.created_at DESC, b.id DESC LIMIT $4`,
    [scope.tenantId, page.after?.[0] ?? null, page.after?.[1] ?? null, page.limit + 1]);
  }

  /** Counts the rows and keeps the counts, when a piece of work ends. */
  async count(scope: TenantScope, id: string): Promise<OutcomeCounts> {
    const [row] = await this.rows<{ counts: OutcomeCounts }>(scope, `UPDATE workload_bulk_edit b SET counts = ${COUNTS} WHERE b.tenant_id = $1 AND b.id = $2 RETURNING b.counts`, [scope.tenantId, id]);
    if (!row) throw new Error(`There is no bulk edit ${id}`);
    return row.counts;
  }

  /**
   * Whether the edit still is in the state that a runner found, for the same request; nobody can change that until the transaction ends.
   * Jobs do run twice: whoever comes late finds it in another state, or asked for anew.
   */
  async holds(scope: TenantScope, id: string, state: BulkEditState, operationId: string): Promise<boolean> {
    return (await this.row(scope, 'SELECT 1 AS held FROM workload_bulk_edit WHERE tenant_id = $1 AND id = $2 AND state = $3 AND operation_id = $4 FOR UPDATE', [scope.tenantId, id, state, operationId])) !== null;
  }

  async forgetRows(scope: TenantScope, id: string): Promise<void> {
    await this.execute(scope, 'DELETE FROM workload_bulk_edit_row WHERE tenant_id = $1 AND bulk_edit_id = $2', [scope.tenantId, id]);
  }

  shown(scope: TenantScope, id: string, page: { outcomes: readonly string[] | null; undos: readonly string[] | null; after: number | null; limit: number }): Promise<ShownRow[]> {
    return this.rows<ShownRow & Record<string, unknown>>(scope, `
      SELECT r.ordinal, r.workload_id AS "workloadId", w.key, w.name, r.outcome, r.reason, r.changes, r.undo
        FROM workload_bulk_edit_row r JOIN workload w ON w.tenant_id = r.tenant_id AND w.id = r.workload_id
       WHERE r.tenant_id = $1 AND r.bulk_edit_id = $2 AND ($3::text[] IS NULL OR r.outcome = ANY ($3)) AND ($4::text[] IS NULL OR r.undo = ANY ($4)) AND r.ordinal > coalesce($5, 0)
       ORDER BY r.ordinal LIMIT $6`, [scope.tenantId, id, page.outcomes, page.undos, page.after, page.limit + 1]);
  }

  /** @returns false when the edit was not in one of the states any more */
  async move(scope: TenantScope, id: string, from: readonly BulkEditState[], to: BulkEditState, at: Date, operationId: string | null = null): Promise<boolean> {
    return (await this.execute(scope, `
      UPDATE workload_bulk_edit SET state = $4, updated_at = $5, operation_id = coalesce($6, operation_id),
             committed_at = CASE WHEN $4 = 'committed' THEN $5 ELSE committed_at END, undone_at = CASE WHEN $4 = 'undone' THEN $5 ELSE undone_at END
       WHERE tenant_id = $1 AND id = $2 AND state = ANY ($3::text[])`, [scope.tenantId, id, [...from], to, at, operationId])) === 1;
  }

  /** Rows that are still to be written, in order. Each is written once: the transaction that writes it also says what became of it. */
  pending(scope: TenantScope, id: string, limit: number): Promise<PlannedRow[]> {
    return this.rows<PlannedRow & Record<string, unknown>>(scope, `
      SELECT ordinal, workload_id AS "workloadId", outcome, reason, changes FROM workload_bulk_edit_row
       WHERE tenant_id = $1 AND bulk_edit_id = $2 AND outcome = 'will_change' ORDER BY ordinal LIMIT $3 FOR UPDATE`, [scope.tenantId, id, limit]);
  }

  async finish(scope: TenantScope, id: string, rows: readonly WrittenRow[]): Promise<void> {
    await this.execute(scope, `
      UPDATE workload_bulk_edit_row b SET outcome = r.outcome, reason = r.reason, before = nullif(r.before, 'null'::jsonb), version_after = r."versionAfter"
        FROM jsonb_to_recordset($3::jsonb) AS r(ordinal integer, outcome text, reason text, before jsonb, "versionAfter" integer)
       WHERE b.tenant_id = $1 AND b.bulk_edit_id = $2 AND b.ordinal = r.ordinal`, [scope.tenantId, id, JSON.stringify(rows)]);
  }

  undoable(scope: TenantScope, id: string, limit: number): Promise<UndoRow[]> {
    return this.rows<UndoRow & Record<string, unknown>>(scope, `
      SELECT ordinal, workload_id AS "workloadId", before, version_after AS "versionAfter" FROM workload_bulk_edit_row
       WHERE tenant_id = $1 AND bulk_edit_id = $2 AND outcome = 'changed' AND undo IS NULL ORDER BY ordinal LIMIT $3 FOR UPDATE`, [scope.tenantId, id, limit]);
  }

  async markUndone(scope: TenantScope, id: string, rows: readonly { readonly ordinal: number; readonly undo: BulkUndo }[]): Promise<void> {
    await this.execute(scope, `
      UPDATE workload_bulk_edit_row b SET undo = r.undo FROM jsonb_to_recordset($3::jsonb) AS r(ordinal integer, undo text)
       WHERE b.tenant_id = $1 AND b.bulk_edit_id = $2 AND b.ordinal = r.ordinal`, [scope.tenantId, id, JSON.stringify(rows)]);
  }
}
