import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { Clock, isId, newId, type Caller, type TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import { OwnerAssignmentRepository } from './owner-assignment.repository.js';
import { OwnerInvitation, type InvitationOutcome } from './owner-invitation.js';
import type { OwnerSlot } from './owner-slot.js';

/** Somebody who shall own a workload, found among the members or by e-mail only. */
export interface NamedPerson {
  readonly memberId: string | null;
  readonly email: string;
}

export interface Proposal {
  readonly assignmentId: string;
  readonly invitation: InvitationOutcome | 'not_needed';
}

/** Proposing owners, inside somebody's transaction: for registration, edits and the owner routes alike. */
@Injectable()
export class Ownership {
  constructor(
    private readonly assignments: OwnerAssignmentRepository, private readonly organizations: OrganizationQuery, private readonly invitations: OwnerInvitation,
    private readonly trail: Trail, private readonly outbox: Outbox, private readonly clock: Clock,
  ) {}

  /**
   * Finds the person behind a member id or e-mail address.
   * @param path field of the request, for the error
   * @throws PLATFORM_REFERENCE_UNKNOWN for an unknown or deactivated member, PLATFORM_REQUEST_INVALID for neither id nor address
   */
  async person(scope: TenantScope, text: string, path: string): Promise<NamedPerson> {
    const named = text.trim();
    const unknown = (message: string): Error => problem('PLATFORM_REFERENCE_UNKNOWN', 'The person cannot own a workload. Nothing was changed.', { errors: [{ path, code: 'unknown_member', message }] });
    const givenAsId: boolean = isId(named);
    if (givenAsId) {
      const member = (await this.organizations.members(scope, [named])).get(named);
      if (member?.status !== 'active') throw unknown('there is no active member with this id');
      return { memberId: member.id, email: member.email };
    }
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(named) || named.length > 254) {
      throw problem('PLATFORM_REQUEST_INVALID', 'Some fields are not valid. Nothing was changed.', { errors: [{ path, code: 'not_person', message: 'expected a member id or an e-mail address' }] });
    }
    const member = await this.organizations.memberByEmail(scope, named);
    if (member && member.status !== 'active') throw unknown('the member with this e-mail address is deactivated');
    return { memberId: member?.id ?? null, email: member?.email ?? named.toLowerCase() };
  }

  /**
   * Asks a person to answer for a slot. Whoever answers now stays until the new person accepts; an earlier proposal ends.
   * Proposing the person who answers or is asked already changes nothing.
   */
  async propose(scope: TenantScope, caller: Caller, workloadId: string, slot: OwnerSlot, person: NamedPerson): Promise<Proposal> {
    await this.assignments.lockWorkload(scope, workloadId);
    const current = await this.assignments.current(scope, workloadId, slot);
    const same = current.find((one) => (person.memberId !== null ? one.memberId === person.memberId : one.email.toLowerCase() === person.email));
    const proposed = current.find((one) => one.status === 'proposed');
    if (same && (same.status === 'proposed' || !proposed)) return { assignmentId: same.id, invitation: person.memberId === null ? 'open' : 'not_needed' };
    const now = this.clock.now();
    if (proposed) await this.assignments.end(scope, [proposed.id], now);
    // Naming the one who answers already takes back the proposal to somebody else.
    if (same) return { assignmentId: same.id, invitation: 'not_needed' };
    const id = newId(now);
    await this.assignments.propose(scope, { ...slot, id, workloadId, memberId: person.memberId, invitedEmail: person.memberId === null ? person.email : null, at: now });
    const invitation = person.memberId === null ? await this.invitations.invite(caller, person.email) : 'not_needed';
    await this.trail.record(scope, {
      action: 'inventory.owner.proposed', object: { type: 'owner_assignment', id }, workloadId,
      payload: { role: slot.role, domain: slot.domainKey || null, position: slot.position, memberId: person.memberId, email: person.email, replaces: proposed?.id ?? null, invitation },
    });
    await this.outbox.publish(scope, 'inventory.owner.changed', { workloadId, role: slot.role, memberId: person.memberId, status: 'proposed' });
    return { assignmentId: id, invitation };
  }
}
