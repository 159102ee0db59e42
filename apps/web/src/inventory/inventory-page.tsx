import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { ColumnMenu, DataTable, EmptyState, NO_ROWS_SELECTED, ProblemAlert, visibleIds, type ColumnLayout, type FilterField, type RowSelection, type RowTone } from '@roster/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { usePagedList } from '../api/paged-list.js';
import { shownProblem } from '../api/problem.js';
import { useMay } from '../session/may.js';
import { useAsOf } from '../shell/as-of.js';
import { useCommands, type Command } from '../shell/commands.js';
import { Page } from '../shell/page.js';
import { customFieldsQuery } from '../workload/workload.queries.js';
import { ExportButton } from './export/export-button.js';
import { InventoryActs, SelectionActs } from './inventory-acts.js';
import classes from './inventory.module.css';
import { facetsQuery, savedViewsQuery, totalQuery, workloadPages, type WorkloadItem } from './inventory.queries.js';
import { InventoryViews } from './inventory-views.js';
import { SearchFilterBar } from './search-filter-bar.js';
import { usePersonFacet } from './use-person-facet.js';
import { useSaveField } from './use-save-field.js';
import { useView } from './use-view.js';
import { columnsOf, layoutOf, queryOf } from './view-state.js';
import { useWorkloadColumns } from './workload-columns.js';
import { useWorkloadFilterFields } from './workload-fields.js';

/** A look at a row is fetched with the first look. */
const WorkloadPeek = lazy(async () => ({ default: (await import('./workload-peek.js')).WorkloadPeek }));
const NothingYet = lazy(async () => ({ default: (await import('./nothing-yet.js')).NothingYet }));
const NO_FIELDS: [] = [];
const rowId = (row: WorkloadItem): string => row.id;
const toneOf = (row: WorkloadItem): RowTone | undefined => (row.lifecycle === 'retired' ? 'muted' : row.unowned ? 'attention' : undefined);

