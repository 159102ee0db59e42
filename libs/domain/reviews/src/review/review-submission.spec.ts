import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '@roster/platform-errors';
import { templateFrom } from '../template/review-template.js';
import { changesSince } from './change-record.js';
import { checkSubmission, type ReviewSubmission } from './review-submission.js';

const now = new Date('2026-05-01T09:00:00Z');
const template = templateFrom({ id: 'made-up-1', title: 'Made up', domains: [{ id: 'A', name: 'Alpha', summary: '', criteria: [] }], freezeDomains: [], toolBlockingDomains: [] });
const quiet = changesSince('w', new Date('2026-02-01T09:00:00Z'), null, []);
const finding = { severity: 'high' as const, domainId: 'A', title: 'Rotate the key', detail: null, ownerMemberId: 'm', dueAt: '2026-06-01T09:00:00Z' };
const submission = (more: Partial<ReviewSubmission> = {}): ReviewSubmission => ({
  answers: template.questions.map(({ id }) => ({ questionId: id, answer: 'yes' as const, comment: null })),
  changes: [], nothingChangedSince: quiet.digest, findings: [], outcome: 'continue', rationale: null, concentrationReviewed: null, ...more,
});
const refused = (given: ReviewSubmission): string[] => {
  try {
    checkSubmission(given, template, quiet, now);
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return [error.code, ...error.errors.map(({ path, code }) => `${path}:${code}`)];
  }
};

describe('submitting a review', () => {
  it('keeps what was said, what the record showed, and whether concentration was looked at', () => {
    expect(checkSubmission(submission(), template, quiet, now)).toEqual({ ...submission(), concentrationReviewed: true, changesSinceLast: quiet });
    const unsure = submission({ answers: submission().answers.map((answer) => (answer.questionId === 'general.concentration' ? { ...answer, answer: 'unknown', comment: 'Not yet' } : answer)) });
    expect(checkSubmission(unsure, template, quiet, now).concentrationReviewed).toBe(false);
    expect(checkSubmission({ ...unsure, concentrationReviewed: true }, template, quiet, now).concentrationReviewed).toBe(true);
  });

  it.each<[string, Partial<ReviewSubmission>, string[]]>([
    ['a missing answer', { answers: submission().answers.slice(1) }, ['REVIEWS_ANSWERS_INVALID', 'answers:missing']],
    ['no statement', { nothingChangedSince: null }, ['REVIEWS_STATEMENT_INVALID', 'changes:missing']],
    ['an old digest', { nothingChangedSince: 'sha256:0' }, ['REVIEWS_STATEMENT_INVALID', 'nothingChangedSince:digest_stale']],
    ['an outcome without reason and work', { outcome: 'freeze' }, ['PLATFORM_REQUEST_INVALID', 'rationale:required', 'findings:required']],
    ['a finding in an unknown domain, in the past', { findings: [{ ...finding, domainId: 'Z', dueAt: '2026-05-01T09:00:00Z' }] },
      ['PLATFORM_REQUEST_INVALID', 'findings[0].domainId:unknown_domain', 'findings[0].dueAt:in_the_past']],
  ])('refuses %s', (_, more, expected) => {
    expect(refused(submission(more))).toEqual(expected);
  });

  it('accepts every outcome with a reason and a finding', () => {
    for (const outcome of ['continue', 'continue_with_conditions', 'freeze', 'roll_back', 'retire'] as const) {
      expect(refused(submission({ outcome, rationale: 'Because', findings: [finding] }))).toEqual([]);
    }
  });
});
