import type { Schemas } from '@roster/api-client';
import { presetLayout, sameLayout, visibleIds, type ColumnLayout, type DataColumn, type Density, type Filter } from '@roster/ui';
import { parametersOf, queryText, readFilters, writeFilters, type Parameters } from './filter-parameters.js';

export type SavedViewDto = Schemas['SavedViewDto'];
type ViewColumn = Schemas['ViewColumnDto'];

/** What the inventory shows: one thing that is an address, a saved view, an export and a query of the API. */
export interface ViewState {
  readonly q: string;
  readonly filters: readonly Filter[];
  readonly sort: string;
  /** Empty: the usual columns. */
  readonly columns: readonly ViewColumn[];
  readonly density: Density;
}

export const USUAL_SORT = '-updatedAt';
export const USUAL_VIEW = 'all';
/** What the usual view shows; it is built in and the same for everybody. */
export const USUAL_STATE: ViewState = { q: '', filters: [], sort: USUAL_SORT, columns: [], density: 'compact' };
const STATE_NAMES = ['q', 'sort', 'columns', 'density'] as const;
const isState = (name: string): boolean => (STATE_NAMES as readonly string[]).includes(name) || name.startsWith('filter[');
const textOf = (value: string | readonly string[] | undefined): string | undefined => (typeof value === 'string' ? value : value?.[0]);

/** The state that an address spells out; null when it only names a view, or nothing. */
export function stateOfAddress(search: Parameters): ViewState | null {
  if (!Object.keys(search).some((name) => isState(name) && search[name] !== undefined)) return null;
  return {
    q: textOf(search['q']) ?? '', filters: readFilters(search), sort: textOf(search['sort']) ?? USUAL_SORT, columns: readColumns(textOf(search['columns']) ?? ''), density: textOf(search['density']) === 'roomy' ? 'roomy' : 'compact',
  };
}

export function stateOfView(view: SavedViewDto): ViewState {
  const parameters = parametersOf(view.query);
  return { q: textOf(parameters['q']) ?? '', filters: readFilters(parameters), sort: view.sort, columns: view.columns, density: view.density === 'roomy' ? 'roomy' : 'compact' };
}

/** The parameters of an address which spells the state out. The sort is always there, so that a view without filters is told from no state at all. */
export function addressOf(state: ViewState): Record<string, string | readonly string[]> {
  return {
    ...(state.q.trim() === '' ? {} : { q: state.q }), ...writeFilters(state.filters), sort: state.sort,
    ...(state.columns.length === 0 ? {} : { columns: writeColumns(state.columns) }), ...(state.density === 'compact' ? {} : { density: state.density }),
  };
}

/** An address with another state; what is no state (asOf, the peeked workload) stays. */
export function withState(search: Parameters, view: string | undefined, state: ViewState | null): Record<string, string | readonly string[] | undefined> {
  const others = Object.fromEntries(Object.entries(search).filter(([name]) => !isState(name) && name !== 'view'));
  return { ...others, ...(view === undefined ? {} : { view }), ...(state === null ? {} : addressOf(state)) };
}

/** Filters and text of a state as the query string of GET /workloads, of a view, an export and a selection. */
export function queryOf(state: Pick<ViewState, 'q' | 'filters'>): string {
  return queryText({ ...(state.q.trim() === '' ? {} : { q: state.q.trim() }), ...writeFilters(state.filters) });
}

/** Whether two states show the same thing. The order of filters does not matter. */
export function sameState(a: ViewState, b: ViewState): boolean {
  const query = (state: ViewState) => [...new URLSearchParams(queryOf(state))].map(([name, value]) => `${name}=${value}`).sort().join('&');
  const columns = (state: ViewState) => state.columns.map((column) => `${column.id} ${column.width ?? ''} ${column.pinned === true}`).join(',');
  return query(a) === query(b) && a.sort === b.sort && a.density === b.density && columns(a) === columns(b);
}

/** Signs which an address keeps as they are. */
const PINNED = '*';
const WIDTH = '-';

/** Columns as one readable parameter: `key*,name-260,stage` is key pinned, name 260 px wide. */
export function writeColumns(columns: readonly ViewColumn[]): string {
  return columns.map((column) => `${column.id}${column.pinned === true ? PINNED : ''}${column.width == null ? '' : `${WIDTH}${column.width}`}`).join(',');
}

export function readColumns(text: string): ViewColumn[] {
  return text.split(',').flatMap((part): ViewColumn[] => {
    const [, id, pinned, width] = /^([A-Za-z][\w.]*)(\*?)(?:-(\d{2,4}))?$/.exec(part.trim()) ?? [];
    return id === undefined ? [] : [{ id, ...(pinned === PINNED ? { pinned: true } : {}), ...(width === undefined ? {} : { width: Number(width) }) }];
  });
}

/** Columns of a view as the table arranges them; none are the usual ones. */
export function layoutOf<Row>(columns: readonly ViewColumn[], all: readonly DataColumn<Row>[]): ColumnLayout {
  if (columns.length === 0) return presetLayout(all);
  const shown = columns.map((column) => column.id);
  return {
    order: shown, hidden: all.map((column) => column.id).filter((id) => !shown.includes(id)), pinned: columns.filter((column) => column.pinned === true).map((column) => column.id),
    widths: Object.fromEntries(columns.flatMap((column) => (column.width == null ? [] : [[column.id, column.width]]))),
  };
}

/** A layout as the columns of a view; empty when it is what the columns ask for by themselves. */
export function columnsOf<Row>(layout: ColumnLayout, all: readonly DataColumn<Row>[]): ViewColumn[] {
  if (sameLayout(all, layout, presetLayout(all))) return [];
  const { ids, pinned } = visibleIds(all, layout);
  return ids.map((id) => ({ id, ...(pinned.includes(id) ? { pinned: true } : {}), ...(layout.widths[id] === undefined ? {} : { width: layout.widths[id] }) }));
}
