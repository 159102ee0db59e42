import { Alert, Anchor } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { CardSkeleton, DefinitionList, Instant, MeaningBadge, Panel, Person, ReviewStateMark, RiskTierMark, useFormat } from '@roster/ui';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { api } from '../api/client.js';
import { ActButton } from '../session/act-button.js';
import { useMay } from '../session/may.js';
import { useAsOf } from '../shell/as-of.js';
import { useCommands, type Command } from '../shell/commands.js';
import { Page } from '../shell/page.js';
import { toast } from '../shell/toast.js';
import { RescheduleDialog } from './acts/reschedule-dialog.js';
import { SignOffPanel } from './acts/sign-off-panel.js';
import { SkipDialog } from './acts/skip-dialog.js';
import { ChangesOnRecord } from './changes-on-record.js';
import { standingOf } from './review-standing.js';
import { useTriggerWords } from './review-words.js';
import { reviewQuery, type ReviewDetail } from './reviews.queries.js';
import { SubmissionView } from './submission-view.js';
import { useReviewAct } from './use-review-act.js';
import classes from './review-page.module.css';

// Fetched for those who work on a review; most read it.
const ReviewForm = lazy(async () => ({ default: (await import('./form/review-form.js')).ReviewForm }));

/** One review: what it is about, what changed, and the work itself in the state it is in. */
export function ReviewPage({ id }: { id: string }) {
  const { t } = useLingui();
  const asOf = useAsOf();
  const { now } = useFormat();
  const { data: review } = useSuspenseQuery(reviewQuery(id, asOf));
  const [dialog, setDialog] = useState<'skip' | 'reschedule' | null>(null);
  const conduct = useMay('reviews:review:conduct');
  const start = useReviewAct(id, () => bodyOf(api.POST('/api/v1/reviews/{id}/start', { params: { path: { id } } })), { onError: toast.failed });
  const retry = useReviewAct(id, () => bodyOf(api.POST('/api/v1/reviews/{id}/retry', { params: { path: { id } } })), { onDone: () => toast.done({ message: t`Put back to work. It is made due within a minute.` }), onError: toast.failed });
  const can = (command: string): boolean => review.allowed.includes(command as never);
  const { mutate: startNow } = start;
  const startable = can('start');
  useCommands(useMemo((): Command[] => (startable ? [{ id: 'review.start', label: t`Start this review`, group: t`This page`, permission: 'reviews:review:conduct', run: () => startNow(undefined) }] : []), [t, startable, startNow]));
  const { key, name } = review.workload;
  const standing = standingOf(review, asOf === null ? now.getTime() : Date.parse(asOf));
  const working = review.status === 'in_progress' && conduct.allowed && review.template !== null;
  return (
    <Page
      title={<Trans>Review of <span className={classes.key}>{key}</span> {name}</Trans>} name={t`Review of ${key}`} to={`/reviews/${id}`} crumbs={[{ label: t`Reviews`, to: '/reviews' }]}
      meta={<><ReviewStateMark state={standing} />{standing === 'overdue' && review.status !== 'scheduled' ? <ReviewStateMark state={review.status} plain /> : null}<RiskTierMark tier={review.riskTier} /><Instant at={review.dueAt} /></>}
      actions={<>
        {can('reschedule') ? <ActButton permission="reviews:review:conduct" variant="default" onClick={() => setDialog('reschedule')}>{t`Move it`}</ActButton> : null}
        {can('skip') ? <ActButton permission="reviews:review:skip" variant="default" onClick={() => setDialog('skip')}>{t`Skip it`}</ActButton> : null}
        {can('start') ? <ActButton permission="reviews:review:conduct" loading={start.isPending} onClick={() => start.mutate(undefined)}>{t`Start the review`}</ActButton> : null}
      </>}
    >
      <div className={classes.columns}>
        <div className={classes.main}>
          {review.deadLetterAt ? (
            <Alert color="red" title={t`This review is stuck`}>
              <p className={classes.text}><Trans>It could not be made due after repeated attempts, and nobody was told. Nothing is lost: start it as it is, or put it back to work.</Trans></p>
              <ActButton permission="reviews:review:conduct" variant="default" mt="xs" loading={retry.isPending} onClick={() => retry.mutate(undefined)}>{t`Put it back to work`}</ActButton>
            </Alert>
          ) : null}
          {review.status === 'in_progress' && review.submission && review.signOffComment ? <Returned review={review} /> : null}
          {review.status === 'skipped' ? <Alert color="gray" title={t`Skipped`}><p className={classes.text}>{review.skipReason}</p><p className={classes.by}><PersonOf review={review} id={review.skipApprovedBy} none={t`The obligation ended by itself.`} /> <Instant at={review.closedAt} /></p></Alert> : null}
          {review.status === 'awaiting_sign_off' ? <SignOffPanel review={review} /> : null}
          <ChangesOnRecord review={review} />
          {working ? <Suspense fallback={<CardSkeleton lines={6} />}><ReviewForm key={review.version} review={review} /></Suspense> : null}
          {review.status === 'in_progress' && !conduct.allowed ? <Panel title={t`In progress`}><p className={classes.text}><PersonOf review={review} id={review.startedBy} none="" /> <Trans>is working on it. What they answer is shown here once it is submitted.</Trans></p></Panel> : null}
          {review.status === 'scheduled' || review.status === 'due' ? <NotStarted review={review} /> : null}
          {review.submission && review.status !== 'in_progress' ? <SubmissionView review={review} /> : null}
        </div>
        <aside className={classes.side} aria-label={t`About this review`}><Facts review={review} /></aside>
      </div>
      {dialog === 'skip' ? <SkipDialog review={review} onClose={() => setDialog(null)} /> : null}
      {dialog === 'reschedule' ? <RescheduleDialog review={review} onClose={() => setDialog(null)} /> : null}
    </Page>
  );
}

