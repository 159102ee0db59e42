import { useLingui } from '@lingui/react/macro';
import { OWNER_ROLES, type OwnerRole } from '@roster/contracts';
import type { OwnerPerson } from '@roster/ui';
import type { Owner } from '../tabs.queries.js';

/** What somebody can answer for: a role of the workload, or one domain of an edition. */
export type OwnerSlot = { readonly kind: 'role'; readonly role: OwnerRole } | { readonly kind: 'domain'; readonly edition: string; readonly domain: string };

/** Words and duties of the roles (domain.md section 4). */
export function useRoleWords(): Record<OwnerRole, { name: string; purpose: string }> {
  const { t } = useLingui();
  return {
    risk_owner: { name: t`Risk owner`, purpose: t`Answers for the risk; owes the reviews.` }, accountable_executive: { name: t`Accountable executive`, purpose: t`Answers for it to the board.` },
    on_call: { name: t`On call`, purpose: t`Is paged when it misbehaves. Production needs one.` }, engineering_lead: { name: t`Engineering lead`, purpose: t`Builds and runs it.` }, data_steward: { name: t`Data steward`, purpose: t`Answers for the data it uses.` },
  };
}

export const isOwnerRole = (role: string): role is OwnerRole => (OWNER_ROLES as readonly string[]).includes(role);

const belongs = (owner: Owner, slot: OwnerSlot): boolean => (slot.kind === 'role' ? owner.domain === null && owner.role === slot.role : owner.domain === `${slot.edition}/${slot.domain}`);

/**
 * Who stands in a slot now: who answers, who is asked, and whoever left without a successor.
 * @param owners every assignment of the workload, newest first or not
 */
export function standingIn(owners: readonly Owner[], slot: OwnerSlot, position: Owner['position']): Owner[] {
  const own = owners.filter((owner) => owner.position === position && belongs(owner, slot));
  const now = own.filter(({ status }) => status === 'accepted' || status === 'proposed');
  if (now.some(({ status }) => status === 'accepted')) return now.sort((one) => (one.status === 'accepted' ? -1 : 1));
  const orphan = own.filter(({ status }) => status === 'orphaned').sort((one, other) => Date.parse(other.proposedAt) - Date.parse(one.proposedAt))[0];
  return orphan ? [orphan, ...now] : now;
}

/** An assignment as a card shows it. */
export const toPerson = (owner: Owner): OwnerPerson => ({
  id: owner.id, name: owner.name, email: owner.email, status: owner.status, proposedAt: owner.proposedAt, effectiveFrom: owner.effectiveFrom, effectiveTo: owner.effectiveTo, reaffirmDueAt: owner.reaffirmDueAt,
  reaffirmOverdue: owner.reaffirmOverdue, note: owner.note, joined: owner.memberId !== null,
});
