import { Button, Checkbox, Radio, Stack, Textarea } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { bodyOf, RosterProblem } from '@roster/api-client';
import { Instant, Panel, ProblemAlert, useFormat, type ShownProblem } from '@roster/ui';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useRef, useState, type FormEvent } from 'react';
import { api } from '../../api/client.js';
import { shownProblem } from '../../api/problem.js';
import { dayIn, instantOfLocal } from '../../clock/calendar.js';
import { useDraft } from '../../forms/use-draft.js';
import { ActButton } from '../../session/act-button.js';
import { useMay } from '../../session/may.js';
import { toast } from '../../shell/toast.js';
import { coverageQuery } from '../../workload/workload.queries.js';
import { useChangeWords } from '../change-words.js';
import { useOutcomeWords } from '../review-words.js';
import type { Outcome, ReviewDetail, ReviewQuestion } from '../reviews.queries.js';
import { useReviewAct } from '../use-review-act.js';
import { FindingFields } from './finding-fields.js';
import { QuestionFields } from './question-fields.js';
import { changeText, emptyDraft, faultsOf, fieldOf, submissionOf, type DraftFault, type ReviewDraft } from './review-draft.js';
import classes from './review-form.module.css';

/** The review itself. What is typed survives a reload; what is missing is said beside its field and in a summary that leads there. */
export function ReviewForm({ review }: { review: ReviewDetail }) {
  const { t } = useLingui();
  const { timeZone, now } = useFormat();
  const client = useQueryClient();
  const base = useId();
  const today = dayIn(now, timeZone);
  const stored = useDraft<ReviewDraft>(`review:${review.id}:${review.version}`, emptyDraft(review, (instant) => dayIn(new Date(instant), timeZone)));
  const [draft, setDraft] = useState(stored.values);
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const summary = useRef<HTMLDivElement>(null);
  const serial = useRef(0);
  const maySeeEvidence = useMay('evidence:item:read').allowed;
  const coverage = useQuery({ ...coverageQuery(review.workload.key, null), enabled: maySeeEvidence });
  const words = useFaultWords();
  const outcomes = useOutcomeWords();
  const questions = review.template?.questions ?? [];
  const faults = tried ? faultsOf(draft, review, today) : [];
  const idOf = (field: string): string => `${base}-${field.replace(/[^\w-]/g, '-')}`;
  const errorOf = (field: string): string | null => refused[field] ?? wordOf(words, faults.find((fault) => fault.field === field));
  const change = (next: ReviewDraft): void => {
    setDraft(next);
    setRefused({});
    stored.keep(next);
  };
  const submit = useReviewAct(
    review.id,
    async () => bodyOf(api.POST('/api/v1/reviews/{id}/submit', { params: { path: { id: review.id } }, body: await submissionOf(draft, review, (day) => instantOfLocal(`${day}T23:59`, timeZone)) })),
    {
      onDone: ({ status }) => { stored.clear(); toast.done({ message: status === 'completed' ? t`The review is completed. Its findings are actions now.` : t`Submitted. It waits for the second person.` }); },
      onError: (error) => {
        const errors = error instanceof RosterProblem ? error.errors : [];
        const placed = errors.flatMap(({ path, message }) => { const field = fieldOf(path, draft, review); return field === null ? [] : [[field, message] as const]; });
        setRefused(Object.fromEntries(placed));
        setProblem(shownProblem(error));
        // The record has moved on while the reviewer was writing: it is shown as it is now, and what was typed stays.
        if (error instanceof RosterProblem && error.code === 'REVIEWS_STATEMENT_INVALID') void client.invalidateQueries({ queryKey: ['reviews', 'one', review.id] });
        requestAnimationFrame(() => summary.current?.focus());
      },
    },
  );
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    setProblem(null);
    setRefused({});
    if (faultsOf(draft, review, today).length === 0) submit.mutate(undefined);
    else requestAnimationFrame(() => summary.current?.focus());
  };
  const addFinding = (): void => {
    serial.current += 1;
    const key = `new-${draft.findings.length}-${serial.current}`;
    change({ ...draft, findings: [...draft.findings, { key, severity: 'medium', title: '', detail: '', domainId: '', ownerMemberId: review.owner?.memberId ?? '', ownerName: review.owner?.name ?? '', dueDay: '' }] });
    requestAnimationFrame(() => document.getElementById(idOf(`title:${key}`))?.focus());
  };
  const general = questions.filter(({ domainId }) => domainId === null);
  const perDomain = questions.filter(({ domainId }) => domainId !== null);
  const asked = (list: readonly ReviewQuestion[]) => list.map((question) => (
    <QuestionFields key={question.id} question={question} value={draft.answers[question.id] ?? { answer: '', comment: '' }} coverage={coverage.data?.domains.find(({ id }) => id === question.domainId) ?? null} idOf={idOf} errorOf={errorOf}
      onChange={(value) => change({ ...draft, answers: { ...draft.answers, [question.id]: value } })} />
  ));
  const answered = questions.filter(({ id }) => (draft.answers[id]?.answer ?? '') !== '').length;
  const all = questions.length;
  const wrong = faults.length;
  return (
    <form className={classes.form} onSubmit={onSubmit} noValidate aria-label={t`Review`}>
      {stored.restored ? <p className={classes.restored} role="status"><Trans>What you had typed is back.</Trans> <Button variant="subtle" size="compact-sm" onClick={() => { stored.clear(); setDraft(emptyDraft(review, (instant) => dayIn(new Date(instant), timeZone))); }}>{t`Start over`}</Button></p> : null}
      <Panel title={t`What changed`} description={t`Name at least one thing that changed, or affirm that nothing did.`}>
        <Statement review={review} draft={draft} change={change} idOf={idOf} error={errorOf('changes')} />
      </Panel>
      <Panel title={t`General`} description={<Trans>{answered} of {all} questions answered.</Trans>} flush>{asked(general)}</Panel>
      <Panel title={t`Controls by domain`} description={t`Do the controls still work as the evidence says?`} flush>{asked(perDomain)}</Panel>
      <Panel title={t`Findings`} description={t`Each becomes an action of whoever does it.`}>
        <Stack gap="md">
          {draft.findings.map((finding, index) => (
            <FindingFields key={finding.key} finding={finding} number={index + 1} questions={questions} today={today} idOf={idOf} errorOf={errorOf}
              onChange={(next) => change({ ...draft, findings: draft.findings.map((one) => (one.key === next.key ? next : one)) })} onRemove={() => change({ ...draft, findings: draft.findings.filter(({ key }) => key !== finding.key) })} />
          ))}
          {errorOf('findings') ? <p className={classes.error}>{errorOf('findings')}</p> : null}
          <div><Button id={idOf('findings')} variant="default" leftSection={<IconPlus size={14} />} onClick={addFinding}>{t`Add a finding`}</Button></div>
        </Stack>
      </Panel>
      <Panel title={t`Outcome`}>
        <Stack gap="md">
          <Radio.Group id={idOf('outcome')} label={t`What follows`} required error={errorOf('outcome')} value={draft.outcome} onChange={(value) => change({ ...draft, outcome: value as Outcome })}>
            <div className={classes.outcomes}>{(Object.keys(outcomes) as Outcome[]).map((outcome) => <Radio key={outcome} value={outcome} label={outcomes[outcome].name} description={outcomes[outcome].means} />)}</div>
          </Radio.Group>
          <Textarea id={idOf('rationale')} label={t`Why`} required={draft.outcome !== '' && draft.outcome !== 'continue'} autosize minRows={2} maxLength={10_000} value={draft.rationale} error={errorOf('rationale')} onChange={(event) => change({ ...draft, rationale: event.currentTarget.value })} />
        </Stack>
      </Panel>
      <div ref={summary} tabIndex={-1} className={classes.summary}>
        {problem ? <ProblemAlert problem={problem} compact /> : null}
        {wrong > 0 ? (
          <div role="alert" className={classes.faults}>
            <strong><Plural value={wrong} one="One thing is missing" other="# things are missing" /></strong>
            <ul>{faults.map((fault) => <li key={`${fault.field} ${fault.code}`}><a href={`#${idOf(fault.field)}`} onClick={(event) => { event.preventDefault(); focusField(idOf(fault.field)); }}><FaultLine fault={fault} questions={questions} words={words} /></a></li>)}</ul>
          </div>
        ) : null}
      </div>
      <div className={classes.foot}>
        <ActButton permission="reviews:review:conduct" type="submit" size="sm" loading={submit.isPending}>{review.signOffNeeded ? t`Submit for sign-off` : t`Complete the review`}</ActButton>
        <span className={classes.dim}>{review.signOffNeeded ? t`Somebody who neither started nor submitted it signs it off.` : t`No second person is needed in this risk tier: submitting completes it.`}</span>
      </div>
    </form>
  );
}

