import type { Page } from '@roster/api-client';
import { keepPreviousData, useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { useMemo } from 'react';

export interface PagedList<Row> {
  readonly rows: readonly Row[];
  /** First page is on its way and nothing older can be shown. */
  readonly loading: boolean;
  /** The rows shown belong to the query before this one. */
  readonly stale: boolean;
  readonly error: Error | null;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  loadMore(): void;
  retry(): void;
  /** Rows in all, where the list was asked to count. */
  readonly total: number | null;
}

/**
 * A keyset list, page by page. Rows of the query before stay visible until the new ones are here.
 * @param queryKey everything the rows depend on
 * @param fetchPage asks for the page after a cursor; undefined for the first
 */
export function usePagedList<Row>({ queryKey, fetchPage, enabled = true }: {
  queryKey: QueryKey; fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Row> & { total?: number | null }>; enabled?: boolean;
}): PagedList<Row> {
  const query = useInfiniteQuery({
    queryKey, enabled, initialPageParam: undefined as string | undefined, placeholderData: keepPreviousData,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    getNextPageParam: (last) => last.nextCursor ?? undefined,
  });
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  return {
    rows, loading: query.isPending && enabled, stale: query.isPlaceholderData, error: query.error, hasMore: query.hasNextPage, loadingMore: query.isFetchingNextPage,
    loadMore: () => { if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage(); },
    retry: () => void query.refetch(),
    total: query.data?.pages[0]?.total ?? null,
  };
}
