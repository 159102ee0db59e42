import { Button, Checkbox, Chip, Group, Select } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { DataTable, EmptyState, useFormat, useReviewStandingWords, type RowTone } from '@roster/ui';
import { IconCalendarCheck, IconX } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { usePagedList } from '../api/paged-list.js';
import { shownProblem } from '../api/problem.js';
import { useAsOf } from '../shell/as-of.js';
import { useCommands, type Command } from '../shell/commands.js';
import { Page } from '../shell/page.js';
import { TableTools } from '../table-export/table-tools.js';
import { useTableColumns } from '../table-export/use-table-columns.js';
import { useReviewColumns } from './review-columns.js';
import { filtersOf, inView, searchOf, viewOf, type ReviewFilterName, type ReviewView } from './review-filter.js';
import { ReviewPeek } from './review-peek.js';
import { ReviewRooms } from './review-rooms.js';
import { isOpen } from './review-standing.js';
import { reviewPage, type Review, type ReviewFilters } from './reviews.queries.js';
import { WorkloadFilter } from './workload-filter.js';
import classes from './reviews.module.css';

const rowId = (row: Review): string => row.id;
const toneOf = (row: Review): RowTone | undefined => (row.overdue && isOpen(row.status) ? 'attention' : isOpen(row.status) ? undefined : 'muted');

/** The list of reviews. The address is the query: a link shows the same rows to everybody who may see them. */
export function ReviewList() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const asOf = useAsOf();
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const asked = filtersOf(search);
  const filters = Object.keys(asked).some((name) => name !== 'workload' && name !== 'owner') || search['show'] === 'all' ? asked : inView('open', asked);
  const sort = typeof search['sort'] === 'string' ? search['sort'] : 'dueAt';
  const view = viewOf(filters);
  const show = useCallback((next: ReviewFilters, more: Record<string, unknown> = {}) => void navigate({ to: '/reviews', search: { ...searchOf(next, search), show: viewOf(next) === 'all' ? 'all' : undefined, ...more } as never, replace: true, resetScroll: false }), [navigate, search]);
  const pages = reviewPage(filters, sort, asOf);
  const list = usePagedList<Review>(pages);
  const columns = useTableColumns(useReviewColumns());
  const [peeked, setPeeked] = useState<Review | null>(null);
  const searchBox = useRef<HTMLInputElement>(null);
  useCommands(useMemo((): Command[] => [{ id: 'reviews.search', label: t`Filter reviews by workload`, group: t`This page`, keys: ['/'], run: () => searchBox.current?.focus() }], [t]));
  const openRow = useCallback((row: Review) => void navigate({ to: '/reviews/$id', params: { id: row.id }, search: (asOf === null ? {} : { asOf }) as never }), [navigate, asOf]);
  const views = useViewWords();
  const wrongKey = list.error !== null && 'code' in list.error && list.error.code === 'INVENTORY_WORKLOAD_NOT_FOUND';
  return (
    <Page title={t`Reviews`} to="/reviews">
      <ReviewRooms />
      <div className={`${classes.filters} r-no-print`}>
        <Chip.Group value={view ?? ''} onChange={(value) => { if (typeof value === 'string' && value !== '') show(inView(value as ReviewView, filters)); }}>
          <Group gap={6} role="radiogroup" aria-label={t`Which reviews`}>{(Object.keys(views) as ReviewView[]).map((name) => <Chip key={name} value={name} size="xs" variant="outline">{views[name]}</Chip>)}</Group>
        </Chip.Group>
        <Select className={classes.narrowView} size="xs" aria-label={t`Which reviews`} data={Object.entries(views).map(([value, label]) => ({ value, label }))} value={view} placeholder={t`As filtered`} allowDeselect={false} onChange={(value) => { if (value) show(inView(value as ReviewView, filters)); }} />
        <Checkbox label={t`Only where I am risk owner`} checked={filters.owner === 'me'} onChange={(event) => show(event.currentTarget.checked ? { ...filters, owner: 'me' } : without(filters, 'owner'))} />
        <WorkloadFilter value={filters.workload ?? ''} inputRef={searchBox} error={wrongKey ? t`No workload has this key` : null} onChange={(workload) => show(workload === '' ? without(filters, 'workload') : { ...filters, workload })} />
        <TableTools<Review> label={t`Reviews`} file="reviews" api="/api/v1/reviews" columns={columns} rowId={rowId} fetchPage={pages.fetchPage} total={list.stale ? null : list.total} asOf={asOf} />
      </div>
      {view === null ? <Narrowed filters={filters} onRemove={(name) => show(without(filters, name))} /> : null}
      <div className={list.stale ? classes.stale : undefined}>
        <DataTable
          label={t`Reviews`} rows={wrongKey ? [] : list.rows} about={list.about} columns={columns.all} columnLayout={columns.layout} onColumnLayoutChange={columns.setLayout} rowId={rowId} sort={sort} onSortChange={(next) => show(filters, { sort: next })} loading={list.loading || list.loadingMore}
          error={list.error && !wrongKey ? shownProblem(list.error) : null} onRetry={list.retry} hasMore={list.hasMore} onLoadMore={list.loadMore} total={list.total ?? undefined} onOpen={openRow} rowTone={toneOf}
          onPeek={(row) => setPeeked(peeked?.id === row.id ? null : row)} onActiveRowChange={(row) => { if (peeked !== null) setPeeked(row); }}
          empty={<NothingHere view={view} mine={filters.owner === 'me'} onAll={() => show(inView('all', {}))} />}
        />
      </div>
      <ReviewPeek review={peeked} onClose={() => setPeeked(null)} />
    </Page>
  );
}

