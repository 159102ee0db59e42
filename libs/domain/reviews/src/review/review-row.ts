import type { ReviewOutcome, ReviewState, RiskTier } from '@roster/contracts';

/** A review as it is stored. */
export interface ReviewRow {
  readonly id: string;
  readonly workloadId: string;
  readonly workloadKey: string;
  readonly workloadName: string;
  readonly riskTier: RiskTier | null;
  /** The risk owner who is named now, accepted or still to answer. */
  readonly ownerMemberId: string | null;
  readonly ownerName: string | null;
  readonly scheduleId: string | null;
  readonly status: ReviewState;
  readonly dueAt: Date;
  readonly overdueAt: Date;
  readonly regularDueAt: Date;
  readonly reason: string | null;
  readonly attempts: number;
  readonly deadLetterAt: Date | null;
  readonly becameDueAt: Date | null;
  readonly templateId: string | null;
  readonly startedAt: Date | null;
  readonly startedBy: string | null;
  readonly submittedAt: Date | null;
  readonly submittedBy: string | null;
  readonly signOffRequired: boolean | null;
  readonly submission: unknown;
  readonly outcome: ReviewOutcome | null;
  readonly concentrationReviewed: boolean | null;
  readonly signedOffBy: string | null;
  readonly signOffComment: string | null;
  readonly skipReason: string | null;
  readonly skipApprovedBy: string | null;
  readonly closedAt: Date | null;
  readonly missedPeriods: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
}

/** The columns of a row `r` of `review` or `review_history`, with those of {@link REVIEW_JOIN}. */
export const REVIEW_COLUMNS = `r.id, r.workload_id AS "workloadId", w.key AS "workloadKey", w.name AS "workloadName", w.risk_tier AS "riskTier",
  w.risk_owner_member_id AS "ownerMemberId", o.name AS "ownerName", r.schedule_id AS "scheduleId", r.status, r.due_at AS "dueAt",
  r.overdue_at AS "overdueAt", r.regular_due_at AS "regularDueAt", r.reason, r.attempts, r.dead_letter_at AS "deadLetterAt", r.became_due_at AS "becameDueAt",
  r.template_id AS "templateId", r.started_at AS "startedAt", r.started_by AS "startedBy", r.submitted_at AS "submittedAt", r.submitted_by AS "submittedBy",
  r.sign_off_required AS "signOffRequired", r.submission, r.outcome, r.concentration_reviewed AS "concentrationReviewed", r.signed_off_by AS "signedOffBy",
  r.sign_off_comment AS "signOffComment", r.skip_reason AS "skipReason", r.skip_approved_by AS "skipApprovedBy", r.closed_at AS "closedAt",
  r.missed_periods AS "missedPeriods", r.created_at AS "createdAt", r.updated_at AS "updatedAt", r.version`;
/** Its workload `w`, and the owner `o` of that. */
export const REVIEW_JOIN = `JOIN workload w ON w.tenant_id = r.tenant_id AND w.id = r.workload_id LEFT JOIN member o ON o.tenant_id = w.tenant_id AND o.id = w.risk_owner_member_id`;
