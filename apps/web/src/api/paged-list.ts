import type { Page } from '@roster/api-client';
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { useMemo } from 'react';

/** One page of a list, with the number of all rows where the list was asked to count. */
export type PageOf<Row> = Page<Row> & { readonly total?: number | null };

export interface PagedList<Row, Of extends PageOf<Row> = PageOf<Row>> {
  readonly rows: readonly Row[];
  /** What the rows are the answer to; undefined while it is on its way. */
  readonly about: string | undefined;
  /** The first page of the rows that are shown: what a page tells beside its rows is read from here, never kept apart from them. Null before it is here. */
  readonly first: Of | null;
  /** First page is on its way and nothing older can be shown. */
  readonly loading: boolean;
  /** The rows shown belong to the query before this one. */
  readonly stale: boolean;
  readonly error: Error | null;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  loadMore(): void;
  /** Reads every page that is left. @throws what a page failed with */
  loadAll(): Promise<void>;
  retry(): void;
  /** Rows in all, where the list was asked to count. */
  readonly total: number | null;
}

/** Where a list comes from. */
export interface PagesOf<Of> {
  /** Everything the rows depend on. */
  readonly queryKey: QueryKey;
  /** Asks for the page after a cursor; undefined for the first. `limit` (1-200) is how many rows are wanted at once, where it is not what a page shows. */
  readonly fetchPage: (cursor: string | undefined, signal: AbortSignal, limit?: number) => Promise<Of>;
}

/** The pages of a list, for its page to show and for its route to ask for ahead. */
export const pagesQuery = <Of extends PageOf<unknown>>({ queryKey, fetchPage }: PagesOf<Of>) => infiniteQueryOptions({
  queryKey, initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
  getNextPageParam: (last) => last.nextCursor ?? undefined,
});

/** Between two looks at rows that the service is about to complete, and how many looks: it may be that nobody completes them. */
const SETTLING_MS = 2_000;
const MOST_LOOKS = 30;

/**
 * A keyset list, page by page. Rows of the query before stay visible until the new ones are here.
 * @param enabled whether what the rows depend on is known
 * @param settling whether the service is about to complete a row by itself: the list is read again every two seconds, for a minute at most
 */
export function usePagedList<Row, Of extends PageOf<Row> = PageOf<Row>>({ enabled = true, settling, ...pages }: PagesOf<Of & PageOf<Row>> & { enabled?: boolean; settling?: (row: Row) => boolean }): PagedList<Row, Of> {
  const query = useInfiniteQuery({
    ...pagesQuery(pages), enabled, placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (settling !== undefined && state.dataUpdateCount < MOST_LOOKS && state.data?.pages.some(({ items }) => items.some(settling)) === true ? SETTLING_MS : false),
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return {
    rows, about: query.isPlaceholderData ? undefined : JSON.stringify(pages.queryKey), first: query.data?.pages[0] ?? null, loading: query.isPending && enabled, stale: query.isPlaceholderData, error: query.error, hasMore: query.hasNextPage, loadingMore: query.isFetchingNextPage,
    loadMore: () => { if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage(); },
    loadAll: async () => {
      for (let read = query; read.hasNextPage;) {
        read = await read.fetchNextPage({ cancelRefetch: false });
        if (read.error) throw read.error;
      }
    },
    retry: () => void query.refetch(),
    total: query.data?.pages[0]?.total ?? null,
  };
}
