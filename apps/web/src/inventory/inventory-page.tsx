import { useLingui } from '@lingui/react/macro';
import { ColumnMenu, FilterBar, ProblemAlert, visibleIds, type ColumnLayout, type FilterField } from '@roster/ui';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ComponentProps } from 'react';
import { shownProblem } from '../api/problem.js';
import { useMay } from '../session/may.js';
import { useAsOf } from '../shell/as-of.js';
import { Page } from '../shell/page.js';
import { customFieldsQuery } from '../workload/workload.queries.js';
import { ExportButton } from './export/export-button.js';
import { InventoryActs } from './inventory-acts.js';
import classes from './inventory.module.css';
import { facetsQuery, savedViewsQuery, totalQuery } from './inventory.queries.js';
import { InventorySearch } from './inventory-search.js';
import { InventoryViews } from './inventory-views.js';
import { usePersonFacet } from './use-person-facet.js';
import { useSaveField } from './use-save-field.js';
import { useView } from './use-view.js';
import { columnsOf, layoutOf, queryOf, readColumns, writeColumns } from './view-state.js';
import { useWorkloadColumns } from './workload-columns.js';
import { useWorkloadFilterFields } from './workload-fields.js';
import { WorkloadTable } from './workload-table.js';

const NO_FIELDS: [] = [];

/** The inventory: every workload, as a table which is at once an address, a saved view, an export and a query of the API. */
export function InventoryPage() {
  const { t } = useLingui();
  const asOf = useAsOf();
  const views = useQuery(savedViewsQuery);
  const custom = useQuery(customFieldsQuery).data ?? NO_FIELDS;
  const open = useView(views.data);
  const { state, change } = open;
  const query = queryOf(state);

  const { save, dialog } = useSaveField();
  const mayUpdate = useMay('inventory:workload:update');
  const columns = useWorkloadColumns({ custom, save, refusal: mayUpdate.why, asOf });
  // By its text: another address with the same columns leaves the table as it is drawn.
  const arranged = writeColumns(state.columns);
  const layout = useMemo(() => layoutOf(readColumns(arranged), columns), [arranged, columns]);
  const setLayout = (next: ColumnLayout) => change({ columns: columnsOf(next, columns) });

  const [wanted, setWanted] = useState<string | null>(null);
  const fields = useFieldsIncludingUnknown(useWorkloadFilterFields(custom), state.filters.map((filter) => filter.field));
  const named = state.filters.filter((filter) => fields.find((field) => field.id === filter.field)?.kind === 'person').map((filter) => filter.field);
  const counted = [...new Set([...(wanted === null ? [] : [wanted]), ...named])].filter((field) => fields.some((known) => known.id === field && COUNTED.has(known.kind)) && !UNCOUNTED.has(field)).sort();
  const facets = useQuery({ ...facetsQuery(query, counted, asOf), placeholderData: keepPreviousData });
  const people = useMemo(() => new Set(fields.filter(({ kind }) => kind === 'person').map(({ id }) => id)), [fields]);
  const personFacet = usePersonFacet(people, state.filters, wanted);
  const facetOf = (field: string) => personFacet(field, UNCOUNTED.has(field) ? undefined : facets.data?.get(field));
  return (
    <div className={classes.page}>
      <Page title={t`Inventory`} to="/inventory" actions={<InventoryActs />}>
        {views.error ? <ProblemAlert compact problem={shownProblem(views.error)} onRetry={() => void views.refetch()} /> : null}
        <InventoryViews views={views.data ?? NO_FIELDS} open={open} />
        <FilterBar fields={fields} filters={state.filters} onChange={(filters) => change({ filters })} facetOf={facetOf} onFacetWanted={setWanted} searchBox={<InventorySearch q={state.q} onSearch={(q) => change({ q }, true)} />}
          trailing={<><InventoryExport query={query} sort={state.sort} columns={visibleIds(columns, layout).ids} /><ColumnMenu columns={columns} layout={layout} onLayoutChange={setLayout} density={state.density} onDensityChange={(density) => change({ density })} /></>} />
        <WorkloadTable open={open} query={query} columns={columns} layout={layout} onLayoutChange={setLayout} />
      </Page>
      {dialog}
    </div>
  );
}

/** Says how many rows the file will have as soon as the table has counted them. */
function InventoryExport(what: Omit<ComponentProps<typeof ExportButton>, 'total'>) {
  const { data: total } = useQuery({ ...totalQuery(what.query, useAsOf()), enabled: false });
  return <ExportButton {...what} total={total ?? null} />;
}

const COUNTED: ReadonlySet<FilterField['kind']> = new Set(['choice', 'text', 'person', 'flag']);
/** Filters whose values nobody counts. */
const UNCOUNTED: ReadonlySet<string> = new Set(['owner', 'accountable', 'mine', 'component', 'provider', 'repositories', 'interfaces', 'statedStage', 'specialCategories', 'downstreamChange', 'maintained']);

/** A filter of an address that no field knows is still shown: nothing narrows the list unseen. */
function useFieldsIncludingUnknown(fields: readonly FilterField[], used: readonly string[]): readonly FilterField[] {
  const { t } = useLingui();
  const unknown = [...new Set(used)].filter((id) => !fields.some((field) => field.id === id)).join(' ');
  return useMemo(() => (unknown === '' ? fields : [...fields, ...unknown.split(' ').map((id): FilterField => ({ id, label: id, group: t`Further`, kind: 'text', mayBeUnknown: true }))]), [t, fields, unknown]);
}
