import { bodyOf, type Page, type Schemas } from '@roster/api-client';
import type { FilterFacet } from '@roster/ui';
import { queryOptions, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { api } from '../api/client.js';

export type WorkloadItem = Schemas['WorkloadItemDto'];
export type WorkloadChange = Schemas['UpdateWorkloadDto'];
export type WorkloadPage = Page<WorkloadItem> & { total?: number | null };

/** Rows per request: a window and what a quick scroll needs next. */
const FIRST_PAGE = 60;
const NEXT_PAGE = 200;
const FACET_VALUES = 50;

/** Everything that is read about the inventory lives below this key. */
export const INVENTORY = ['inventory'] as const;

/** The version a change is based on, as the service writes it in an ETag. */
export const entityTag = (version: number): string => `"v${version}"`;

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('&');
const pair = (name: string, value: string | null | undefined): string => (value === null || value === undefined ? '' : `${name}=${encodeURIComponent(value)}`);

/** The list, page by page. @param query filters and q, as in the address */
export const workloadPages = (query: string, sort: string, asOf: string | null) => ({
  queryKey: [...INVENTORY, 'list', query, sort, asOf],
  fetchPage: (cursor: string | undefined, signal: AbortSignal): Promise<WorkloadPage> => {
    const text = joined(query, pair('sort', sort), pair('asOf', asOf), pair('cursor', cursor), `limit=${cursor === undefined ? FIRST_PAGE : NEXT_PAGE}`);
    return bodyOf(api.GET('/api/v1/workloads', { querySerializer: () => text, signal }));
  },
});

/** How many workloads match; asked for beside the rows, so that they do not wait for it. */
export const totalQuery = (query: string, asOf: string | null) => queryOptions({
  queryKey: [...INVENTORY, 'total', query, asOf],
  queryFn: async ({ signal }): Promise<number | null> => (await bodyOf(api.GET('/api/v1/workloads', { querySerializer: () => joined(query, pair('asOf', asOf), 'limit=1', 'count=true'), signal }))).total ?? null,
});

/** Counts per value of a few fields under the filters in force. @param fields as the filters are named @param asOf as it was known at this instant; null for now */
export const facetsQuery = (query: string, fields: readonly string[], asOf: string | null) => queryOptions({
  queryKey: [...INVENTORY, 'facets', query, fields.join(','), asOf],
  enabled: fields.length > 0,
  queryFn: async ({ signal }): Promise<ReadonlyMap<string, FilterFacet>> => {
    const { facets } = await bodyOf(api.GET('/api/v1/workloads/facets', { querySerializer: () => joined(query, pair('asOf', asOf), pair('fields', fields.join(',')), `values=${FACET_VALUES}`), signal }));
    return new Map(facets.map((facet) => [facet.field, { values: facet.values, more: facet.more, capped: facet.capped }]));
  },
});

export const savedViewsQuery = queryOptions({
  queryKey: [...INVENTORY, 'views'],
  staleTime: 60_000,
  queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/v1/saved-views', { signal }))).items,
});

/**
 * Changes some fields of a workload.
 * @param version what the change is based on; null overwrites whatever is there
 * @throws RosterProblem 412 and 409 when somebody else was faster
 */
export function changeWorkload(key: string, change: WorkloadChange, version: number | null): Promise<Schemas['WorkloadDto']> {
  return bodyOf(api.PATCH('/api/v1/workloads/{key}', { params: { path: { key }, header: { 'If-Match': version === null ? '*' : entityTag(version) } }, body: change }));
}

/** Puts a changed workload into every list that holds it, so that its row tells the truth without a request. */
export function putIntoLists(queries: QueryClient, changed: Schemas['WorkloadDto']): void {
  const { facts: _facts, ...item } = changed;
  queries.setQueriesData<InfiniteData<WorkloadPage>>({ queryKey: [...INVENTORY, 'list'] }, (data) => data === undefined ? data : {
    ...data, pages: data.pages.map((page) => (page.items.some((row) => row.id === item.id) ? { ...page, items: page.items.map((row) => (row.id === item.id ? { ...row, ...item } : row)) } : page)),
  });
}

/** Workloads that may be the same as one that is about to be registered. Nothing is stored. */
export const likelyDuplicatesQuery = (name: string, team: string) => queryOptions({
  queryKey: [...INVENTORY, 'likely-duplicates', name, team],
  enabled: name !== '',
  queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/v1/workloads/duplicates', { params: { query: { name, ...(team === '' ? {} : { team }) } }, signal }))).items,
});
