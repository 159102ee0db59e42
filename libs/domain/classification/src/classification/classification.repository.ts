import { Injectable } from '@nestjs/common';
import type { Lifecycle, Stage } from '@roster/contracts';
import type { Actor, TenantScope } from '@roster/platform-context';
import { TenantRepository, type SqlValue } from '@roster/platform-database';
import type { ClassificationTree, TreeDocument } from '../tree/classification-tree.js';
import { unpackTrace, type PackedTrace, type Trace } from './trace.js';

/** What stands on a workload before it is evaluated. */
export interface StandingRow {
  readonly workloadId: string;
  readonly lifecycle: Lifecycle;
  readonly stage: Stage | null;
  readonly hardening: boolean;
  readonly undetermined: boolean;
  readonly frozen: boolean;
  readonly classificationId: string | null;
  readonly classifiedAt: Date | null;
  readonly reevaluateAt: Date | null;
  readonly missingEvidence: number | null;
  readonly fallsAt: Date | null;
}
export interface ClassificationRow {
  readonly id: string;
  readonly workloadId: string;
  /** 1, 2, 3 … per workload. */
  readonly number: number;
  readonly treeDigest: string;
  readonly edition: string;
  readonly policyDigest: string;
  readonly stage: Stage;
  readonly hardening: boolean;
  readonly undetermined: boolean;
  readonly frozen: boolean;
  readonly trace: Trace;
  readonly traceDigest: string;
  readonly triggers: string[];
  readonly decidedAt: Date;
  readonly decidedBy: Actor;
  readonly previousId: string | null;
  /** When a fact changes by itself, as known when it was stored. */
  readonly nextChangeAt: Date | null;
}
/** A row to store; the trace in its stored form, as JSON. */
export type NewClassification = Omit<ClassificationRow, 'decidedBy' | 'trace'> & { readonly packedTrace: string };
export interface Freshness {
  readonly workloadId: string;
  readonly marked: boolean;
  readonly reevaluateAt: Date | null;
  readonly treeDigest: string | null;
  readonly policyDigest: string | null;
}

const COLUMNS = `c.id, c.workload_id AS "workloadId", c.number, c.tree_digest AS "treeDigest", c.edition, c.policy_digest AS "policyDigest", c.stage, c.hardening, c.undetermined, c.frozen,
  c.trace, c.trace_digest AS "traceDigest", c.triggers, c.decided_at AS "decidedAt", c.decided_by AS "decidedBy", c.previous_id AS "previousId",
  c.next_change_at AS "nextChangeAt"`;
type StoredRow = Omit<ClassificationRow, 'trace'> & { readonly trace: PackedTrace };
const fromStored = (row: StoredRow): ClassificationRow => ({ ...row, trace: unpackTrace(row.trace) });

/** SQL of `classification` and `classification_tree`, and the lock under which a workload is evaluated. */
@Injectable()
export class ClassificationRepository extends TenantRepository {
  /** Locks workloads in id order until the transaction ends, so that two evaluations of one workload follow each other. */
  lock(scope: TenantScope, workloadIds: readonly string[]): Promise<StandingRow[]> {
    return this.rows<StandingRow>(scope,
      `SELECT id AS "workloadId", lifecycle, stage, hardening, undetermined, frozen, classification_id AS "classificationId", classified_at AS "classifiedAt", reevaluate_at AS "reevaluateAt",
              missing_evidence AS "missingEvidence", falls_at AS "fallsAt"
         FROM workload WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) ORDER BY id FOR NO KEY UPDATE`, [scope.tenantId, workloadIds]);
  }

