import { bodyOf, type Schemas } from '@roster/api-client';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '../../api/client.js';

/** Active members whose name or address has these words, the first fifty. */
const memberSearchQuery = (words: string) => queryOptions({
  queryKey: ['members', 'search', words],
  staleTime: 30_000,
  queryFn: ({ signal }): Promise<Schemas['MemberPageDto']> => bodyOf(api.GET('/api/v1/members', { params: { query: { limit: 50, 'filter[status]': ['active'], ...(words === '' ? {} : { q: words }) } }, signal })),
});

const PAUSE_MS = 200;
const NOBODY: readonly Schemas['MemberDto'][] = [];

interface FoundMembers {
  /** The first fifty. */
  readonly members: readonly Schemas['MemberDto'][];
  /** Whether there are more: then a list that shows them says so. */
  readonly more: boolean;
  readonly searching: boolean;
  readonly error: Error | null;
}

/** Active members by what somebody types. */
export function useMemberSearch(typed: string, enabled = true): FoundMembers {
  const [words] = useDebouncedValue(typed.trim(), PAUSE_MS);
  const { data, isFetching, error } = useQuery({ ...memberSearchQuery(words), enabled, placeholderData: keepPreviousData });
  return { members: data?.items ?? NOBODY, more: (data?.nextCursor ?? null) !== null, searching: isFetching, error };
}
