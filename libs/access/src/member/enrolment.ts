import { Injectable } from '@nestjs/common';
import { Clock, newId, type TenantScope } from '@roster/platform-context';
import { isUniqueViolation } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import type { Role } from '../role/role.js';
import { UserAccountRepository } from '../user-account/user-account.repository.js';
import { MemberRepository } from './member.repository.js';

/** Makes people members, in the caller's transaction. The role has been judged by `refuseRoleChange` before. */
@Injectable()
export class Enrolment {
  constructor(private readonly accounts: UserAccountRepository, private readonly members: MemberRepository, private readonly clock: Clock) {}

  /**
   * Somebody Roster has never seen.
   * @param person.passwordHash argon2id
   * @throws ACCESS_EMAIL_TAKEN
   */
  async newPerson(scope: TenantScope, person: { memberId: string; email: string; name: string; passwordHash: string; role: Role }): Promise<void> {
    const now = this.clock.now();
    const id = newId(now);
    try {
      await this.accounts.insert(scope, { id, email: person.email, name: person.name, passwordHash: person.passwordHash, at: now });
    } catch (error) {
      if (isUniqueViolation(error, 'user_account_email')) throw problem('ACCESS_EMAIL_TAKEN', 'Sign in with this address, or use another one. Nothing was created.');
      throw error;
    }
    await this.members.insert(scope, { id: person.memberId, userId: id, email: person.email, name: person.name, role: person.role, at: now });
  }

  /** Somebody who has an account because they belong to another organization. @throws ACCESS_MEMBER_EXISTS */
  async knownPerson(scope: TenantScope, person: { memberId: string; userId: string; email: string; name: string; role: Role }): Promise<void> {
    try {
      await this.members.insert(scope, { id: person.memberId, userId: person.userId, email: person.email, name: person.name, role: person.role, at: this.clock.now() });
    } catch (error) {
      if (isUniqueViolation(error)) throw problem('ACCESS_MEMBER_EXISTS', 'Sign in instead. A deactivated member is brought back by an administrator.');
      throw error;
    }
  }
}
