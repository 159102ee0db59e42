import { bodyOf, type Schemas } from '@roster/api-client';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.js';
import { packRequest, type PackDraft } from './pack-draft.js';

export type Pack = Schemas['PackDto'];
export type PackPreview = Schemas['PackPreviewDto'];
export type PackIndexRow = Schemas['PackIndexRowDto'];

/** A number of a finished pack, such as `workloads`. */
export const countOf = (pack: Pack, name: 'workloads' | 'evidenceFiles' | 'trailEntries' | 'exclusions'): number => Number(pack.result?.counts[name] ?? 0);

/** What the list of packs is narrowed to, as in its address. */
export interface PackFilter {
  readonly status?: string;
  readonly mine?: boolean;
}
/** How often a list looks again while something in it is being built. */
const AGAIN_MS = 2_000;
const isBusy = ({ status }: Pack): boolean => status === 'queued' || status === 'running';

/** One page of packs, newest first. @param limit 1-200 */
export const fetchPacks = ({ status, mine }: PackFilter, cursor: string | undefined, signal: AbortSignal, limit = 50) => bodyOf(api.GET('/api/v1/packs', {
  params: { query: { count: cursor === undefined, limit, ...(cursor === undefined ? {} : { cursor }), ...(status ? { 'filter[status]': [status] } : {}), ...(mine ? { 'filter[requestedBy]': ['me'] } : {}) } }, signal,
}));

export const packListQuery = (filter: PackFilter) => infiniteQueryOptions({
  queryKey: ['packs', 'list', filter.status ?? null, filter.mine ?? false],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) => fetchPacks(filter, pageParam, signal),
  getNextPageParam: (last) => last.nextCursor ?? undefined,
  refetchInterval: (query) => (query.state.data?.pages.some(({ items }) => items.some(isBusy)) ? AGAIN_MS : false),
});

export const packQuery = (id: string) => queryOptions({
  queryKey: ['packs', id], queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/packs/{id}', { params: { path: { id } }, signal })),
});

export const fetchPackIndex = (id: string, cursor: string | undefined, signal: AbortSignal) =>
  bodyOf(api.GET('/api/v1/packs/{id}/workloads', { params: { path: { id }, query: { limit: 200, ...(cursor === undefined ? {} : { cursor }) } }, signal }));

/** What the pack of a draft will hold. @param timeZone of the organization */
export const previewQuery = (draft: PackDraft, timeZone: string, enabled: boolean) => queryOptions({
  queryKey: ['packs', 'preview', draft, timeZone], enabled, staleTime: 15_000, retry: false, placeholderData: keepPreviousData,
  queryFn: async ({ signal }) => bodyOf(api.POST('/api/v1/packs/preview', { body: await packRequest(draft, timeZone), signal })),
});

export const editionsQuery = queryOptions({
  queryKey: ['frameworks', 'assessable'], staleTime: Infinity,
  queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/v1/frameworks', { signal }))).items.filter(({ assessable }) => assessable),
});

/** Workloads that fit a search: so many, and whether there are more. */
export const workloadSearchQuery = (text: string) => queryOptions({
  queryKey: ['packs', 'workload-search', text],
  queryFn: async ({ signal }) => {
    const { items, nextCursor } = await bodyOf(api.GET('/api/v1/workloads', { params: { query: { limit: 20, sort: 'name', ...(text.trim() === '' ? {} : { q: text.trim() }) } }, signal }));
    return { found: items.map(({ key, name }) => ({ key, name })), more: nextCursor !== null };
  },
});