/** The inventory: every workload, as a table which is at once an address, a saved view, an export and a query of the API. */
export function InventoryPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const asOf = useAsOf();
  const views = useQuery(savedViewsQuery);
  const custom = useQuery(customFieldsQuery).data ?? NO_FIELDS;
  const open = useView(views.data);
  const { state, change, known: ready } = open;
  const query = queryOf(state);
  const list = usePagedList<WorkloadItem>({ ...workloadPages(query, state.sort, asOf), enabled: ready });
  // Counting costs more than the rows of a window: it starts when they are there, and what is typed over is never counted.
  const total = useQuery({ ...totalQuery(query, asOf), enabled: ready && !list.loading && !list.stale, placeholderData: keepPreviousData });

  const { save, dialog } = useSaveField();
  const mayUpdate = useMay('inventory:workload:update');
  const columns = useWorkloadColumns({ custom, save, refusal: mayUpdate.why });
  const layout = useMemo(() => layoutOf(state.columns, columns), [state.columns, columns]);
  const setLayout = (next: ColumnLayout) => change({ columns: columnsOf(next, columns) });

  const [selection, setSelection] = useState<RowSelection>(NO_ROWS_SELECTED);
  const [selectedUnder, setSelectedUnder] = useState(query);
  if (selectedUnder !== query) {
    setSelectedUnder(query);
    // "All that match" means the filter it was said of.
    if (selection.kind === 'matching') setSelection(NO_ROWS_SELECTED);
  }
  const [peeked, setPeeked] = useState<string | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);

  const fields = useFieldsIncludingUnknown(useWorkloadFilterFields(custom), state.filters.map((filter) => filter.field));
  const named = state.filters.filter((filter) => fields.find((field) => field.id === filter.field)?.kind === 'person').map((filter) => filter.field);
  const counted = [...new Set([...(wanted === null ? [] : [wanted]), ...named])].filter((field) => fields.some((known) => known.id === field && COUNTED.has(known.kind)) && !UNCOUNTED.has(field)).sort();
  const facets = useQuery({ ...facetsQuery(query, counted, asOf), placeholderData: keepPreviousData });
  const people = useMemo(() => new Set(fields.filter(({ kind }) => kind === 'person').map(({ id }) => id)), [fields]);
  const personFacet = usePersonFacet(people, state.filters, wanted);
  const facetOf = (field: string) => personFacet(field, UNCOUNTED.has(field) ? undefined : facets.data?.get(field));

  const search = useRef<HTMLInputElement>(null);
  useCommands(useMemo((): Command[] => [{ id: 'inventory.search', label: t`Search the inventory`, group: t`This page`, keys: ['/'], run: () => search.current?.focus() }], [t]));

  const openRow = useCallback((row: WorkloadItem) => void navigate({ to: '/workloads/$key', params: { key: row.key }, search: (asOf === null ? {} : { asOf }) as never }), [navigate, asOf]);
  const filtered = state.filters.length > 0 || state.q !== '';
  return (
    <div className={classes.page}>
      <Page title={t`Inventory`} to="/inventory" actions={<InventoryActs />}>
        {views.error ? <ProblemAlert compact problem={shownProblem(views.error)} onRetry={() => void views.refetch()} /> : null}
        <InventoryViews views={views.data ?? NO_FIELDS} open={open} />
        <SearchFilterBar fields={fields} filters={state.filters} onChange={(filters) => change({ filters })} facetOf={facetOf} onFacetWanted={setWanted} q={state.q} onSearch={(q) => change({ q }, true)} searchLabel={t`Search workloads`} searchRef={search}
          trailing={<><ExportButton query={query} sort={state.sort} columns={visibleIds(columns, layout).ids} total={total.data ?? null} /><ColumnMenu columns={columns} layout={layout} onLayoutChange={setLayout} density={state.density} onDensityChange={(density) => change({ density })} /></>} />
        <div className={`${classes.table} ${list.stale ? classes.stale : ''}`}>
          <DataTable label={t`Workloads`} height="fill" rows={list.rows} columns={columns} rowId={rowId} sort={state.sort} onSortChange={(sort) => change({ sort })} loading={list.loading || list.loadingMore || !ready}
            error={list.error === null ? null : shownProblem(list.error)} onRetry={list.retry} hasMore={list.hasMore} onLoadMore={list.loadMore} total={total.data ?? undefined} density={state.density}
            selection={selection} onSelectionChange={setSelection} canSelectMatching selectionActions={<SelectionActs query={query} selection={selection} rows={list.rows} total={total.data ?? null} />}
            onOpen={openRow} onPeek={(row) => setPeeked(peeked === row.key ? null : row.key)} onActiveRowChange={(row) => { if (peeked !== null) setPeeked(row.key); }} rowTone={toneOf} columnLayout={layout} onColumnLayoutChange={setLayout}
            empty={filtered ? <NothingMatches onClear={() => change({ filters: [], q: '' })} /> : <Suspense><NothingYet /></Suspense>} />
        </div>
      </Page>
      <Suspense><WorkloadPeek workload={peeked} onClose={() => setPeeked(null)} /></Suspense>
      {dialog}
    </div>
  );
}

const COUNTED: ReadonlySet<FilterField['kind']> = new Set(['choice', 'text', 'person', 'flag']);
/** Filters whose values nobody counts. */
const UNCOUNTED: ReadonlySet<string> = new Set(['owner', 'accountable', 'mine', 'component', 'provider', 'repositories', 'interfaces', 'statedStage', 'specialCategories', 'downstreamChange', 'maintained']);

/** A filter of an address that no field knows is still shown: nothing narrows the list unseen. */
function useFieldsIncludingUnknown(fields: readonly FilterField[], used: readonly string[]): readonly FilterField[] {
  const { t } = useLingui();
  const unknown = [...new Set(used)].filter((id) => !fields.some((field) => field.id === id));
  return unknown.length === 0 ? fields : [...fields, ...unknown.map((id): FilterField => ({ id, label: id, group: t`Further`, kind: 'text', mayBeUnknown: true }))];
}

function NothingMatches({ onClear }: { onClear: () => void }) {
  const { t } = useLingui();
  return <EmptyState title={t`No workload matches`} action={<Button variant="default" onClick={onClear}><Trans>Clear the filters</Trans></Button>}><Trans>The inventory has workloads, but none fits every filter above. Remove one of them, or clear them all.</Trans></EmptyState>;
}