function PersonOf({ review, id, none }: { review: ReviewDetail; id: string | null; none: string }) {
  if (id === null) return <>{none}</>;
  return <Person name={review.people.find(({ memberId }) => memberId === id)?.name ?? id} />;
}

function Returned({ review }: { review: ReviewDetail }) {
  const { t } = useLingui();
  return <Alert color="yellow" title={t`The second person returned it`}><p className={classes.text}>{review.signOffComment}</p><p className={classes.by}><Trans>What you submitted is below, to be corrected and submitted again.</Trans></p></Alert>;
}

function NotStarted({ review }: { review: ReviewDetail }) {
  const { t } = useLingui();
  return (
    <Panel title={t`What happens in a review`}>
      <ol className={classes.steps}>
        <li><Trans>Starting it fixes the questions: general ones, and one for each domain of the organization's edition.</Trans></li>
        <li><Trans>The reviewer names what changed since the last one, or affirms that nothing did, answers, and notes findings with who does what by when.</Trans></li>
        <li>{review.signOffNeeded ? <Trans>Its risk tier asks for a second person: somebody who neither started nor submitted it signs it off.</Trans> : <Trans>Its risk tier asks for no second person: submitting completes it.</Trans>}</li>
        <li><Trans>Findings become actions, and the next review of the series is set.</Trans></li>
      </ol>
    </Panel>
  );
}

function Facts({ review }: { review: ReviewDetail }) {
  const { t } = useLingui();
  const asOf = useAsOf();
  const triggers = useTriggerWords();
  const past = (asOf === null ? {} : { asOf }) as never;
  const when = (at: string | null, who: string | null) => <span className={classes.stack}><Instant at={at} relative={false} /><PersonOf review={review} id={who} none="" /></span>;
  return (
    <>
      <Panel title={t`About this review`}>
        <DefinitionList items={[
          { term: t`Workload`, value: <Anchor component={Link} to={`/workloads/${review.workload.key}`} search={past} size="sm"><span className={classes.key}>{review.workload.key}</span> {review.workload.name}</Anchor> },
          { term: t`Owed by`, value: review.owner ? <Person name={review.owner.name} /> : <MeaningBadge meaning="unknown">{t`Nobody: there is no risk owner`}</MeaningBadge> },
          { term: t`Due`, value: <Instant at={review.dueAt} relative={false} /> },
          ...(review.regularDueAt === review.dueAt ? [] : [{ term: t`Regularly due`, value: <Instant at={review.regularDueAt} relative={false} /> }]),
          { term: t`Kind`, value: review.kind === 'scheduled' ? t`of the series` : t`out of cycle` },
          ...(review.reason ? [{ term: t`Why`, value: review.reason }] : []),
          { term: t`Second person`, value: review.signOffNeeded ? t`Needed: somebody who neither started nor submitted it` : t`Not needed in this risk tier` },
          ...(review.missedPeriods > 0 ? [{ term: t`Missed periods`, value: String(review.missedPeriods) }] : []),
          ...(review.startedAt ? [{ term: t`Started`, value: when(review.startedAt, review.startedBy) }] : []),
          ...(review.submittedAt ? [{ term: t`Submitted`, value: when(review.submittedAt, review.submittedBy) }] : []),
          ...(review.signedOffBy ? [{ term: t`Signed off`, value: when(review.closedAt, review.signedOffBy) }] : review.status === 'completed' ? [{ term: t`Completed`, value: <Instant at={review.closedAt} relative={false} /> }] : []),
          ...(review.template ? [{ term: t`Questions`, value: `${review.template.edition} · v${review.template.number}` }] : []),
        ]} />
      </Panel>
      {review.triggers.length > 0 ? (
        <Panel title={t`What asked for it`}>
          <ul className={classes.triggers}>{review.triggers.map(({ kind, detail, at }) => <li key={`${kind} ${at} ${detail}`}><strong>{triggers[kind] ?? kind}</strong> <Instant at={at} only="relative" /><p className={classes.text}>{detail}</p></li>)}</ul>
        </Panel>
      ) : null}
    </>
  );
}
