import { bodyOf, type Schemas } from '@roster/api-client';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.js';
import { workloadKey } from '../workload/workload.queries.js';

export type Owner = Schemas['OwnerAssignmentDto'];
export type Component = Schemas['DeclaredComponentDto'];
export type Relation = Schemas['RelationDto'];
export type ToolGrant = Schemas['ToolGrantDto'];
export type Coverage = Schemas['CoverageDto'];
export type Criterion = Schemas['CriterionCoverageDto'];
export type CoverageExceptionEntry = Schemas['ExceptionDto'];
export type Drill = Schemas['DrillDto'];
export type HistoryEntry = Schemas['HistoryEntryDto'];
export type TrailEntry = Schemas['TrailEntryDto'];
/** Entries are written with the change and put into the tree a moment later. */
export const hasNoPlace = ({ leafIndex }: TrailEntry): boolean => leafIndex === null;
export type TrailProof = Schemas['TrailProofDto'];
export type Edition = Schemas['EditionSummaryDto'];

const at = (asOf: string | null) => (asOf === null ? {} : { asOf });
/** Lists that one page of a tab shows whole; more is asked for by the person. */
const PAGE = 50;
export const MEMBER_LIMIT = 200;

export const ownersQuery = (key: string, asOf: string | null) => queryOptions({
  queryKey: [...workloadKey(key), 'owners', asOf],
  queryFn: async ({ signal }): Promise<readonly Owner[]> => (await bodyOf(api.GET('/api/v1/workloads/{key}/owners', { params: { path: { key }, query: at(asOf) }, signal }))).items,
});

export const componentsQuery = (key: string, asOf: string | null) => queryOptions({
  queryKey: [...workloadKey(key), 'components', asOf],
  queryFn: async ({ signal }): Promise<readonly Component[]> => (await bodyOf(api.GET('/api/v1/workloads/{key}/components', { params: { path: { key }, query: at(asOf) }, signal }))).items,
});

export const relationsQuery = (key: string, asOf: string | null) => queryOptions({
  queryKey: [...workloadKey(key), 'relations', asOf],
  queryFn: async ({ signal }): Promise<readonly Relation[]> => (await bodyOf(api.GET('/api/v1/workloads/{key}/relations', { params: { path: { key }, query: at(asOf) }, signal }))).items,
});

/** So many workloads that share a component are drawn. */
export const SHARING_LIMIT = 12;

/** Workloads that declare one of these components too. @param components ids; none: nobody is asked */
export const sharingQuery = (key: string, components: readonly string[]) => queryOptions({
  queryKey: [...workloadKey(key), 'sharing', components],
  enabled: components.length > 0,
  queryFn: async ({ signal }): Promise<readonly { key: string; name: string }[]> =>
    (await bodyOf(api.GET('/api/v1/workloads', { params: { query: { 'filter[component]': [...components], limit: SHARING_LIMIT + 2 } }, signal }))).items.filter((workload) => workload.key !== key),
});

/** Editions that coverage can be computed over. */
export const assessableEditionsQuery = queryOptions({
  queryKey: ['editions', 'assessable'],
  staleTime: Infinity,
  queryFn: async ({ signal }): Promise<readonly Edition[]> => (await bodyOf(api.GET('/api/v1/frameworks', { signal }))).items.filter(({ assessable }) => assessable),
});

export const exceptionsQuery = (key: string) => queryOptions({
  queryKey: [...workloadKey(key), 'exceptions'],
  queryFn: async ({ signal }): Promise<Schemas['ExceptionPageDto']> => bodyOf(api.GET('/api/v1/exceptions', { params: { query: { 'filter[workload]': [key], limit: MEMBER_LIMIT } }, signal })),
});

export const organizationQuery = queryOptions({
  queryKey: ['settings', 'organization'],
  staleTime: 60_000,
  queryFn: ({ signal }): Promise<Schemas['OrganizationDto']> => bodyOf(api.GET('/api/v1/organization', { signal })),
});

export const checkpointQuery = queryOptions({
  queryKey: ['trail', 'checkpoint'],
  queryFn: ({ signal }): Promise<Schemas['TrailCheckpointDto']> => bodyOf(api.GET('/api/v1/trail/checkpoint', { signal })),
});

export const drillPage = (key: string, asOf: string | null) => ({
  queryKey: [...workloadKey(key), 'drills', asOf],
  fetchPage: (cursor: string | undefined, signal: AbortSignal, limit = PAGE) => bodyOf(api.GET('/api/v1/workloads/{key}/drills', { params: { path: { key }, query: { ...at(asOf), limit, ...(cursor === undefined ? {} : { cursor }) } }, signal })),
});

export const historyPage = (key: string, asOf: string | null) => ({
  queryKey: [...workloadKey(key), 'history', asOf],
  fetchPage: (cursor: string | undefined, signal: AbortSignal, limit = PAGE) => bodyOf(api.GET('/api/v1/workloads/{key}/history', { params: { path: { key }, query: { limit, ...at(asOf), ...(cursor === undefined ? {} : { cursor }) } }, signal })),
});

/** @param until only what had happened by this instant; null for everything */
export const trailPage = (key: string, until: string | null) => ({
  queryKey: [...workloadKey(key), 'trail', until],
  fetchPage: (cursor: string | undefined, signal: AbortSignal, limit = PAGE) =>
    bodyOf(api.GET('/api/v1/trail', { params: { query: { 'filter[workload]': [key], limit, ...(until === null ? {} : { 'filter[until]': [until] }), ...(cursor === undefined ? {} : { cursor }) } }, signal })),
});
