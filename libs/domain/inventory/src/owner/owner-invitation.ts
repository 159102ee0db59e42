import { Injectable } from '@nestjs/common';
import { InvitationService, ROLE_PERMISSIONS, rolesWith } from '@roster/access';
import type { Caller } from '@roster/platform-context';

export type InvitationOutcome = 'sent' | 'open' | 'not_permitted';

/** Invites somebody who shall own a workload and is no member yet, when the caller may invite. */
@Injectable()
export class OwnerInvitation {
  constructor(private readonly invitations: InvitationService) {}

  /** With the least rights that let them answer; what else they need is the administrator's decision. */
  async invite(caller: Caller, email: string): Promise<InvitationOutcome> {
    if (!caller.permissions.has('access:member:manage')) return 'not_permitted';
    const [role] = rolesWith('inventory:owner:respond').sort((a, b) => ROLE_PERMISSIONS[a].size - ROLE_PERMISSIONS[b].size);
    if (!role) throw new Error('No role may answer for a workload');
    return (await this.invitations.inviteUnlessOpen(caller, { email, role })) === null ? 'open' : 'sent';
  }
}
