import { bodyOf, type Schemas } from '@roster/api-client';
import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { api } from '../api/client.js';

export type Action = Schemas['ActionDto'];
export type ActionChange = Schemas['ChangeActionDto'];
export type ActionStatus = Action['status'];

export interface ActionFilters {
  readonly status?: readonly string[];
  readonly owner?: string;
  readonly workload?: string;
  readonly review?: string;
  readonly overdue?: string;
  /** A moment. */
  readonly dueBefore?: string;
}

const parameters = (filters: ActionFilters) => ({
  ...(filters.status && filters.status.length > 0 ? { 'filter[status]': [...filters.status] } : {}),
  ...Object.fromEntries(Object.entries(filters).filter(([name, value]) => name !== 'status' && value !== undefined).map(([name, value]) => [`filter[${name}]`, [value as string]])),
});

/** A page of actions. @param sort `dueAt`, `-dueAt`, `updatedAt` or `-updatedAt` */
export const actionPage = (filters: ActionFilters, sort: string) => ({
  queryKey: ['actions', 'list', filters, sort],
  fetchPage: (cursor: string | undefined, signal: AbortSignal, limit?: number) => bodyOf(api.GET('/api/v1/actions', { params: { query: { ...parameters(filters), sort, cursor, limit, count: cursor === undefined } }, signal })),
});

export const actionQuery = (id: string) => queryOptions({
  queryKey: ['actions', 'one', id],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/actions/{id}', { params: { path: { id } }, signal })),
});

/**
 * Changes an action that is at `version`.
 * @throws RosterProblem 412 when somebody else was faster
 */
export const changeAction = (id: string, version: number, change: ActionChange): Promise<Action> =>
  bodyOf(api.PATCH('/api/v1/actions/{id}', { params: { path: { id } }, headers: { 'If-Match': `"v${version}"` }, body: change }));

/** Lists and home read again what an action shows. */
export async function refreshActions(client: QueryClient, action: Action): Promise<void> {
  client.setQueryData(actionQuery(action.id).queryKey, action);
  await Promise.all([['actions', 'list'], ['home'], ['workload', action.workload.key]].map((queryKey) => client.invalidateQueries({ queryKey })));
}