  /** Takes the marks of these workloads, in id order; call it after `lock`. */
  takeMarks(scope: TenantScope, workloadIds: readonly string[]): Promise<{ workloadId: string; triggers: string[] }[]> {
    return this.rows(scope,
      `WITH mine AS (SELECT workload_id FROM reevaluation_mark WHERE tenant_id = $1 AND workload_id = ANY ($2::uuid[]) ORDER BY workload_id FOR UPDATE)
       DELETE FROM reevaluation_mark m USING mine WHERE m.tenant_id = $1 AND m.workload_id = mine.workload_id
       RETURNING m.workload_id AS "workloadId", m.reasons AS triggers`, [scope.tenantId, workloadIds]);
  }

  /** Number and digest of the current results by workload; one statement. */
  async currentResults(scope: TenantScope, classificationIds: readonly string[]): Promise<Map<string, { readonly number: number; readonly traceDigest: string }>> {
    const rows = await this.rows<{ workloadId: string; number: number; traceDigest: string }>(scope,
      `SELECT workload_id AS "workloadId", number, trace_digest AS "traceDigest" FROM classification WHERE tenant_id = $1 AND id = ANY ($2::uuid[])`, [scope.tenantId, classificationIds]);
    return new Map(rows.map((row) => [row.workloadId, row]));
  }

  async insertMany(scope: TenantScope, rows: readonly NewClassification[]): Promise<void> {
    if (rows.length === 0) return;
    await this.execute(scope,
      `INSERT INTO classification (tenant_id, id, workload_id, tree_digest, edition, policy_digest, stage, hardening, undetermined, frozen, trace, trace_digest, triggers, decided_at, previous_id, decided_by, next_change_at, number)
       SELECT $1, r.id, r.workload_id, r.tree_digest, r.edition, r.policy_digest, r.stage, r.hardening, r.undetermined, r.frozen, r.trace::jsonb, r.trace_digest,
              string_to_array(r.triggers, ','), r.decided_at, r.previous_id, $16::jsonb, r.next_change_at, r.number
         FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::boolean[], $9::boolean[], $10::boolean[], $11::text[], $12::text[], $13::text[],
                     $14::timestamptz[], $15::uuid[], $17::timestamptz[], $18::integer[])
              AS r(id, workload_id, tree_digest, edition, policy_digest, stage, hardening, undetermined, frozen, trace, trace_digest, triggers, decided_at, previous_id, next_change_at, number)`,
      [scope.tenantId, rows.map((r) => r.id), rows.map((r) => r.workloadId), rows.map((r) => r.treeDigest), rows.map((r) => r.edition), rows.map((r) => r.policyDigest),
        rows.map((r) => r.stage), rows.map((r) => r.hardening), rows.map((r) => r.undetermined), rows.map((r) => r.frozen), rows.map((r) => r.packedTrace),
        rows.map((r) => r.traceDigest), rows.map((r) => r.triggers.join(',')), rows.map((r) => r.decidedAt), rows.map((r) => r.previousId), JSON.stringify(scope.actor), rows.map((r) => r.nextChangeAt), rows.map((r) => r.number)]);
  }

  /** The current result. */
  newest(scope: TenantScope, workloadId: string): Promise<ClassificationRow | null> {
    return this.one(scope,
      `SELECT ${COLUMNS} FROM workload w JOIN classification c ON c.tenant_id = w.tenant_id AND c.id = w.classification_id WHERE w.tenant_id = $1 AND w.id = $2`,
      [scope.tenantId, workloadId]);
  }

  /** The result that was current at an instant. */
  asOf(scope: TenantScope, workloadId: string, at: Date): Promise<ClassificationRow | null> {
    return this.one(scope,
      `SELECT ${COLUMNS} FROM classification c WHERE c.tenant_id = $1 AND c.workload_id = $2 AND c.decided_at <= $3 ORDER BY c.decided_at DESC, c.number DESC LIMIT 1`,
      [scope.tenantId, workloadId, at]);
  }

