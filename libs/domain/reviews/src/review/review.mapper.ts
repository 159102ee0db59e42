import type { ReviewDetailDto, ReviewDto, SubmitReviewDto } from './review.dto.js';
import type { ReviewRow } from './review-row.js';
import { allowedCommands, isOverdue } from './review-state.js';
import type { ReviewSubmission, StoredSubmission } from './review-submission.js';
import type { ReviewDetail } from './review.service.js';

/** A review as the API shows it at an instant. */
export function toReviewDto(row: ReviewRow, now: Date): ReviewDto {
  return {
    id: row.id, workload: { id: row.workloadId, key: row.workloadKey, name: row.workloadName },
    riskTier: row.riskTier, owner: row.ownerMemberId === null ? null : { memberId: row.ownerMemberId, name: row.ownerName ?? row.ownerMemberId }, kind: row.scheduleId === null ? 'out_of_cycle' : 'scheduled', status: row.status,
    overdue: isOverdue(row.status, row.overdueAt, now), dueAt: row.dueAt, overdueAt: row.overdueAt, regularDueAt: row.regularDueAt, reason: row.reason, becameDueAt: row.becameDueAt,
    startedAt: row.startedAt, startedBy: row.startedBy, submittedAt: row.submittedAt, submittedBy: row.submittedBy, signOffRequired: row.signOffRequired, signedOffBy: row.signedOffBy,
    signOffComment: row.signOffComment, outcome: row.outcome, concentrationReviewed: row.concentrationReviewed, skipReason: row.skipReason, skipApprovedBy: row.skipApprovedBy,
    closedAt: row.closedAt, missedPeriods: row.missedPeriods, deadLetterAt: row.deadLetterAt, createdAt: row.createdAt, updatedAt: row.updatedAt, version: row.version,
  };
}

export function toReviewDetailDto({ review, now, template, changesSinceLast, triggers, findings, signOffNeeded, people }: ReviewDetail): ReviewDetailDto {
  const submitted = review.submission as StoredSubmission | null;
  return {
    ...toReviewDto(review, now),
    template: template && {
      id: template.id, edition: template.edition, number: template.number, digest: template.digest,
      questions: template.content.questions.map((question) => ({ ...question, prompts: [...question.prompts] })),
    },
    changesSinceLast: { ...changesSinceLast, changes: [...changesSinceLast.changes] },
    triggers: triggers.map(({ kind, detail, at }) => ({ kind, detail, at })),
    submission: submitted && {
      answers: [...submitted.answers], changes: [...submitted.changes], nothingChangedSince: submitted.nothingChangedSince, findings: [...submitted.findings], rationale: submitted.rationale,
    },
    findings: [...findings],
    allowed: allowedCommands(review.status).filter((command) => command !== 'make_due'),
    signOffNeeded, people: [...people].map(([memberId, name]) => ({ memberId, name })),
  };
}

export const toSubmission = (dto: SubmitReviewDto): ReviewSubmission => ({
  answers: dto.answers.map(({ questionId, answer, comment }) => ({ questionId, answer, comment: comment ?? null })),
  changes: dto.changes ?? [], nothingChangedSince: dto.nothingChangedSince ?? null,
  findings: (dto.findings ?? []).map(({ severity, title, detail, domainId, ownerMemberId, dueAt }) => ({ severity, title, detail: detail ?? null, domainId: domainId ?? null, ownerMemberId, dueAt })),
  outcome: dto.outcome, rationale: dto.rationale ?? null, concentrationReviewed: dto.concentrationReviewed ?? null,
});
