import { bodyOf, type Schemas } from '@roster/api-client';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.js';
import { isOwnerRole, type OwnerSlot } from '../workload-tabs/owners/owner-slot.js';
import { answerOwnership } from '../workload-tabs/owners/owner.mutations.js';

export type Home = Schemas['HomeDto'];
export type Ownership = Schemas['HomeOwnershipDto'];
export type Orphan = Schemas['HomeOrphanDto'];

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

/** What an ownership is for. @throws Error for a role that there is not */
function slotOf({ role, domain }: Ownership): OwnerSlot {
  if (domain !== null) {
    const [edition = '', id = ''] = domain.split('/');
    return { kind: 'domain', edition, domain: id };
  }
  if (!isOwnerRole(role)) throw new Error(`There is no role ${role}`);
  return { kind: 'role', role };
}

/** Accepts or affirms (both are accepting), or declines an ownership. @param note what they say about it, at most 4,000 characters */
export async function answerHere(ownership: Ownership, answer: 'accept' | 'decline', note: string | null): Promise<void> {
  await answerOwnership(ownership.workload.key, slotOf(ownership), answer, ownership.position as 'owner' | 'deputy', note);
}

/** Slots whose owner left and that nobody answers for, all of them. */
export const orphanPage = {
  queryKey: ['home', 'orphaned-owners'],
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => bodyOf(api.GET('/api/v1/home/orphaned-owners', { params: { query: { cursor, limit: 50, count: true } }, signal })),
};

/** Every exception that waits for the person's decision. @param rows the list as the service names it: `/api/v1/exceptions?…` */
export function exceptionPage(rows: string) {
  const query = rows.split('?')[1] ?? '';
  return {
    queryKey: ['home', 'exceptions', query],
    fetchPage: (cursor: string | undefined, signal: AbortSignal) =>
      bodyOf(api.GET('/api/v1/exceptions', { querySerializer: () => [query, 'limit=50', 'count=true', ...(cursor === undefined ? [] : [`cursor=${encodeURIComponent(cursor)}`])].filter((part) => part !== '').join('&'), signal })),
  };
}
