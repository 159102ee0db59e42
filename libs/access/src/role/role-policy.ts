import { Injectable } from '@nestjs/common';
import type { Permission } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { MemberRepository } from '../member/member.repository.js';
import { refuseRoleChange, rolesWith, STEWARD_PERMISSION, type Role } from './role.js';

/** Asks the one rule for roles with the stewards of the organization locked, so that two changes at once cannot remove the last one. */
@Injectable()
export class RolePolicy {
  constructor(private readonly members: MemberRepository) {}

  /**
   * Call it in the transaction of the change.
   * @param granter permissions of whoever does it
   * @param memberId whose role it is; null for an invitation
   * @throws ACCESS_ROLE_TOO_WIDE, ACCESS_LAST_ADMIN
   */
  async assert(scope: TenantScope, granter: ReadonlySet<Permission>, memberId: string | null, from: Role | null, to: Role | null): Promise<void> {
    const stewards = await this.members.lockActiveWithRoles(scope, rolesWith(STEWARD_PERMISSION));
    const refusal = refuseRoleChange(granter, from, to, stewards.filter(({ id }) => id !== memberId).length);
    if (refusal === 'exceeds_own_permissions') throw problem('ACCESS_ROLE_TOO_WIDE', 'This role has permissions that you do not have. Ask somebody who has them.');
    if (refusal === 'last_steward') throw problem('ACCESS_LAST_ADMIN', 'Make somebody else an administrator first.');
  }
}
