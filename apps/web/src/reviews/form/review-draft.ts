import type { TriState } from '@roster/contracts';
import type { Schemas } from '@roster/api-client';
import type { Severity } from '../review-words.js';
import type { Outcome, ReviewDetail } from '../reviews.queries.js';

export interface DraftFinding {
  /** Names it inside the form. */
  readonly key: string;
  readonly severity: Severity;
  readonly title: string;
  readonly detail: string;
  /** Empty = a general finding. */
  readonly domainId: string;
  readonly ownerMemberId: string;
  readonly ownerName: string;
  /** YYYY-MM-DD in the organization's time zone; it is to be done by the end of that day. */
  readonly dueDay: string;
}

/** What a reviewer has filled in so far. */
export interface ReviewDraft {
  /** Changes of the record that the reviewer names, by their words. */
  readonly named: readonly string[];
  /** Further changes in the reviewer's words, one a line. */
  readonly own: string;
  /** Affirms that nothing changed; only where the record shows nothing. */
  readonly affirmed: boolean;
  readonly answers: Readonly<Record<string, { readonly answer: TriState | ''; readonly comment: string }>>;
  readonly findings: readonly DraftFinding[];
  readonly outcome: Outcome | '';
  readonly rationale: string;
}

type Change = ReviewDetail['changesSinceLast']['changes'][number];

/** A change of the record in one line. */
export const changeText = ({ area, subject, from, to }: Change): string => [`${area}: ${subject}`, [from === 'present' ? null : from, to].filter((part) => part !== null).join(' → ')].filter((part) => part !== '').join(', ');

/** Lines of a text that say something. */
export const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

/** What the form begins with: what was submitted before, when the second person returned it; else nothing is answered. @param dayOf the day of an instant in the organization's zone */
export function emptyDraft(review: ReviewDetail, dayOf: (instant: string) => string): ReviewDraft {
  const before = review.submission;
  const record = new Set(review.changesSinceLast.changes.map(changeText));
  const nameOf = (id: string): string => review.people.find(({ memberId }) => memberId === id)?.name ?? '';
  return {
    named: before?.changes.filter((text) => record.has(text)) ?? [],
    own: before?.changes.filter((text) => !record.has(text)).join('\n') ?? '',
    affirmed: false,
    answers: Object.fromEntries((review.template?.questions ?? []).map(({ id }) => {
      const given = before?.answers.find(({ questionId }) => questionId === id);
      return [id, { answer: given?.answer ?? '', comment: given?.comment ?? '' }];
    })),
    findings: before?.findings.map((finding, index) => ({
      key: `before-${index}`, severity: finding.severity, title: finding.title, detail: finding.detail ?? '', domainId: finding.domainId ?? '', ownerMemberId: finding.ownerMemberId, ownerName: nameOf(finding.ownerMemberId), dueDay: dayOf(finding.dueAt),
    })) ?? [],
    outcome: before ? review.outcome ?? '' : '', rationale: before?.rationale ?? '',
  };
}

/** What keeps a draft from being submitted. `field` names the element, `code` says what is wrong with it. */
export interface DraftFault {
  readonly field: string;
  readonly code: 'changes_missing' | 'change_short' | 'answer_missing' | 'comment_missing' | 'title_missing' | 'owner_missing' | 'due_missing' | 'due_past' | 'outcome_missing' | 'rationale_missing' | 'finding_missing';
}

/** Everything that is wrong, in the order of the form. The same rules as the service's, so that it is said before anything is sent. @param today in the organization's zone */
export function faultsOf(draft: ReviewDraft, review: ReviewDetail, today: string): DraftFault[] {
  const own = linesOf(draft.own);
  const names = draft.named.length + own.length;
  const faults: DraftFault[] = [];
  if (names === 0 && !(draft.affirmed && review.changesSinceLast.changes.length === 0)) faults.push({ field: 'changes', code: 'changes_missing' });
  if (own.some((line) => line.length < 3)) faults.push({ field: 'changes', code: 'change_short' });
  for (const { id } of review.template?.questions ?? []) {
    const given = draft.answers[id];
    if (!given || given.answer === '') faults.push({ field: `answer:${id}`, code: 'answer_missing' });
    else if (given.answer !== 'yes' && given.comment.trim() === '') faults.push({ field: `comment:${id}`, code: 'comment_missing' });
  }
  for (const finding of draft.findings) {
    if (finding.title.trim() === '') faults.push({ field: `title:${finding.key}`, code: 'title_missing' });
    if (finding.ownerMemberId === '') faults.push({ field: `owner:${finding.key}`, code: 'owner_missing' });
    if (finding.dueDay === '') faults.push({ field: `due:${finding.key}`, code: 'due_missing' });
    else if (finding.dueDay < today) faults.push({ field: `due:${finding.key}`, code: 'due_past' });
  }
  if (draft.outcome === '') faults.push({ field: 'outcome', code: 'outcome_missing' });
  else if (draft.outcome !== 'continue') {
    if (draft.findings.length === 0) faults.push({ field: 'findings', code: 'finding_missing' });
    if (draft.rationale.trim() === '') faults.push({ field: 'rationale', code: 'rationale_missing' });
  }
  return faults;
}

/**
 * The submission of a draft without faults.
 * @param endOf the last instant of a day in the organization's zone, RFC 3339
 * @throws Error when a draft has faults; ask faultsOf first
 */
export async function submissionOf(draft: ReviewDraft, review: ReviewDetail, endOf: (day: string) => Promise<string>): Promise<Schemas['SubmitReviewDto']> {
  const { outcome } = draft;
  if (outcome === '') throw new Error('A review is submitted with an outcome');
  const changes = [...draft.named, ...linesOf(draft.own)];
  const findings = await Promise.all(draft.findings.map(async ({ severity, title, detail, domainId, ownerMemberId, dueDay }) => ({
    severity, title: title.trim(), detail: detail.trim() === '' ? null : detail.trim(), domainId: domainId === '' ? null : domainId, ownerMemberId, dueAt: await endOf(dueDay),
  })));
  return {
    answers: (review.template?.questions ?? []).map(({ id }) => {
      const { answer = '', comment = '' } = draft.answers[id] ?? {};
      if (answer === '') throw new Error(`The question ${id} has no answer`);
      return { questionId: id, answer, comment: comment.trim() === '' ? null : comment.trim() };
    }),
    ...(changes.length > 0 ? { changes } : { nothingChangedSince: review.changesSinceLast.digest }),
    findings, outcome, ...(draft.rationale.trim() === '' ? {} : { rationale: draft.rationale.trim() }),
  };
}

/** The field of the form that an error of the service is about; null when it belongs to none. @param path as in the problem, such as `findings[1].dueAt` */
export function fieldOf(path: string, draft: ReviewDraft, review: ReviewDetail): string | null {
  const [, list = '', index = '', name = ''] = /^(\w+)(?:\[(\d+)\])?(?:\.(\w+))?$/.exec(path) ?? [];
  if (list === 'answers') {
    const question = review.template?.questions[Number(index)];
    return index !== '' && question ? `answer:${question.id}` : null;
  }
  if (list === 'findings') {
    const finding = draft.findings[Number(index)];
    const field = { title: 'title', ownerMemberId: 'owner', dueAt: 'due', domainId: 'domain' }[name];
    return index === '' || !finding ? 'findings' : `${field ?? 'title'}:${finding.key}`;
  }
  if (list === 'changes' || list === 'nothingChangedSince') return 'changes';
  return list === 'outcome' || list === 'rationale' ? list : null;
}
