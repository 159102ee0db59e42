import { Injectable } from '@nestjs/common';
import type { Permission } from '@roster/contracts';
import { Clock, type Caller, type TenantScope } from '@roster/platform-context';
import { effectiveKeyPermissions, ROLE_PERMISSIONS } from '../role/role.js';
import { sessionIsAlive } from '../session/session-policy.js';
import { AuthenticationRepository } from './authentication.repository.js';

/**
 * Whether callers who were let in earlier would be let in now. For answers that stay open (server-sent events): they end with the session
 * or key that opened them, and asking does not keep a session alive.
 */
@Injectable()
export class CredentialWatch {
  constructor(private readonly repository: AuthenticationRepository, private readonly clock: Clock) {}

  /**
   * @param callers of the scope's organization
   * @returns ids of those sessions and keys that are still good and still have the permission; two statements at most, however many callers
   */
  async stillMay(scope: TenantScope, callers: readonly Pick<Caller, 'via' | 'credentialId'>[], permission: Permission): Promise<Set<string>> {
    const ids = (via: Caller['via']): string[] => [...new Set(callers.filter((caller) => caller.via === via).map(({ credentialId }) => credentialId))];
    const [sessionIds, keyIds] = [ids('session'), ids('api_key')];
    const now = this.clock.now();
    const sessions = sessionIds.length === 0 ? [] : await this.repository.sessions(scope, sessionIds);
    const keys = keyIds.length === 0 ? [] : await this.repository.keys(scope, keyIds);
    return new Set([
      ...sessions.filter((session) => sessionIsAlive(session, now) && ROLE_PERMISSIONS[session.role].has(permission)).map(({ id }) => id),
      ...keys.filter((key) => key.revokedAt === null && key.expiresAt > now && key.memberStatus === 'active'
        && effectiveKeyPermissions(key.permissions, ROLE_PERMISSIONS[key.role]).has(permission)).map(({ id }) => id),
    ]);
  }
}
