import { Anchor } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { DefinitionList, Instant, MeaningBadge, Person, ReviewStateMark, RiskTierMark, useFormat } from '@roster/ui';
import { Link } from '@tanstack/react-router';
import { useAsOf } from '../shell/as-of.js';
import { PeekPanel } from '../shell/peek-panel.js';
import { isOpen, standingOf } from './review-standing.js';
import { useOutcomeWords } from './review-words.js';
import type { Review } from './reviews.queries.js';
import classes from './reviews.module.css';

/** A review at a glance, beside the list: how it stands, who owes it by when, and why it is asked for. @param review null when nothing is looked at */
export function ReviewPeek({ review, onClose }: { review: Review | null; onClose: () => void }) {
  return (
    <PeekPanel opened={review !== null} title={review?.workload.name ?? ''} {...(review ? { href: `/reviews/${review.id}` } : {})} onClose={onClose}>
      {review ? <Facts review={review} /> : null}
    </PeekPanel>
  );
}

function Facts({ review }: { review: Review }) {
  const { t } = useLingui();
  const { now, number } = useFormat();
  const asOf = useAsOf();
  const outcomes = useOutcomeWords();
  const { key } = review.workload;
  const at = asOf === null ? now.getTime() : Date.parse(asOf);
  return (
    <div className={classes.peek}>
      <div className={classes.marks}>
        {review.deadLetterAt ? <MeaningBadge meaning="broken">{t`Stuck`}</MeaningBadge> : <ReviewStateMark state={standingOf(review, at)} />}
        <RiskTierMark tier={review.riskTier} />
      </div>
      <DefinitionList items={[
        { term: t`Workload`, value: <Anchor component={Link} to={`/workloads/${key}`} size="sm"><span className={classes.key}>{key}</span></Anchor> },
        { term: t`Due`, value: <Instant at={review.dueAt} /> },
        { term: t`Owed by`, value: <Person name={review.owner?.name} /> },
        { term: t`Kind`, value: review.kind === 'scheduled' ? t`of the series` : t`out of cycle` },
        ...(review.reason ? [{ term: t`Why`, value: review.reason }] : []),
        ...(review.missedPeriods > 0 ? [{ term: t`Missed periods`, value: number(review.missedPeriods) }] : []),
        ...(isOpen(review.status) ? [] : [
          { term: t`Closed`, value: <Instant at={review.closedAt} /> },
          review.outcome ? { term: t`Outcome`, value: outcomes[review.outcome].name } : { term: t`Skipped because`, value: review.skipReason ?? '' },
        ]),
      ]} />
    </div>
  );
}
