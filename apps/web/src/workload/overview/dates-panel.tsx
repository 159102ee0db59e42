import { Anchor } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { DefinitionList, Instant, Panel, ReviewStateMark } from '@roster/ui';
import { Link } from '@tanstack/react-router';
import { useIsOverdue } from '../overdue.js';
import { useWorkload } from '../workload-context.js';
import { keepAsOf } from '../workload-tabs.js';
import classes from './overview.module.css';

/** What falls due next: review, a change of the stage by itself, and the affirmation of owners. */
export function DatesPanel() {
  const { t } = useLingui();
  const { workload, classification } = useWorkload();
  const overdue = useIsOverdue(workload.nextReviewDueAt);
  const base = `/workloads/${encodeURIComponent(workload.key)}`;
  const reaffirm = workload.owners.flatMap(({ reaffirmDueAt }) => (reaffirmDueAt === null ? [] : [reaffirmDueAt])).sort()[0] ?? null;
  const none = <span className={classes.dim}>{t`nothing planned`}</span>;
  return (
    <Panel title={t`Next dates`}>
      <DefinitionList items={[
        { key: 'review', term: <Anchor component={Link} to={`${base}/reviews`} search={keepAsOf as never} inherit>{t`Review`}</Anchor>, value: workload.nextReviewDueAt ? <><Instant at={workload.nextReviewDueAt} /> {overdue ? <ReviewStateMark state="overdue" /> : null}</> : none },
        { key: 'change', term: <Anchor component={Link} to={`${base}/classification`} search={keepAsOf as never} inherit>{t`Stage may change by itself`}</Anchor>, value: classification?.nextChangeAt ? <Instant at={classification.nextChangeAt} /> : none },
        { key: 'reaffirm', term: <Anchor component={Link} to={`${base}/owners`} search={keepAsOf as never} inherit>{t`Owners affirm again`}</Anchor>, value: reaffirm ? <Instant at={reaffirm} /> : none },
        ...(classification?.freeze.breakGlass ? [{ key: 'glass', term: t`Broken glass ends`, value: <Instant at={classification.freeze.breakGlass.until} /> }] : []),
      ]} />
    </Panel>
  );
}
