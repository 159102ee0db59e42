import { OWNER_ROLES, type OwnerRole } from '@roster/contracts';
import { problem } from '@roster/platform-errors';

export const OWNER_POSITIONS = ['owner', 'deputy'] as const;
export type OwnerPosition = (typeof OWNER_POSITIONS)[number];

/** A place that one person fills: a role of the workload or a framework domain, as owner or as deputy (domain.md section 4). */
export interface OwnerSlot {
  readonly role: OwnerRole | 'domain_owner';
  /** `<edition>/<id>` for a domain owner, '' otherwise. */
  readonly domainKey: string;
  readonly position: OwnerPosition;
}

/** @throws PLATFORM_REQUEST_INVALID when there is no such role */
export function roleSlot(role: string, position: OwnerPosition = 'owner'): OwnerSlot {
  const known = OWNER_ROLES.find((one) => one === role);
  if (!known) throw problem('PLATFORM_REQUEST_INVALID', `There is no role ${JSON.stringify(role)}.`, { errors: [{ path: 'role', code: 'not_one_of', message: `expected one of ${OWNER_ROLES.join(', ')}` }] });
  return { role: known, domainKey: '', position };
}

/** @param domainKey `<edition>/<id>`; whether the edition has that domain is the caller's question */
export const domainSlot = (domainKey: string, position: OwnerPosition = 'owner'): OwnerSlot => ({ role: 'domain_owner', domainKey, position });

/** How a slot is called in a sentence. */
export const slotName = ({ role, domainKey, position }: OwnerSlot): string =>
  `${position === 'deputy' ? 'deputy ' : ''}${role === 'domain_owner' ? `owner of ${domainKey}` : role.replaceAll('_', ' ')}`;

/** The position named in a query string; owner when it is left out. @throws PLATFORM_REQUEST_INVALID */
export function readPosition(text: string | undefined): OwnerPosition {
  if (text === undefined) return 'owner';
  const known = OWNER_POSITIONS.find((position) => position === text);
  if (!known) throw problem('PLATFORM_REQUEST_INVALID', 'The position is not valid.', { errors: [{ path: 'position', code: 'not_one_of', message: `expected one of ${OWNER_POSITIONS.join(', ')}` }] });
  return known;
}
