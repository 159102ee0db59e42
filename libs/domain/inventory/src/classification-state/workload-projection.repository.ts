import { Injectable } from '@nestjs/common';
import type { Stage } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

/** What a classification leaves on the workload, so that lists can filter by it. */
export interface StageProjection {
  readonly workloadId: string;
  readonly stage: Stage;
  readonly hardening: boolean;
  readonly undetermined: boolean;
  readonly frozen: boolean;
  readonly classificationId: string;
  readonly classifiedAt: Date;
  /** The instant at which the outcome may change by itself; null when no expiry is ahead. */
  readonly reevaluateAt: Date | null;
  /** Requirements that the required set still asks for; null when it is not asked any more. */
  readonly missingEvidence: number | null;
  /** When the stage falls if nobody does anything; null when no fall is ahead. */
  readonly fallsAt: Date | null;
}

export interface NextReviewProjection {
  readonly workloadId: string;
  readonly nextReviewDueAt: Date | null;
}

/** SQL of the projected columns of workload. */
@Injectable()
export class WorkloadProjectionRepository extends TenantRepository {
  async applyStages(scope: TenantScope, rows: readonly StageProjection[]): Promise<void> {
    if (rows.length === 0) return;
    await this.execute(scope, `
      UPDATE workload w
         SET stage = p.stage, hardening = p.hardening, undetermined = p.undetermined, frozen = p.frozen,
             classification_id = p.classification_id, classified_at = p.classified_at, reevaluate_at = p.reevaluate_at,
             missing_evidence = p.missing_evidence, falls_at = p.falls_at
        FROM unnest($2::uuid[], $3::text[], $4::boolean[], $5::boolean[], $6::boolean[], $7::uuid[], $8::timestamptz[], $9::timestamptz[], $10::integer[], $11::timestamptz[])
             AS p(workload_id, stage, hardening, undetermined, frozen, classification_id, classified_at, reevaluate_at, missing_evidence, falls_at)
       WHERE w.tenant_id = $1 AND w.id = p.workload_id
         AND (w.stage, w.hardening, w.undetermined, w.frozen, w.classification_id, w.classified_at, w.reevaluate_at, w.missing_evidence, w.falls_at)
             IS DISTINCT FROM (p.stage, p.hardening, p.undetermined, p.frozen, p.classification_id, p.classified_at::timestamptz(3), p.reevaluate_at::timestamptz(3), p.missing_evidence, p.falls_at::timestamptz(3))`,
    [scope.tenantId, rows.map((r) => r.workloadId), rows.map((r) => r.stage), rows.map((r) => r.hardening), rows.map((r) => r.undetermined), rows.map((r) => r.frozen),
      rows.map((r) => r.classificationId), rows.map((r) => r.classifiedAt), rows.map((r) => r.reevaluateAt), rows.map((r) => r.missingEvidence), rows.map((r) => r.fallsAt)]);
  }

  async applyNextReview(scope: TenantScope, rows: readonly NextReviewProjection[]): Promise<void> {
    if (rows.length === 0) return;
    await this.execute(scope, `
      UPDATE workload w SET next_review_due_at = p.due_at
        FROM unnest($2::uuid[], $3::timestamptz[]) AS p(workload_id, due_at)
       WHERE w.tenant_id = $1 AND w.id = p.workload_id AND w.next_review_due_at IS DISTINCT FROM p.due_at::timestamptz(3)`,
    [scope.tenantId, rows.map((r) => r.workloadId), rows.map((r) => r.nextReviewDueAt)]);
  }
}
