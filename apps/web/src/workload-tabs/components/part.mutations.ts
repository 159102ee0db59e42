import { bodyOf, type Schemas } from '@roster/api-client';
import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query';
import { api } from '../../api/client.js';
import { useWorkload } from '../../workload/workload-context.js';
import { useWorkloadChanged } from '../../workload/workload.queries.js';
import type { Component, Relation, ToolGrant } from '../tabs.queries.js';

export type ComponentInput = Schemas['DeclareComponentDto'];
export type RelationInput = Schemas['RelateWorkloadDto'];
export type GrantInput = Schemas['GrantToolDto'];

/** The parts of a workload that are declared as a whole: what is left out is taken away. */
export interface PartLists {
  readonly components: readonly ComponentInput[];
  readonly relations: readonly RelationInput[];
  readonly toolGrants: readonly GrantInput[];
}

export const toComponentInput = ({ type, provider, name, version, hosting, lockIn, reference, usage }: Component): ComponentInput => ({ type, provider, name, version, hosting, lockIn, reference, usage });
export const toRelationInput = ({ type, workload, note }: Relation): RelationInput => ({ type, workload, note });
export const toGrantInput = ({ name, access, scope }: ToolGrant): GrantInput => ({ name, access, scope });

/**
 * Replaces one list of the workload on this page. Refused when the workload has changed since it was read; then everything is read again, so
 * that the next attempt starts from what is there now.
 */
export function useReplacePart<Part extends keyof PartLists>(part: Part): UseMutationResult<unknown, Error, PartLists[Part]> {
  const { workload: { key, version } } = useWorkload();
  const changed = useWorkloadChanged(key);
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (list: PartLists[Part]): Promise<unknown> => {
      const options = { params: { path: { key } }, headers: { 'If-Match': `"v${version}"` } };
      switch (part) {
        case 'components': return bodyOf(api.PUT('/api/v1/workloads/{key}/components', { ...options, body: { components: [...(list as PartLists['components'])] } }));
        case 'relations': return bodyOf(api.PUT('/api/v1/workloads/{key}/relations', { ...options, body: { relations: [...(list as PartLists['relations'])] } }));
        default: return bodyOf(api.PUT('/api/v1/workloads/{key}/tool-grants', { ...options, body: { grants: [...(list as PartLists['toolGrants'])] } }));
      }
    },
    onSettled: () => Promise.all([changed(), queries.invalidateQueries({ queryKey: ['workload'] })]),
  });
}
