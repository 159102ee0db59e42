import { Injectable, Optional } from '@nestjs/common';
import { isId, type Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { assertVersion } from '@roster/platform-http';
import { Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import { Access } from '../access.js';
import { CredentialRevocation } from '../authentication/credential-revocation.js';
import { RolePolicy } from '../role/role-policy.js';
import { MemberDeparture } from './member-departure.js';
import { memberChangedMeanwhile, memberNotFound } from './member.errors.js';
import { MemberRepository } from './member.repository.js';

/**
 * Ends somebody's access: sessions and keys die in the same transaction, and whoever listens treats what they owned as orphaned
 * (domain.md section 4). The member stays as a name in history.
 */
@Injectable()
export class DeactivateMember {
  constructor(
    private readonly access: Access, private readonly members: MemberRepository, private readonly policy: RolePolicy,
    private readonly credentials: CredentialRevocation, private readonly trail: Trail, private readonly outbox: Outbox, private readonly unitOfWork: UnitOfWork,
    /** Absent in a process that is composed without an inventory. */
    @Optional() private readonly departure?: MemberDeparture,
  ) {}

  /**
   * @param expected version the change is based on; null for whatever is there
   * @throws ACCESS_MEMBER_NOT_FOUND, ACCESS_ROLE_TOO_WIDE, ACCESS_LAST_ADMIN, PLATFORM_PRECONDITION_FAILED
   */
  run(caller: Caller, id: string, expected: number | null): Promise<void> {
    const scope = this.access.authorise(caller, 'access:member:manage');
    return this.unitOfWork.run(scope, async () => {
      const member = isId(id) ? await this.members.find(scope, id) : null;
      if (!member || member.status === 'deactivated') throw memberNotFound(id);
      assertVersion(expected, member.version);
      await this.policy.assert(scope, caller.permissions, id, member.role, null);
      const deactivated = await this.members.deactivate(scope, member.version, id);
      if (!deactivated) throw memberChangedMeanwhile();
      const ended = await this.credentials.endAll(scope, id);
      await this.trail.record(scope, {
        action: 'access.member.deactivated', object: { type: 'member', id, version: deactivated.version }, payload: { role: member.role, ...ended },
      });
      await this.departure?.settle(scope, id);
      await this.outbox.publish(scope, 'access.member.deactivated', { memberId: id });
    });
  }
}
