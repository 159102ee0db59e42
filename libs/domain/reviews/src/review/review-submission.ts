import type { ReviewOutcome, TriState } from '@roster/contracts';
import type { FieldError } from '@roster/platform-errors';
import { problem } from '@roster/platform-errors';
import { answerFaults, type ReviewTemplateContent } from '../template/review-template.js';
import { statementFault, type ChangesSinceLast, type StatementFault } from './change-record.js';

export interface SubmittedFinding {
  readonly severity: 'low' | 'medium' | 'high' | 'critical';
  readonly domainId: string | null;
  readonly title: string;
  readonly detail: string | null;
  readonly ownerMemberId: string;
  /** RFC 3339. */
  readonly dueAt: string;
}

/** What the reviewer hands in. */
export interface ReviewSubmission {
  readonly answers: readonly { readonly questionId: string; readonly answer: TriState; readonly comment: string | null }[];
  readonly changes: readonly string[];
  readonly nothingChangedSince: string | null;
  readonly findings: readonly SubmittedFinding[];
  readonly outcome: ReviewOutcome;
  readonly rationale: string | null;
  /** Null: as the question about concentration was answered. */
  readonly concentrationReviewed: boolean | null;
}

/** What is stored of it: also what the record showed at that moment. */
export interface StoredSubmission extends ReviewSubmission {
  readonly concentrationReviewed: boolean;
  readonly changesSinceLast: ChangesSinceLast;
}

const STATEMENT_HELP: Readonly<Record<StatementFault, readonly [path: string, message: string]>> = {
  missing: ['changes', 'name at least one thing that changed, or send nothingChangedSince with the digest of changesSinceLast'],
  both: ['nothingChangedSince', 'name what changed or affirm that nothing changed, not both'],
  blank: ['changes', 'expected at least 3 characters in each entry'],
  digest_stale: ['nothingChangedSince', 'this is not the current digest: read the review again and affirm what you see then'],
  record_differs: ['nothingChangedSince', 'the record shows changes since the last review: name what changed'],
};
const ANSWER_HELP = {
  missing: 'the question has no answer', unknown_question: 'there is no such question in the template of this review', repeated: 'the question is answered twice',
  comment_missing: 'say why, when the answer is not yes',
} as const;
const CONCENTRATION = 'general.concentration';

/**
 * Checks a submission against its template, the record of changes and the time (domain.md section 8) and completes it for storage.
 * @throws REVIEWS_ANSWERS_INVALID, REVIEWS_STATEMENT_INVALID or PLATFORM_REQUEST_INVALID, each naming every wrong field
 */
export function checkSubmission(submission: ReviewSubmission, template: ReviewTemplateContent, changesSinceLast: ChangesSinceLast, now: Date): StoredSubmission {
  const faults = answerFaults(template, submission.answers);
  if (faults.length > 0) {
    throw problem('REVIEWS_ANSWERS_INVALID', 'Answer every question of the template once. Nothing was changed.', {
      errors: faults.map(({ questionId, fault, index }) => ({ path: index === null ? 'answers' : `answers[${index}]`, code: fault, message: `${questionId}: ${ANSWER_HELP[fault]}` })),
    });
  }
  const fault = statementFault({ changes: submission.changes, nothingChangedSince: submission.nothingChangedSince ?? undefined }, changesSinceLast);
  if (fault) {
    const [path, message] = STATEMENT_HELP[fault];
    throw problem('REVIEWS_STATEMENT_INVALID', 'A review names at least one thing that changed, or affirms the digest of an empty record. Nothing was changed.', {
      errors: [{ path, code: fault, message }], extensions: { changesSinceLast },
    });
  }
  const errors = outcomeErrors(submission, template, now);
  if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some fields are not valid. Nothing was changed.', { errors });
  const answered = submission.answers.find(({ questionId }) => questionId === CONCENTRATION)?.answer === 'yes';
  return { ...submission, concentrationReviewed: submission.concentrationReviewed ?? answered, changesSinceLast };
}

function outcomeErrors(submission: ReviewSubmission, template: ReviewTemplateContent, now: Date): FieldError[] {
  const domains = new Set(template.questions.flatMap(({ domainId }) => (domainId === null ? [] : [domainId])));
  const errors: FieldError[] = submission.findings.flatMap((finding, index) => [
    ...(finding.domainId !== null && !domains.has(finding.domainId)
      ? [{ path: `findings[${index}].domainId`, code: 'unknown_domain', message: `expected one of ${[...domains].join(', ')} (${template.edition}), or null` }] : []),
    ...(new Date(finding.dueAt) <= now ? [{ path: `findings[${index}].dueAt`, code: 'in_the_past', message: 'expected an instant ahead: what the finding asks for is still to be done' }] : []),
  ]);
  if (submission.outcome !== 'continue') {
    if (!submission.rationale) errors.push({ path: 'rationale', code: 'required', message: `say why, when the outcome is ${submission.outcome}` });
    if (submission.findings.length === 0) errors.push({ path: 'findings', code: 'required', message: `the outcome ${submission.outcome} needs at least one finding, with who does what by when` });
  }
  return errors;
}
