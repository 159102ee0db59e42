import { Injectable } from '@nestjs/common';
import { Clock, newId, type TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { issueToken } from '../token/credential-token.js';
import { sessionEndsAt } from './session-policy.js';
import { SessionRepository, type RevocationReason } from './session.repository.js';

/** Ended sessions are kept for a month, for questions about who was signed in. */
const KEEP_ENDED_DAYS = 30;

/** Opens and ends sessions. Everything here runs in the caller's transaction. */
@Injectable()
export class SessionService {
  constructor(private readonly repository: SessionRepository, private readonly clock: Clock) {}

  /**
   * Opens a session with an id and a secret of its own; nothing a caller brings along is ever taken over (session fixation).
   * @returns the token for the cookie, which is not stored
   * @throws ACCESS_NO_MEMBERSHIP when the member was deactivated meanwhile
   */
  async open(scope: TenantScope, memberId: string): Promise<{ id: string; token: string }> {
    const now = this.clock.now();
    const id = newId(now);
    const { token, hash } = issueToken('session', scope.tenantId, id);
    const opened = await this.repository.insert(scope, { id, memberId, tokenHash: hash, at: now, endsAt: sessionEndsAt(now) });
    if (opened !== 1) throw problem('ACCESS_NO_MEMBERSHIP', 'You are not an active member of this organization any more.');
    await this.repository.removeEnded(scope, new Date(now.getTime() - KEEP_ENDED_DAYS * 86_400_000));
    return { id, token };
  }

  async end(scope: TenantScope, id: string, reason: RevocationReason): Promise<void> {
    await this.repository.revoke(scope, id, reason, this.clock.now());
  }

  /** Ends all sessions of a member, at once. @returns how many */
  endAll(scope: TenantScope, memberId: string, reason: RevocationReason, exceptId: string | null = null): Promise<number> {
    return this.repository.revokeOfMember(scope, memberId, exceptId, reason, this.clock.now());
  }

  /** New token for a session that goes on after the password changed. */
  async rotate(scope: TenantScope, id: string, credentialVersion: number): Promise<string> {
    const { token, hash } = issueToken('session', scope.tenantId, id);
    const rotated = await this.repository.rotate(scope, id, hash, credentialVersion, this.clock.now());
    if (rotated !== 1) throw problem('ACCESS_NOT_AUTHENTICATED', 'This session ended meanwhile. Sign in again.');
    return token;
  }
}
