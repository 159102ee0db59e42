import { bodyOf, type Schemas } from '@roster/api-client';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api } from '../api/client.js';

export type EvidenceSummary = Schemas['EvidenceSummaryDto'];
export type Evidence = Schemas['EvidenceDto'];
export type EvidenceVersion = Schemas['EvidenceVersionDto'];
export type EvidenceLink = Schemas['EvidenceLinkDto'];
export type EvidenceActor = Schemas['EvidenceActorDto'];

/** Filters of a list of evidence, named as the API names them. */
export type EvidenceFilters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One item with its versions and links. */
export const evidenceQuery = (id: string) => queryOptions({
  queryKey: ['evidence', 'item', id],
  queryFn: ({ signal }): Promise<Evidence> => bodyOf(api.GET('/api/v1/evidence/{id}', { params: { path: { id } }, signal })),
});

/** Key of one list of evidence. */
export const evidenceListKey = (filters: EvidenceFilters): readonly unknown[] => ['evidence', 'list', filters];

/** One page of evidence. @param filters parameters of GET /evidence, such as `filter[status]` or `q` */
export const fetchEvidence = (filters: EvidenceFilters, cursor: string | undefined, signal: AbortSignal, more: { limit?: number; count?: boolean } = {}): Promise<Schemas['EvidencePageDto']> =>
  bodyOf(api.GET('/api/v1/evidence', { params: { query: { ...filters, ...more, cursor } as never }, signal }));

/** How many items some filters match. */
export const evidenceCountQuery = (filters: EvidenceFilters) => queryOptions({
  queryKey: [...evidenceListKey(filters), 'count'],
  queryFn: async ({ signal }): Promise<number> => (await fetchEvidence(filters, undefined, signal, { limit: 1, count: true })).total ?? 0,
});

/** Workloads that fit some words, for choosing; without words the ones changed last. */
export const workloadChoicesQuery = (text: string) => queryOptions({
  queryKey: ['evidence', 'workload-choices', text],
  queryFn: async ({ signal }): Promise<readonly { key: string; name: string }[]> => (await bodyOf(api.GET('/api/v1/workloads', { params: { query: { ...(text.trim() === '' ? {} : { q: text.trim() }), limit: 20 } }, signal }))).items,
});

/** Reads evidence again, and what rests on it, after it was changed. */
export function useEvidenceChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(async () => {
    await Promise.all(['evidence', 'workload', 'inventory', 'home', 'portfolio'].map((area) => queries.invalidateQueries({ queryKey: [area] })));
  }, [queries]);
}

/** The member who answers for an act: the member, or the creator of the key; null for the system. */
export const memberBehind = (actor: EvidenceActor): string | null => (actor.type === 'member' ? actor.id : actor.type === 'api_key' ? (actor.onBehalfOf ?? null) : null);
