import { Injectable } from '@nestjs/common';
import { Clock, type TenantScope } from '@roster/platform-context';
import { ApiKeyRepository } from '../api-key/api-key.repository.js';
import { SessionRepository } from '../session/session.repository.js';

/** Ends everything that opens a door for a member, in the caller's transaction. */
@Injectable()
export class CredentialRevocation {
  constructor(private readonly sessions: SessionRepository, private readonly keys: ApiKeyRepository, private readonly clock: Clock) {}

  async endAll(scope: TenantScope, memberId: string): Promise<{ sessionsEnded: number; keysRevoked: number }> {
    const now = this.clock.now();
    const sessionsEnded = await this.sessions.revokeOfMember(scope, memberId, null, 'deactivated', now);
    return { sessionsEnded, keysRevoked: await this.keys.revokeOfCreator(scope, memberId, now) };
  }
}
