import { Anchor, Button, Checkbox, SegmentedControl } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { DataTable, Day, EmptyState, MeaningBadge, Person, type ExportColumn, type RowTone } from '@roster/ui';
import { IconChecklist } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { usePagedList } from '../api/paged-list.js';
import { isConflict, shownProblem } from '../api/problem.js';
import { SeverityMark } from '../reviews/severity-mark.js';
import { useMay } from '../session/may.js';
import { stringifySearch } from '../shell/address.js';
import { useAsOf } from '../shell/as-of.js';
import { Page } from '../shell/page.js';
import { TableTools } from '../table-export/table-tools.js';
import { useTableColumns } from '../table-export/use-table-columns.js';
import { ActionDialog } from './action-dialog.js';
import { ActionPeek } from './action-peek.js';
import { ACTION_STATUSES, isClosed, meaningOf, useActionWords } from './action-words.js';
import { actionPage, type Action, type ActionFilters, type ActionStatus } from './actions.queries.js';
import { DropDialog } from './drop-dialog.js';
import { useActionChange } from './use-action-change.js';
import classes from './actions.module.css';

const rowId = (row: Action): string => row.id;
const toneOf = (row: Action): RowTone | undefined => (row.overdue ? 'attention' : isClosed(row.status) ? 'muted' : undefined);
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

interface Dropping { readonly action: Action; readonly settle: (note: string | null) => void }

