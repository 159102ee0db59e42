import { bodyOf, type Schemas } from '@roster/api-client';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client.js';

/** Active members whose name or address has these words, the first fifty. */
export const memberSearchQuery = (words: string) => queryOptions({
  queryKey: ['members', 'search', words],
  staleTime: 30_000,
  queryFn: ({ signal }): Promise<Schemas['MemberPageDto']> => bodyOf(api.GET('/api/v1/members', { params: { query: { limit: 50, 'filter[status]': ['active'], ...(words === '' ? {} : { q: words }) } }, signal })),
});