  /** The results that were current at an instant, for many workloads; for packs and reviews. */
  asOfMany(scope: TenantScope, workloadIds: readonly string[], at: Date): Promise<ClassificationRow[]> {
    return this.many(scope,
      `SELECT ${COLUMNS} FROM unnest($2::uuid[]) AS w(id)
         CROSS JOIN LATERAL (SELECT * FROM classification x WHERE x.tenant_id = $1 AND x.workload_id = w.id AND x.decided_at <= $3 ORDER BY x.decided_at DESC, x.number DESC LIMIT 1) c`,
      [scope.tenantId, workloadIds, at]);
  }

  /** Newest first; one row more than the limit. @param page.before number of the last row of the page before */
  timeline(scope: TenantScope, workloadId: string, page: { before: number | null; asOf: Date | null; limit: number }): Promise<ClassificationRow[]> {
    return this.many(scope,
      `SELECT ${COLUMNS} FROM classification c
        WHERE c.tenant_id = $1 AND c.workload_id = $2 AND ($3::timestamptz IS NULL OR c.decided_at <= $3) AND ($4::integer IS NULL OR c.number < $4)
        ORDER BY c.number DESC LIMIT $5`,
      [scope.tenantId, workloadId, page.asOf, page.before, page.limit + 1]);
  }

  /** Whether the current results of workloads may be out of date, and what each was decided by. */
  freshness(scope: TenantScope, workloadIds: readonly string[]): Promise<Freshness[]> {
    return this.rows<Freshness & Record<string, unknown>>(scope,
      `SELECT w.id AS "workloadId", EXISTS (SELECT FROM reevaluation_mark m WHERE m.tenant_id = $1 AND m.workload_id = w.id) AS marked, w.reevaluate_at AS "reevaluateAt",
              c.tree_digest AS "treeDigest", c.policy_digest AS "policyDigest"
         FROM workload w LEFT JOIN classification c ON c.tenant_id = w.tenant_id AND c.id = w.classification_id
        WHERE w.tenant_id = $1 AND w.id = ANY ($2::uuid[])`, [scope.tenantId, [...workloadIds]]);
  }

  /** Which of the workloads are frozen by their current result. */
  async frozenAmong(scope: TenantScope, workloadIds: readonly string[]): Promise<string[]> {
    const rows = await this.rows<{ id: string }>(scope,
      `SELECT w.id FROM workload w JOIN classification c ON c.tenant_id = w.tenant_id AND c.id = w.classification_id WHERE w.tenant_id = $1 AND w.id = ANY ($2::uuid[]) AND c.frozen`,
      [scope.tenantId, [...workloadIds]]);
    return rows.map(({ id }) => id);
  }

  /** Keeps the tree as it is now, once per organization. */
  async rememberTree(scope: TenantScope, tree: ClassificationTree, at: Date): Promise<void> {
    const { digest, questionById: _q, factById: _f, factsOfQuestion: _o, ...document } = tree;
    await this.execute(scope,
      `INSERT INTO classification_tree (tenant_id, digest, tree_id, document, first_used_at) VALUES ($1, $2, $3, $4::jsonb, $5) ON CONFLICT DO NOTHING`,
      [scope.tenantId, digest, tree.id, JSON.stringify(document), at]);
  }

  /** The documents of the trees that decided, by digest. */
  async trees(scope: TenantScope, digests: readonly string[]): Promise<Map<string, TreeDocument>> {
    const rows = await this.rows<{ digest: string; document: TreeDocument }>(scope,
      'SELECT digest, document FROM classification_tree WHERE tenant_id = $1 AND digest = ANY ($2::text[])', [scope.tenantId, digests]);
    return new Map(rows.map((row) => [row.digest, row.document]));
  }

  private async one(scope: TenantScope, sql: string, values: readonly SqlValue[]): Promise<ClassificationRow | null> {
    return (await this.many(scope, sql, values))[0] ?? null;
  }

  private async many(scope: TenantScope, sql: string, values: readonly SqlValue[]): Promise<ClassificationRow[]> {
    return (await this.rows<StoredRow>(scope, sql, values)).map(fromStored);
  }
}