/** Follow-up work that came out of reviews: whose, what, by when, and how far it is. */
export function ActionList() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const asOf = useAsOf();
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const words = useActionWords();
  const may = useMay('reviews:action:update');
  const change = useActionChange();
  const [dropping, setDropping] = useState<Dropping | null>(null);
  const statuses = search['filter[status]'] === undefined ? null : [search['filter[status]']].flat().map(String);
  const closedOnly = statuses !== null && statuses.every((one) => one === 'done' || one === 'dropped');
  const show = search['show'] === 'all' ? 'all' : closedOnly ? 'closed' : 'open';
  const owner = search['filter[owner]'] === undefined && search['whose'] !== 'all' ? 'me' : text(search['filter[owner]']);
  const filters: ActionFilters = {
    ...(show === 'all' ? {} : { status: statuses ?? ['open', 'in_progress'] }), ...(owner === undefined ? {} : { owner }),
    ...Object.fromEntries((['workload', 'review', 'overdue', 'dueBefore'] as const).flatMap((name) => { const value = text(search[`filter[${name}]`]); return value === undefined ? [] : [[name, value]]; })),
  };
  const sort = text(search['sort']) ?? 'dueAt';
  const pages = actionPage(filters, sort);
  const list = usePagedList<Action>(pages);
  const [peeked, setPeeked] = useState<Action | null>(null);
  const go = (next: Record<string, unknown>): void => void navigate({ to: '/actions', search: { ...search, ...next } as never, replace: true, resetScroll: false });
  const opened = text(search['open']) ?? null;
  const open = useCallback((id: string | null) => void navigate({ to: '/actions', search: { ...search, open: id ?? undefined } as never, replace: true, resetScroll: false }), [navigate, search]);

  const save = useCallback(async (action: Action, status: ActionStatus): Promise<void> => {
    if (status === action.status) return;
    const note = status === 'dropped' ? await new Promise<string | null>((settle) => setDropping({ action, settle })) : undefined;
    if (note === null) throw new Error(t`Kept as it was: dropping needs a reason.`);
    try {
      await change(action, { status, ...(note === undefined ? {} : { note }) });
    } catch (error) {
      if (!isConflict(error)) throw error;
      await queries.invalidateQueries({ queryKey: ['actions'] });
      throw new Error(t`Somebody else changed it meanwhile. The row shows it as it is now; decide again.`, { cause: error });
    }
  }, [change, queries, t]);

  const all = useMemo((): ExportColumn<Action>[] => [
    { id: 'title', header: t`What`, width: 340, hideable: false, exported: (row) => row.title, cell: (row) => <span title={row.detail ?? row.title}>{row.title}</span> },
    {
      id: 'status', header: t`State`, width: 140, fixed: true, exported: (row) => (row.overdue ? 'overdue' : row.status), cell: (row) => <MeaningBadge meaning={meaningOf(row)} plain>{row.overdue ? t`Overdue` : words[row.status]}</MeaningBadge>,
      editor: {
        kind: 'choice', value: (row) => row.status, choices: ACTION_STATUSES.map((value) => ({ value, label: value === 'dropped' ? t`Dropped…` : words[value] })), onSave: (row, value) => save(row, value as ActionStatus),
        refusal: (row) => may.why ?? (isClosed(row.status) ? t`It is closed. What is still to be done becomes a finding of the next review.` : undefined),
      },
    },
    { id: 'severity', header: t`Severity`, width: 110, exported: (row) => row.severity, cell: (row) => <SeverityMark severity={row.severity} /> },
    { id: 'due', header: t`By`, width: 120, sortKey: 'dueAt', exported: (row) => row.dueAt, cell: (row) => <Day date={row.dueAt} /> },
    { id: 'owner', header: t`Who`, width: 170, exported: (row) => row.owner?.name ?? null, cell: (row) => <Person name={row.owner?.name} /> },
    { id: 'workload', header: t`Workload`, width: 220, exported: ({ workload: { key, name } }) => `${key} ${name}`, cell: (row) => <Anchor component={Link} to={`/workloads/${row.workload.key}`} size="sm" title={row.workload.name}><span className={classes.key}>{row.workload.key}</span> {row.workload.name}</Anchor> },
    { id: 'review', header: t`From`, width: 110, exported: (row) => row.reviewId, cell: (row) => <Anchor component={Link} to={`/reviews/${row.reviewId}`} size="sm">{t`its review`}</Anchor> },
    { id: 'updated', header: t`Changed`, width: 120, sortKey: 'updatedAt', hiddenAtFirst: true, exported: (row) => row.updatedAt, cell: (row) => <Day date={row.updatedAt} /> },
  ], [t, words, may.why, save]);
  const columns = useTableColumns(all);
  const workload = filters.workload;
  return (
    <Page title={t`Actions`} to="/actions" description={asOf === null ? undefined : t`Actions are shown as they are now: they have no past view.`}>
      <div className={`${classes.bar} r-no-print`}>
        <SegmentedControl size="xs" aria-label={t`Whose actions`} value={owner === 'me' ? 'me' : 'all'} data={[{ value: 'me', label: t`Mine` }, { value: 'all', label: t`Everybody's` }]} onChange={(value) => go(value === 'me' ? { whose: undefined, 'filter[owner]': undefined } : { whose: 'all', 'filter[owner]': undefined })} />
        <SegmentedControl size="xs" aria-label={t`In which state`} value={show} data={[{ value: 'open', label: t`Open` }, { value: 'closed', label: t`Closed` }, { value: 'all', label: t`All` }]}
          onChange={(value) => go({ show: value === 'all' ? 'all' : undefined, 'filter[status]': value === 'closed' ? ['done', 'dropped'] : undefined })} />
        <Checkbox label={t`Only overdue`} checked={filters.overdue === 'true'} onChange={(event) => go({ 'filter[overdue]': event.currentTarget.checked ? 'true' : undefined })} />
        {workload ? <Button variant="default" size="compact-sm" onClick={() => go({ 'filter[workload]': undefined })}><Trans>Of {workload}: show those of all</Trans></Button> : null}
        <TableTools<Action> label={t`Actions`} file="actions" api="/api/v1/actions" columns={columns} rowId={rowId} fetchPage={pages.fetchPage} total={list.stale ? null : list.total} />
      </div>
      <div className={list.stale ? classes.stale : undefined}>
        <DataTable
          label={t`Actions`} rows={list.rows} about={list.about} columns={columns.all} columnLayout={columns.layout} onColumnLayoutChange={columns.setLayout} rowId={rowId} sort={sort} onSortChange={(next) => go({ sort: next })} loading={list.loading || list.loadingMore} error={list.error ? shownProblem(list.error) : null} onRetry={list.retry}
          hasMore={list.hasMore} onLoadMore={list.loadMore} total={list.total ?? undefined} rowTone={toneOf} onOpen={(row) => open(row.id)}
          onPeek={(row) => setPeeked(peeked?.id === row.id ? null : row)} onActiveRowChange={(row) => { if (peeked !== null) setPeeked(row); }}
          empty={<Nothing mine={owner === 'me'} onAll={() => go({ whose: 'all', show: 'all', 'filter[owner]': undefined, 'filter[status]': undefined, 'filter[overdue]': undefined, 'filter[workload]': undefined })} />}
        />
      </div>
      <ActionPeek action={list.rows.find(({ id }) => id === peeked?.id) ?? peeked} href={(id) => `/actions${stringifySearch({ ...search, open: id })}`} onClose={() => setPeeked(null)} />
      {opened ? <ActionDialog id={opened} onClose={() => open(null)} /> : null}
      {dropping ? <DropDialog action={dropping.action} onClose={(note) => { dropping.settle(note); setDropping(null); }} /> : null}
    </Page>
  );
}

function Nothing({ mine, onAll }: { mine: boolean; onAll: () => void }) {
  const { t } = useLingui();
  return (
    <EmptyState icon={<IconChecklist size={26} />} title={mine ? t`Nothing is waiting for you` : t`No such action`} action={<Button variant="default" onClick={onAll}>{t`Show all actions`}</Button>}>
      <Trans>Findings of reviews become actions: who does what by when. What you are to do is told in the inbox and stands here.</Trans>
    </EmptyState>
  );
}
