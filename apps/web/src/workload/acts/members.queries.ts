import { bodyOf, type Schemas } from '@roster/api-client';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.js';

/** Active members whose name or address has these words, the first fifty. */
export const memberSearchQuery = (words: string) => queryOptions({
  queryKey: ['members', 'search', words],
  staleTime: 30_000,
  queryFn: ({ signal }): Promise<Schemas['MemberPageDto']> => bodyOf(api.GET('/api/v1/members', { params: { query: { limit: 50, 'filter[status]': ['active'], ...(words === '' ? {} : { q: words }) } }, signal })),
});

const PAUSE_MS = 200;
const NOBODY: readonly Schemas['MemberDto'][] = [];

/**
 * Active members by what somebody types.
 * @returns the first fifty, and whether there are more: then a list that shows them says so
 */
export function useMemberSearch(typed: string, enabled = true): { readonly members: readonly Schemas['MemberDto'][]; readonly more: boolean; readonly searching: boolean } {
  const [words] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const { data, isFetching } = useQuery({ ...memberSearchQuery(words), enabled, placeholderData: keepPreviousData });
  return { members: data?.items ?? NOBODY, more: (data?.nextCursor ?? null) !== null, searching: isFetching };
}
