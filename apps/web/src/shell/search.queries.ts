import { bodyOf } from '@roster/api-client';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.js';

/** The workloads that fit some words, a few of them. */
export const searchQuery = (text: string) => queryOptions({
  queryKey: ['search', text],
  queryFn: async ({ signal }) => {
    const { items } = await bodyOf(api.GET('/api/v1/workloads', { params: { query: { q: text, limit: 8 } }, signal }));
    return { workloads: items, people: [] as { id: string; name: string; email: string }[], evidence: [] as { id: string; title: string }[] };
  },
});
