import { bodyOf, type Schemas } from '@roster/api-client';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.js';

export type Home = Schemas['HomeDto'];
export type Ownership = Schemas['HomeOwnershipDto'];

/** What needs the person at the keyboard. Read again whenever the page is opened, and when a notification arrives. */
export const homeQuery = queryOptions({
  queryKey: ['home'],
  staleTime: 5_000,
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/home', { signal })),
});

/** All ownerships that wait for an answer. @param status proposed: to be accepted; accepted: to be affirmed again */
export const ownershipPage = (status: 'proposed' | 'accepted') => ({
  queryKey: ['home', 'ownerships', status],
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => bodyOf(api.GET('/api/v1/home/ownerships', { params: { query: { 'filter[status]': [status], cursor, limit: 50, count: true } }, signal })),
});

/** Accepts or affirms (both are accepting), or declines an ownership. @param note what they say about it, at most 4,000 characters */
export async function answerOwnership({ workload, role, domain, position }: Ownership, answer: 'accept' | 'decline', note: string | null): Promise<void> {
  const body = { position: position as 'owner' | 'deputy', note };
  if (domain === null) {
    const path = { key: workload.key, role };
    await bodyOf(answer === 'accept' ? api.POST('/api/v1/workloads/{key}/owners/{role}/accept', { params: { path }, body }) : api.POST('/api/v1/workloads/{key}/owners/{role}/decline', { params: { path }, body }));
    return;
  }
  const [edition = '', id = ''] = domain.split('/');
  const path = { key: workload.key, edition, domain: id };
  await bodyOf(answer === 'accept' ? api.POST('/api/v1/workloads/{key}/domain-owners/{edition}/{domain}/accept', { params: { path }, body }) : api.POST('/api/v1/workloads/{key}/domain-owners/{edition}/{domain}/decline', { params: { path }, body }));
}