/** Leads to a field: to itself, or to the first thing inside it that takes the focus. */
function focusField(id: string): void {
  const element = document.getElementById(id);
  const target = element?.matches('input, textarea, button') ? element : element?.querySelector<HTMLElement>('input, textarea, button');
  (target ?? element)?.focus();
}

function Statement({ review, draft, change, idOf, error }: { review: ReviewDetail; draft: ReviewDraft; change: (draft: ReviewDraft) => void; idOf: (field: string) => string; error: string | null }) {
  const { t } = useLingui();
  const { changes, since } = review.changesSinceLast;
  const wordsOf = useChangeWords();
  // Chosen by what the record says, which is what is submitted; shown in words.
  const texts = [...new Map(changes.map((one) => [changeText(one), wordsOf(one).line]))];
  return (
    <Stack gap="sm" id={idOf('changes')}>
      {texts.length > 0 ? (
        <Checkbox.Group label={t`Changes on record that matter for this review`} value={[...draft.named]} onChange={(named) => change({ ...draft, named })}>
          <div className={classes.named}>{texts.map(([text, words]) => <Checkbox key={text} value={text} label={words} />)}</div>
        </Checkbox.Group>
      ) : (
        <Checkbox checked={draft.affirmed && draft.own.trim() === ''} disabled={draft.own.trim() !== ''} label={<Trans>I have looked, and nothing changed since <Instant at={since} relative={false} /></Trans>} description={t`Affirms the empty record above by its digest.`} onChange={(event) => change({ ...draft, affirmed: event.currentTarget.checked })} />
      )}
      <Textarea label={texts.length > 0 ? t`What else changed` : t`Or name what changed`} description={t`One thing a line: also what the record cannot know, such as another use or a new law.`} autosize minRows={2} value={draft.own} error={error} onChange={(event) => change({ ...draft, own: event.currentTarget.value })} />
    </Stack>
  );
}

