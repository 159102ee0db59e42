import { bodyOf, type Schemas } from '@roster/api-client';
import { api } from '../../api/client.js';
import type { ItemKeys } from '../../forms/list-merge.js';
import type { Component, Relation, ToolGrant } from '../tabs.queries.js';

/** The parts of a workload that are declared as a whole: what is left out is taken away. */
export interface Parts {
  readonly components: Schemas['DeclareComponentDto'];
  readonly relations: Schemas['RelateWorkloadDto'];
  readonly toolGrants: Schemas['GrantToolDto'];
}

export const toComponentInput = ({ type, provider, name, version, hosting, lockIn, reference, usage }: Component): Parts['components'] => ({ type, provider, name, version, hosting, lockIn, reference, usage });
export const toRelationInput = ({ type, workload, note }: Relation): Parts['relations'] => ({ type, workload, note });
export const toGrantInput = ({ name, access, scope }: ToolGrant): Parts['toolGrants'] => ({ name, access, scope });

const keyOf = (...parts: readonly (string | null | undefined)[]): string => parts.map((part) => (part ?? '').toLowerCase()).join('\n');

/** How a part is read and written, and by what its items are found again after somebody else changed them. */
export const PARTS: { readonly [Part in keyof Parts]: { readonly keys: ItemKeys<Parts[Part]>; read(key: string): Promise<readonly Parts[Part][]>; write(key: string, version: number, items: readonly Parts[Part][]): Promise<unknown> } } = {
  components: {
    keys: [({ type, provider, name, version }) => keyOf(type, provider, name, version), ({ type, provider, name }) => keyOf(type, provider, name)],
    read: async (key) => (await bodyOf(api.GET('/api/v1/workloads/{key}/components', { params: { path: { key } } }))).items.map(toComponentInput),
    write: (key, version, items) => bodyOf(api.PUT('/api/v1/workloads/{key}/components', { ...at(key, version), body: { components: [...items] } })),
  },
  relations: {
    keys: [({ type, workload }) => keyOf(type, workload)],
    read: async (key) => (await bodyOf(api.GET('/api/v1/workloads/{key}/relations', { params: { path: { key } } }))).items.filter(({ direction }) => direction === 'outgoing').map(toRelationInput),
    write: (key, version, items) => bodyOf(api.PUT('/api/v1/workloads/{key}/relations', { ...at(key, version), body: { relations: [...items] } })),
  },
  toolGrants: {
    keys: [({ name, scope }) => keyOf(name, scope), ({ name }) => keyOf(name)],
    read: async (key) => (await bodyOf(api.GET('/api/v1/workloads/{key}/tool-grants', { params: { path: { key } } }))).items.map(toGrantInput),
    write: (key, version, items) => bodyOf(api.PUT('/api/v1/workloads/{key}/tool-grants', { ...at(key, version), body: { grants: [...items] } })),
  },
};

const at = (key: string, version: number) => ({ params: { path: { key } }, headers: { 'If-Match': `"v${version}"` } });
