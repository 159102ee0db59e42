import { bodyOf, type Schemas } from '@roster/api-client';
import { api } from '../../api/client.js';
import type { Owner } from '../tabs.queries.js';
import type { OwnerSlot } from './owner-slot.js';

type Person = { readonly memberId: string } | { readonly email: string };

/** Asks somebody to answer in a slot. */
export function proposeOwner(key: string, slot: OwnerSlot, person: Person, position: Owner['position']): Promise<Schemas['ProposedOwnerDto']> {
  const body = { ...person, position };
  return slot.kind === 'role'
    ? bodyOf(api.PUT('/api/v1/workloads/{key}/owners/{role}', { params: { path: { key, role: slot.role } }, body }))
    : bodyOf(api.PUT('/api/v1/workloads/{key}/domain-owners/{edition}/{domain}', { params: { path: { key, edition: slot.edition, domain: slot.domain } }, body }));
}

/** The person who is asked says yes (again: re-affirms) or no. */
export function answerOwnership(key: string, slot: OwnerSlot, answer: 'accept' | 'decline', position: Owner['position'], note: string | null): Promise<Owner> {
  const body = { position, note };
  if (slot.kind === 'role') {
    const params = { path: { key, role: slot.role } };
    return answer === 'accept' ? bodyOf(api.POST('/api/v1/workloads/{key}/owners/{role}/accept', { params, body })) : bodyOf(api.POST('/api/v1/workloads/{key}/owners/{role}/decline', { params, body }));
  }
  const params = { path: { key, edition: slot.edition, domain: slot.domain } };
  return answer === 'accept'
    ? bodyOf(api.POST('/api/v1/workloads/{key}/domain-owners/{edition}/{domain}/accept', { params, body }))
    : bodyOf(api.POST('/api/v1/workloads/{key}/domain-owners/{edition}/{domain}/decline', { params, body }));
}

/** Relieves whoever answers or is asked, without a successor. */
export async function endOwnership(key: string, slot: OwnerSlot, position: Owner['position']): Promise<void> {
  const query = { position };
  if (slot.kind === 'role') await api.DELETE('/api/v1/workloads/{key}/owners/{role}', { params: { path: { key, role: slot.role }, query } });
  else await api.DELETE('/api/v1/workloads/{key}/domain-owners/{edition}/{domain}', { params: { path: { key, edition: slot.edition, domain: slot.domain }, query } });
}