type FaultWords = Readonly<Record<DraftFault['code'], string>>;
const wordOf = (words: FaultWords, fault: DraftFault | undefined): string | null => (fault ? words[fault.code] : null);

function useFaultWords(): FaultWords {
  const { t } = useLingui();
  return {
    changes_missing: t`Name a change, or affirm that nothing changed`, change_short: t`Each line needs at least three characters`, answer_missing: t`Answer yes, no or unknown`, comment_missing: t`Say why, when the answer is not yes`,
    title_missing: t`Say what is to be done`, owner_missing: t`Choose who does it`, due_missing: t`Choose the day by which it is done`, due_past: t`Choose today or a day ahead`,
    outcome_missing: t`Choose the outcome`, rationale_missing: t`Say why, when it does not simply continue`, finding_missing: t`This outcome needs at least one finding: who does what by when`,
  };
}

function FaultLine({ fault, questions, words }: { fault: DraftFault; questions: readonly ReviewQuestion[]; words: FaultWords }) {
  const [kind = '', id = ''] = [fault.field.split(':')[0], fault.field.split(':')[1]];
  const question = kind === 'answer' || kind === 'comment' ? questions.find((one) => one.id === id) : undefined;
  return <>{question ? `${question.text} ` : ''}{words[fault.code]}</>;
}