const without = (filters: ReviewFilters, name: ReviewFilterName): ReviewFilters => Object.fromEntries(Object.entries(filters).filter(([key]) => key !== name));

function useViewWords(): Readonly<Record<ReviewView, string>> {
  const { t } = useLingui();
  return { open: t`Open`, overdue: t`Overdue`, due: t`Due`, sign_off: t`For my sign-off`, completed: t`Completed`, skipped: t`Skipped`, late: t`Done late`, not_done: t`Not done`, stuck: t`Stuck`, all: t`All` };
}

/** Conditions that no view names, each of which can be taken away. */
function Narrowed({ filters, onRemove }: { filters: ReviewFilters; onRemove: (name: ReviewFilterName) => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const standings: Readonly<Record<string, { readonly word: string }>> = useReviewStandingWords();
  const named: Readonly<Record<string, string>> = { ...Object.fromEntries(Object.entries(standings).map(([standing, { word }]) => [standing, word])), on_time: t`done on time`, late: t`done late`, not_done: t`not done` };
  const words: Record<string, (value: string) => string> = {
    status: (value) => t`State: ${value}`, overdue: (value) => (value === 'true' ? t`Overdue` : t`Not overdue`), kind: (value) => (value === 'scheduled' ? t`Of the series` : t`Out of cycle`),
    punctuality: (value) => t`Counts as: ${value}`, missedPeriods: (value) => (value === 'true' ? t`Periods passed meanwhile` : t`No period passed meanwhile`), deadLetter: () => t`Stuck`, signOffBy: () => t`For my sign-off`, dueFrom: (value) => { const from = format.instant(value); return t`Due from ${from}`; }, dueBefore: (value) => { const before = format.instant(value); return t`Due before ${before}`; },
  };
  return (
    <ul className={classes.conditions} aria-label={t`Conditions`}>
      {Object.entries(filters).filter(([name]) => name in words).map(([name, value]) => {
        const text = words[name]?.(Array.isArray(value) ? value.map((one) => named[String(one)] ?? String(one)).join(', ') : String(value)) ?? '';
        return <li key={name}><Button size="compact-sm" variant="default" rightSection={<IconX size={13} aria-hidden />} aria-label={t`Remove: ${text}`} onClick={() => onRemove(name as ReviewFilterName)}>{text}</Button></li>;
      })}
    </ul>
  );
}

function NothingHere({ view, mine, onAll }: { view: ReviewView | null; mine: boolean; onAll: () => void }) {
  const { t } = useLingui();
  const icon = <IconCalendarCheck size={26} />;
  if (view === 'overdue') return <EmptyState icon={icon} title={t`Nothing is overdue`}><Trans>Every review whose due day is over was done or skipped with a reason.</Trans></EmptyState>;
  if (view === 'sign_off') return <EmptyState icon={icon} title={t`Nothing waits for your sign-off`}><Trans>Reviews of high and critical workloads come here, once somebody else has submitted them.</Trans></EmptyState>;
  if (view === 'late') return <EmptyState icon={icon} title={t`Nothing was done late`}><Trans>Every review that was completed was completed by the end of its due day.</Trans></EmptyState>;
  if (view === 'not_done') return <EmptyState icon={icon} title={t`Nothing was left undone`}><Trans>No review is open past its due day, and none was skipped after it had fallen due.</Trans></EmptyState>;
  if (view === 'stuck') return <EmptyState icon={icon} title={t`Nothing is stuck`}><Trans>Every review whose time came was made due. One that cannot be after repeated attempts would be shown here, to be retried.</Trans></EmptyState>;
  return (
    <EmptyState icon={icon} title={mine ? t`No such review of yours` : t`No such review`} action={<Button variant="default" onClick={onAll}>{t`Show all reviews`}</Button>}>
      <Trans>Production workloads, and Pilots with personal data or tools, get a series of reviews by themselves when they are classified. Any other can be reviewed when somebody asks for it on its page.</Trans>
    </EmptyState>
  );
}
