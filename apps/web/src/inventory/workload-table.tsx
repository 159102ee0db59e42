import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { DataTable, EmptyState, NO_ROWS_SELECTED, type ColumnLayout, type DataColumn, type RowSelection, type RowTone } from '@roster/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useState } from 'react';
import { useCalmList } from '../api/calm-list.js';
import { usePagedList } from '../api/paged-list.js';
import { shownProblem } from '../api/problem.js';
import { useAsOf } from '../shell/as-of.js';
import { SelectionActs } from './inventory-acts.js';
import classes from './inventory.module.css';
import { totalQuery, workloadPages, type WorkloadItem } from './inventory.queries.js';
import type { OpenView } from './use-view.js';

/** A look at a row is fetched with the first look. */
const WorkloadPeek = lazy(async () => ({ default: (await import('./workload-peek.js')).WorkloadPeek }));
const NothingYet = lazy(async () => ({ default: (await import('./nothing-yet.js')).NothingYet }));
const rowId = (row: WorkloadItem): string => row.id;
const toneOf = (row: WorkloadItem): RowTone | undefined => (row.lifecycle === 'retired' ? 'muted' : row.unowned ? 'attention' : undefined);

/**
 * The rows of the inventory with what is selected and looked at: apart from the page, which an answer of the service or a key in the table need not draw anew.
 * @param open the view in the address
 * @param query its filters and q, as in the address
 */
export function WorkloadTable({ open: { state, change, known }, query, columns, layout, onLayoutChange }: {
  open: OpenView; query: string; columns: readonly DataColumn<WorkloadItem>[]; layout: ColumnLayout; onLayoutChange: (layout: ColumnLayout) => void;
}) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const asOf = useAsOf();
  const list = useCalmList(usePagedList<WorkloadItem>({ ...workloadPages(query, state.sort, asOf), enabled: known }), rowId, state.q !== '');
  // Counting costs more than the rows of a window: it starts when they are drawn, and what is typed over is never counted.
  const total = useQuery({ ...totalQuery(query, asOf), enabled: known && !list.loading && !list.stale, placeholderData: keepPreviousData }).data;

  const [selection, setSelection] = useState<RowSelection>(NO_ROWS_SELECTED);
  const [selectedUnder, setSelectedUnder] = useState(query);
  if (selectedUnder !== query) {
    setSelectedUnder(query);
    // "All that match" means the filter it was said of.
    if (selection.kind === 'matching') setSelection(NO_ROWS_SELECTED);
  }
  const [peeked, setPeeked] = useState<string | null>(null);
  const openRow = useCallback((row: WorkloadItem) => void navigate({ to: '/workloads/$key', params: { key: row.key }, search: (asOf === null ? {} : { asOf }) as never }), [navigate, asOf]);
  const filtered = state.filters.length > 0 || state.q !== '';
  return (
    <>
      <div className={classes.table} data-stale={list.stale || undefined}>
        <DataTable label={t`Workloads`} height="fill" rows={list.rows} about={list.about} columns={columns} rowId={rowId} sort={state.sort} onSortChange={(sort) => change({ sort })} loading={list.loading || list.loadingMore || !known}
          error={list.error === null ? null : shownProblem(list.error)} onRetry={list.retry} hasMore={list.hasMore} onLoadMore={list.loadMore} total={total ?? undefined} density={state.density}
          selection={selection} onSelectionChange={setSelection} canSelectMatching statelessCells selectionActions={<SelectionActs query={query} selection={selection} rows={list.rows} total={total ?? null} />}
          onOpen={openRow} onPeek={(row) => setPeeked(peeked === row.key ? null : row.key)} onActiveRowChange={(row) => { if (peeked !== null) setPeeked(row.key); }} rowTone={toneOf} columnLayout={layout} onColumnLayoutChange={onLayoutChange}
          empty={filtered ? <NothingMatches onClear={() => change({ filters: [], q: '' })} /> : <Suspense><NothingYet /></Suspense>} />
      </div>
      <Suspense><WorkloadPeek workload={peeked} onClose={() => setPeeked(null)} /></Suspense>
    </>
  );
}

function NothingMatches({ onClear }: { onClear: () => void }) {
  const { t } = useLingui();
  return <EmptyState title={t`No workload matches`} action={<Button variant="default" onClick={onClear}><Trans>Clear the filters</Trans></Button>}><Trans>The inventory has workloads, but none fits every filter above. Remove one of them, or clear them all.</Trans></EmptyState>;
}
