import { Anchor, Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { DataTable, Day, DefinitionList, EmptyState, Instant, MeaningBadge, Panel, ProblemAlert, ReviewStateMark, RiskTierMark, useFormat, type ExportColumn, type ShownProblem } from '@roster/ui';
import { IconCalendarCheck } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { meaningOf, useActionWords } from '../../actions/action-words.js';
import { actionPage, type Action } from '../../actions/actions.queries.js';
import { api } from '../../api/client.js';
import { usePagedList } from '../../api/paged-list.js';
import { shownProblem } from '../../api/problem.js';
import { instantOfLocal } from '../../clock/calendar.js';
import { useDraft } from '../../forms/use-draft.js';
import { isOpen, standingOf } from '../../reviews/review-standing.js';
import { useOutcomeWords } from '../../reviews/review-words.js';
import { reviewPage, type Review } from '../../reviews/reviews.queries.js';
import { SeverityMark } from '../../reviews/severity-mark.js';
import { ActButton } from '../../session/act-button.js';
import { useActInAddress } from '../../shell/act-in-address.js';
import { toast } from '../../shell/toast.js';
import { TableTools } from '../../table-export/table-tools.js';
import { useTableColumns } from '../../table-export/use-table-columns.js';
import { useWorkload } from '../../workload/workload-context.js';
import { keepAsOf } from '../../workload/workload-tabs.js';
import { useWorkloadChanged } from '../../workload/workload.queries.js';
import classes from './reviews.module.css';

const rowId = ({ id }: Review): string => id;

/** The schedule of reviews of a workload, those that were done, and asking for one out of cycle (domain.md section 8). */
export function ReviewsTab() {
  const { t } = useLingui();
  const { now } = useFormat();
  const navigate = useNavigate();
  const { workload, asOf, retired } = useWorkload();
  const pages = reviewPage({ workload: workload.key }, '-dueAt', asOf);
  const list = usePagedList<Review>(pages);
  // A task of another page leads right into asking.
  const [asking, setAsking] = useActInAddress('ask');
  const at = asOf === null ? now.getTime() : Date.parse(asOf);
  const open = list.rows.filter(({ status }) => isOpen(status)).sort((one, other) => Date.parse(one.dueAt) - Date.parse(other.dueAt));
  const next = open[0];
  const outcomes = useOutcomeWords();
  const all = useMemo((): ExportColumn<Review>[] => [
    { id: 'due', header: t`Due`, width: 270, exported: (review) => review.dueAt, cell: (review) => <Anchor component={Link} to={`/reviews/${review.id}`} search={keepAsOf as never} size="sm"><Instant at={review.dueAt} /></Anchor> },
    { id: 'state', header: t`State`, width: 150, exported: (review) => standingOf(review, at), cell: (review) => <ReviewStateMark state={standingOf(review, at)} plain /> },
    { id: 'kind', header: t`Kind`, width: 130, exported: (review) => review.kind, cell: (review) => (review.kind === 'scheduled' ? t`of the series` : t`out of cycle`) },
    { id: 'why', header: t`Why`, width: 280, exported: (review) => review.reason ?? review.skipReason, cell: (review) => <span title={review.reason ?? undefined}>{review.reason ?? review.skipReason ?? ''}</span> },
    { id: 'outcome', header: t`Outcome`, width: 190, exported: (review) => review.outcome, cell: (review) => (review.outcome ? outcomes[review.outcome].name : '') },
    { id: 'closed', header: t`Closed`, width: 150, exported: (review) => review.closedAt, cell: (review) => <Instant at={review.closedAt} only="day" relative={false} /> },
  ], [t, at, outcomes]);
  const columns = useTableColumns(all);
  const refusal = retired ? t`The workload is retired. A retired workload is not reviewed.` : open.some(({ kind }) => kind === 'out_of_cycle') ? t`A review apart from the series is open already. Conduct that one.` : null;
  const ask = <ActButton permission="reviews:review:conduct" unless={refusal} variant="default" size="compact-sm" onClick={() => setAsking(true)}>{t`Ask for a review now`}</ActButton>;
  const empty = <EmptyState title={t`No review is scheduled`} icon={<IconCalendarCheck size={26} />}><p><Trans>Production and hardening workloads, and pilots with personal data or tools, are scheduled by themselves when they are classified. Any other can be reviewed when somebody asks for it.</Trans></p></EmptyState>;
  return (
    <div className={classes.tab}>
      <Panel title={t`Next review`} actions={ask}>
        {next ? (
          <div className={classes.next}>
            <DefinitionList items={[
              { term: t`Due`, value: <Instant at={next.dueAt} /> }, { term: t`State`, value: <ReviewStateMark state={standingOf(next, at)} /> }, { term: t`Held to`, value: <RiskTierMark tier={next.riskTier} /> },
              { term: t`Owed by`, value: next.owner ? next.owner.name : <MeaningBadge meaning="unknown">{t`Nobody: there is no risk owner`}</MeaningBadge> },
              ...(next.missedPeriods > 0 ? [{ term: t`Missed periods`, value: String(next.missedPeriods) }] : []), ...(next.reason ? [{ term: t`Why`, value: next.reason }] : []),
            ]} />
            <ActButton permission="reviews:review:read" onClick={() => void navigate({ to: `/reviews/${next.id}`, search: keepAsOf as never })}>{next.status === 'scheduled' ? t`Open the review` : next.status === 'due' ? t`Go to the review` : t`Continue with the review`}</ActButton>
          </div>
        ) : list.loading ? null : <p className={classes.dim}>{t`Not set: no review is open.`}</p>}
      </Panel>
      <Panel title={t`Reviews`} flush={list.rows.length > 0} actions={<TableTools<Review> label={t`Reviews of this workload`} file={`reviews-${workload.key}`} api="/api/v1/reviews" columns={columns} rowId={rowId} fetchPage={pages.fetchPage} total={list.total} asOf={asOf} />}>
        {list.rows.length === 0 && !list.loading && !list.error ? empty : (
          <DataTable
            label={t`Reviews of this workload`} rows={list.rows} about={list.about} columns={columns.all} columnLayout={columns.layout} onColumnLayoutChange={columns.setLayout} rowId={rowId} loading={list.loading} error={list.error ? shownProblem(list.error) : null} onRetry={list.retry} empty={empty}
            hasMore={list.hasMore} onLoadMore={list.loadMore} total={list.total ?? undefined} density="compact" onOpen={({ id }) => void navigate({ to: `/reviews/${id}`, search: keepAsOf as never })}
          />
        )}
      </Panel>
      <FollowUp />
      {asking && refusal === null ? <AskDialog onClose={() => setAsking(false)} /> : null}
    </div>
  );
}

/** What came out of reviews and is to be done. */
function FollowUp() {
  const { t } = useLingui();
  const { workload, asOf } = useWorkload();
  const list = usePagedList<Action>({ ...actionPage({ workload: workload.key }, 'dueAt'), enabled: asOf === null });
  const words = useActionWords();
  if (asOf !== null || (list.rows.length === 0 && !list.error)) return null;
  return (
    <Panel title={t`Follow-up`} description={t`Findings and outcomes that became work.`} actions={<Anchor component={Link} to="/actions" search={{ 'filter[workload]': workload.key } as never} size="sm">{t`All actions`}</Anchor>}>
      {list.error ? <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} compact /> : null}
      <ul className={classes.actions}>
        {list.rows.map((action) => (
          <li key={action.id} className={classes.action}>
            <MeaningBadge meaning={meaningOf(action)} plain>{action.overdue ? t`Overdue` : words[action.status]}</MeaningBadge>
            <span className={classes.title}>{action.title}</span>
            <SeverityMark severity={action.severity} />
            <span className={classes.dim}><Trans>by</Trans> <Day date={action.dueAt} /></span>
          </li>
        ))}
      </ul>
      {list.hasMore ? <Button variant="subtle" size="compact-sm" onClick={list.loadMore} loading={list.loadingMore}>{t`Show more`}</Button> : null}
    </Panel>
  );
}

function AskDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const { timeZone } = useFormat();
  const { workload } = useWorkload();
  const queries = useQueryClient();
  const changed = useWorkloadChanged(workload.key);
  const draft = useDraft(`ask-review:${workload.key}`, { reason: '', dueAt: '' });
  const [values, setValues] = useState(draft.values);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const keep = (next: typeof values): void => { setValues(next); draft.keep(next); };
  const request = useMutation({
    mutationFn: async () => bodyOf(api.POST('/api/v1/reviews', { body: { workload: workload.key, reason: values.reason.trim(), ...(values.dueAt === '' ? {} : { dueAt: await instantOfLocal(values.dueAt, timeZone) }) } })),
    onSuccess: async () => {
      draft.clear();
      await Promise.all([changed(), queries.invalidateQueries({ queryKey: ['reviews'] })]);
      toast.done({ message: t`Asked for. The risk owner is told.` });
      onClose();
    },
    onError: (error) => setProblem(shownProblem(error)),
  });
  return (
    <Modal opened onClose={onClose} title={t`Ask for a review out of cycle`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={(event) => { event.preventDefault(); setProblem(null); request.mutate(); }}>
        <Stack gap="sm">
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          <Textarea label={t`Why now`} required maxLength={4_000} value={values.reason} onChange={(event) => keep({ ...values, reason: event.currentTarget.value })} data-autofocus />
          <TextInput type="datetime-local" label={t`Due`} description={<Trans>Time of {timeZone}. Empty: in seven days, at the time of day of the review policy.</Trans>} value={values.dueAt} onChange={(event) => keep({ ...values, dueAt: event.currentTarget.value })} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <ActButton permission="reviews:review:conduct" type="submit" unless={values.reason.trim() === '' ? t`Say why first.` : null} loading={request.isPending}>{t`Ask for the review`}</ActButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
