import { bodyOf, type Schemas } from '@roster/api-client';
import type { GapNames } from '@roster/ui';
import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { api } from '../api/client.js';

export type Workload = Schemas['WorkloadDto'];
export type Classification = Schemas['ClassificationDto'];
export type ClassificationLine = Schemas['ClassificationLineDto'];
export type WhatIf = Schemas['WhatIfDto'];
export type Gap = Schemas['GapDto'];
export type Supposition = Readonly<Record<string, string | null>>;

/** What stands in the way of all of one's workloads lives below this key. */
export const GAPS = ['workload', 'gaps'] as const;

/** Everything that is read about one workload lives below this key. */
export const workloadKey = (key: string): readonly ['workload', string] => ['workload', key];
const at = (asOf: string | null) => (asOf === null ? {} : { asOf });

/** A workload with the provenance of its facts. @param asOf as it was known at this instant; null for now */
export const workloadQuery = (key: string, asOf: string | null) => queryOptions({
  queryKey: [...workloadKey(key), 'detail', asOf],
  queryFn: ({ signal }): Promise<Workload> => bodyOf(api.GET('/api/v1/workloads/{key}', { params: { path: { key }, query: at(asOf) }, signal })),
});

/** The stage and everything it rests on. @throws RosterProblem CLASSIFICATION_RESULT_NOT_FOUND when it had not been classified by then */
export const classificationQuery = (key: string, asOf: string | null) => queryOptions({
  queryKey: [...workloadKey(key), 'classification', asOf],
  queryFn: ({ signal }): Promise<Classification> => bodyOf(api.GET('/api/v1/workloads/{key}/classification', { params: { path: { key }, query: at(asOf) }, signal })),
});

/** What a supposition leads to; with nothing supposed, the shortest lists of what is missing. Nothing is stored. */
export const whatIfQuery = (key: string, facts: Supposition) => queryOptions({
  queryKey: [...workloadKey(key), 'what-if', facts],
  queryFn: ({ signal }): Promise<WhatIf> => bodyOf(api.POST('/api/v1/workloads/{key}/classification/what-if', { params: { path: { key } }, body: { facts }, signal })),
});

/** Coverage of the criteria of an edition. @param edition null: the organization's */
export const coverageQuery = (key: string, asOf: string | null, edition: string | null = null) => queryOptions({
  queryKey: [...workloadKey(key), 'coverage', edition, asOf],
  queryFn: ({ signal }): Promise<Schemas['CoverageDto']> => bodyOf(api.GET('/api/v1/workloads/{key}/coverage', { params: { path: { key }, query: { ...at(asOf), ...(edition === null ? {} : { edition }) } }, signal })),
});

export const toolGrantsQuery = (key: string, asOf: string | null) => queryOptions({
  queryKey: [...workloadKey(key), 'tool-grants', asOf],
  queryFn: ({ signal }): Promise<Schemas['ToolGrantsDto']> => bodyOf(api.GET('/api/v1/workloads/{key}/tool-grants', { params: { path: { key }, query: at(asOf) }, signal })),
});

export const breakGlassesQuery = (key: string) => queryOptions({
  queryKey: [...workloadKey(key), 'break-glass'],
  queryFn: ({ signal }): Promise<Schemas['BreakGlassListDto']> => bodyOf(api.GET('/api/v1/workloads/{key}/freeze/break-glass', { params: { path: { key } }, signal })),
});

export const duplicatesQuery = (key: string) => queryOptions({
  queryKey: [...workloadKey(key), 'duplicates'],
  queryFn: ({ signal }): Promise<Schemas['DuplicatesDto']> => bodyOf(api.GET('/api/v1/workloads/{key}/duplicates', { params: { path: { key } }, signal })),
});

/** A framework edition with its domains and requirements. Never changes under its id. */
export const editionQuery = (edition: string) => queryOptions({
  queryKey: ['edition', edition],
  staleTime: Infinity,
  queryFn: ({ signal }): Promise<Schemas['EditionDto']> => bodyOf(api.GET('/api/v1/frameworks/{edition}', { params: { path: { edition } }, signal })),
});

/** Custom fields of the organization that take values. */
export const customFieldsQuery = queryOptions({
  queryKey: ['custom-fields', 'in-use'],
  staleTime: 60_000,
  queryFn: async ({ signal }): Promise<readonly Schemas['CustomFieldDto'][]> => (await bodyOf(api.GET('/api/v1/custom-fields', { params: { query: { limit: 200, 'filter[archived]': ['false'] } }, signal }))).items,
});

/** Number and name always together (ui.md, Words): "PSF-7 Security", never one alone. */
export function gapNamesOf(edition: Schemas['EditionDto'] | undefined): GapNames {
  const domains = new Map(edition?.domains.map((domain) => [domain.id, `${domain.id} ${domain.name}`]));
  const requirements = new Map(edition?.requirements.map((requirement) => [requirement.key, `${requirement.key.slice(requirement.key.indexOf('/') + 1)} ${requirement.title}`]));
  return { domain: (id) => domains.get(id) ?? id, requirement: (key) => requirements.get(key) ?? key };
}

/** Reads everything about a workload again, and the lists it is in, after it was changed. */
export function useWorkloadChanged(key: string): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(async () => {
    await Promise.all([workloadKey(key), GAPS, ['home'], ['inventory'], ['reviews', 'list']].map((queryKey) => queries.invalidateQueries({ queryKey })));
  }, [queries, key]);
}
