import { bodyOf } from '@roster/api-client';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.js';

/** Workloads, people and evidence that fit some words: a few of each, and whether there are more. */
export const searchQuery = (text: string) => queryOptions({
  queryKey: ['search', text],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/search', { params: { query: { q: text } }, signal })),
});
