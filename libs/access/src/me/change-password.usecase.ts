import { Injectable } from '@nestjs/common';
import type { Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { Trail } from '@roster/trail';
import { Access } from '../access.js';
import { assertNewPassword } from '../password/new-password.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { SessionService } from '../session/session.service.js';
import { CredentialCheck } from '../sign-in/credential-check.js';
import { UserAccountRepository } from '../user-account/user-account.repository.js';
import type { ChangePasswordDto } from './me.dto.js';

/**
 * Changes one's own password. In the same transaction every other session ends: those of this organization are revoked, those of other
 * organizations were made under the old credential version and open nothing any more (ASVS 5.0 7.4.3). This session goes on under a new token.
 */
@Injectable()
export class ChangePassword {
  constructor(
    private readonly access: Access, private readonly accounts: UserAccountRepository, private readonly credentials: CredentialCheck, private readonly hasher: PasswordHasher,
    private readonly sessions: SessionService, private readonly trail: Trail, private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @returns the new token of this session
   * @throws ACCESS_SESSION_REQUIRED for an API key, ACCESS_CREDENTIALS_WRONG, ACCESS_LOGIN_THROTTLED, ACCESS_PASSWORD_REFUSED
   */
  async run(caller: Caller, { currentPassword, newPassword }: ChangePasswordDto, address: string): Promise<string> {
    if (caller.via !== 'session') throw problem('ACCESS_SESSION_REQUIRED', 'Sign in: an API key has no password.');
    const scope = this.access.forSelf(caller);
    const own = await this.accounts.findByMember(scope, caller.memberId);
    if (!own) throw problem('ACCESS_NOT_AUTHENTICATED', 'This account is gone. Sign in again.');
    const account = await this.credentials.check(own.email, currentPassword, address);
    assertNewPassword(newPassword, 'newPassword', [account.email, account.name]);
    if (newPassword === currentPassword) {
      throw problem('ACCESS_PASSWORD_REFUSED', 'The new password is the old one. Nothing was changed.', { errors: [{ path: 'newPassword', code: 'unchanged', message: 'expected another password' }] });
    }
    const passwordHash = await this.hasher.hash(newPassword);
    return this.unitOfWork.run(scope, async () => {
      const version = await this.accounts.changePassword(scope, { id: account.id, credentialVersion: account.credentialVersion, passwordHash });
      if (version === null) throw problem('PLATFORM_VERSION_CONFLICT', 'The password was changed somewhere else at the same time.');
      const sessionsEnded = await this.sessions.endAll(scope, caller.memberId, 'password_changed', caller.credentialId);
      const token = await this.sessions.rotate(scope, caller.credentialId, version);
      await this.trail.record(scope, { action: 'access.password.changed', object: { type: 'member', id: caller.memberId }, payload: { sessionsEnded } });
      return token;
    });
  }
}
