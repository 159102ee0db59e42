import { Anchor } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { Instant, MeaningBadge, Person, ReviewStateMark, RiskTierMark, useFormat, type ExportColumn } from '@roster/ui';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useAsOf } from '../shell/as-of.js';
import { standingOf } from './review-standing.js';
import { useOutcomeWords } from './review-words.js';
import type { Review } from './reviews.queries.js';
import classes from './reviews.module.css';

/** The columns of a list of reviews. */
export function useReviewColumns(): ExportColumn<Review>[] {
  const { t } = useLingui();
  const { now } = useFormat();
  const asOf = useAsOf();
  const outcomes = useOutcomeWords();
  return useMemo((): ExportColumn<Review>[] => {
    const at = asOf === null ? now.getTime() : Date.parse(asOf);
    return [
      { id: 'workload', header: t`Workload`, width: 280, hideable: false, exported: ({ workload: { key, name } }) => `${key} ${name}`, cell: (row) => <Anchor component={Link} to={`/reviews/${row.id}`} search={(asOf === null ? {} : { asOf }) as never} size="sm" title={row.workload.name}><span className={classes.key}>{row.workload.key}</span> {row.workload.name}</Anchor> },
      { id: 'state', header: t`State`, width: 160, exported: (row) => (row.deadLetterAt ? 'stuck' : standingOf(row, at)), cell: (row) => (row.deadLetterAt ? <MeaningBadge meaning="broken" plain>{t`Stuck`}</MeaningBadge> : <ReviewStateMark state={standingOf(row, at)} plain />) },
      { id: 'due', header: t`Due`, width: 250, sortKey: 'dueAt', exported: (row) => row.dueAt, cell: (row) => <Instant at={row.dueAt} /> },
      { id: 'tier', header: t`Risk tier`, width: 120, exported: (row) => row.riskTier ?? 'unknown', cell: (row) => <RiskTierMark tier={row.riskTier} /> },
      { id: 'owner', header: t`Owed by`, width: 170, exported: (row) => row.owner?.name ?? null, cell: (row) => <Person name={row.owner?.name} /> },
      { id: 'kind', header: t`Kind`, width: 130, exported: (row) => row.kind, cell: (row) => (row.kind === 'scheduled' ? t`of the series` : t`out of cycle`) },
      { id: 'outcome', header: t`Outcome`, width: 180, exported: (row) => row.outcome, cell: (row) => (row.outcome ? outcomes[row.outcome].name : '') },
      { id: 'updated', header: t`Changed`, width: 200, sortKey: 'updatedAt', hiddenAtFirst: true, exported: (row) => row.updatedAt, cell: (row) => <Instant at={row.updatedAt} /> },
    ];
  }, [t, now, asOf, outcomes]);
}
