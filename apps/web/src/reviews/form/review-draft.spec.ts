import { describe, expect, it } from '@jest/globals';
import type { ReviewDetail } from '../reviews.queries.js';
import { changeText, emptyDraft, faultsOf, fieldOf, linesOf, submissionOf, type ReviewDraft } from './review-draft.js';

const change = { at: '2026-04-01T00:00:00Z', area: 'owner', subject: 'on_call', from: 'proposed', to: 'accepted: Grace', by: 'Grace' } as const;
const review = (more: Partial<ReviewDetail> = {}): ReviewDetail => ({
  template: { questions: [{ id: 'general.purpose' }, { id: 'D1' }] }, changesSinceLast: { digest: 'sha256:1', changes: [], since: '2026-01-01T00:00:00Z', lastReviewId: null }, submission: null, people: [], outcome: null, ...more,
}) as unknown as ReviewDetail;
const dayOf = (instant: string): string => instant.slice(0, 10);
const today = '2026-05-01';
const complete = (more: Partial<ReviewDraft> = {}): ReviewDraft => ({
  named: [], own: '', affirmed: true, answers: { 'general.purpose': { answer: 'yes', comment: '' }, D1: { answer: 'yes', comment: '' } }, findings: [], outcome: 'continue', rationale: '', ...more,
});
const finding = { key: 'a', severity: 'high', title: 'Rotate', detail: '', domainId: '', ownerMemberId: 'm', ownerName: 'Grace', dueDay: '2026-05-01' } as const;
const codes = (draft: ReviewDraft, of = review()): string[] => faultsOf(draft, of, today).map(({ field, code }) => `${field} ${code}`);

describe('the draft of a review', () => {
  it('answers nothing by itself', () => {
    const draft = emptyDraft(review(), dayOf);
    expect(draft).toEqual({ named: [], own: '', affirmed: false, answers: { 'general.purpose': { answer: '', comment: '' }, D1: { answer: '', comment: '' } }, findings: [], outcome: '', rationale: '' });
    expect(codes(draft)).toEqual(['changes changes_missing', 'answer:general.purpose answer_missing', 'answer:D1 answer_missing', 'outcome outcome_missing']);
  });

  it('begins with what was submitted when it was returned, with record and own words told apart', () => {
    const returned = review({
      changesSinceLast: { digest: 'sha256:1', since: '2026-01-01T00:00:00Z', lastReviewId: null, changes: [change] }, outcome: 'freeze', people: [{ memberId: 'm', name: 'Grace' }],
      submission: { answers: [{ questionId: 'D1', answer: 'no', comment: 'Not yet' }], changes: [changeText(change), 'A new vendor'], nothingChangedSince: null, rationale: 'Because', findings: [{ severity: 'high', title: 'Rotate', detail: null, domainId: 'D1', ownerMemberId: 'm', dueAt: '2026-06-01T21:59:00Z' }] },
    } as unknown as Partial<ReviewDetail>);
    expect(emptyDraft(returned, dayOf)).toMatchObject({
      named: ['owner: on_call, proposed → accepted: Grace'], own: 'A new vendor', answers: { D1: { answer: 'no', comment: 'Not yet' }, 'general.purpose': { answer: '' } }, outcome: 'freeze', rationale: 'Because',
      findings: [{ title: 'Rotate', ownerName: 'Grace', domainId: 'D1', dueDay: '2026-06-01' }],
    });
  });

  it('is affirmed only where the record shows nothing, and named otherwise', () => {
    expect(codes(complete())).toEqual([]);
    const changed = review({ changesSinceLast: { digest: 'sha256:1', since: '', lastReviewId: null, changes: [change] } } as unknown as Partial<ReviewDetail>);
    expect(codes(complete(), changed)).toEqual(['changes changes_missing']);
    expect(codes(complete({ named: [changeText(change)] }), changed)).toEqual([]);
    expect(codes(complete({ own: 'ab\n\nlong enough' }), changed)).toEqual(['changes change_short']);
  });

  it('asks why for every answer but yes, and for every outcome but to continue', () => {
    expect(codes(complete({ answers: { 'general.purpose': { answer: 'unknown', comment: ' ' }, D1: { answer: 'no', comment: 'Old' } } }))).toEqual(['comment:general.purpose comment_missing']);
    expect(codes(complete({ outcome: 'roll_back' }))).toEqual(['findings finding_missing', 'rationale rationale_missing']);
    expect(codes(complete({ outcome: 'roll_back', rationale: 'Drift', findings: [finding] }))).toEqual([]);
    expect(codes(complete({ findings: [{ ...finding, title: ' ', ownerMemberId: '', dueDay: '2026-04-30' }] }))).toEqual(['title:a title_missing', 'owner:a owner_missing', 'due:a due_past']);
  });

  it('becomes what the service asks for', async () => {
    const endOf = (day: string): Promise<string> => Promise.resolve(`${day}T21:59:00Z`);
    expect(await submissionOf(complete(), review(), endOf)).toEqual({ answers: [{ questionId: 'general.purpose', answer: 'yes', comment: null }, { questionId: 'D1', answer: 'yes', comment: null }], nothingChangedSince: 'sha256:1', findings: [], outcome: 'continue' });
    expect(await submissionOf(complete({ own: ' One \n\n Two', rationale: ' Why ', findings: [finding] }), review(), endOf)).toMatchObject({ changes: ['One', 'Two'], rationale: 'Why', findings: [{ title: 'Rotate', domainId: null, detail: null, dueAt: '2026-05-01T21:59:00Z' }] });
    await expect(submissionOf(complete({ outcome: '' }), review(), endOf)).rejects.toThrow('outcome');
  });

  it('finds the field that an error of the service is about', () => {
    const draft = complete({ findings: [finding] });
    expect(['answers[1]', 'answers', 'findings[0].dueAt', 'findings[0].ownerMemberId', 'findings', 'findings[7].title', 'nothingChangedSince', 'rationale', 'elsewhere.deep'].map((path) => fieldOf(path, draft, review())))
      .toEqual(['answer:D1', null, 'due:a', 'owner:a', 'findings', 'findings', 'changes', 'rationale', null]);
    expect(linesOf('a\n \n b ')).toEqual(['a', 'b']);
  });
});
