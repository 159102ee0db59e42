import { Injectable } from '@nestjs/common';
import { Clock, TenantScope, type Caller } from '@roster/platform-context';
import { effectiveKeyPermissions, ROLE_PERMISSIONS } from '../role/role.js';
import { SESSION_POLICY, sessionIsAlive, sessionNeedsTouch } from '../session/session-policy.js';
import { parseToken, secretMatches } from '../token/credential-token.js';
import { AuthenticationRepository } from './authentication.repository.js';

/**
 * Finds out who calls. Asks the database on every request and remembers nothing, so a revoked key, a deactivated member or a changed role
 * counts from the next request on (ASVS 5.0 8.3.2). Every failure looks the same to the caller.
 */
@Injectable()
export class AuthenticationService {
  constructor(private readonly repository: AuthenticationRepository, private readonly clock: Clock) {}

  /** @returns the member behind a session token, or null when it opens nothing */
  async bySession(text: string): Promise<Caller | null> {
    const token = parseToken('session', text);
    if (!token) return null;
    const scope = TenantScope.forSystem(token.tenantId, 'authentication');
    const session = await this.repository.session(scope, token.id);
    const now = this.clock.now();
    if (!session || !secretMatches(token.secret, session.tokenHash) || !sessionIsAlive(session, now)) return null;
    if (sessionNeedsTouch(session.lastSeenAt, now)) await this.repository.touchSession(scope, token.id, now);
    return {
      tenantId: token.tenantId, memberId: session.memberId, actor: { type: 'member', id: session.memberId, name: session.memberName },
      permissions: ROLE_PERMISSIONS[session.role], via: 'session', credentialId: token.id,
    };
  }

  /** @returns the API key as a caller of its own, cut down to what its creator still may; null when it opens nothing */
  async byKey(text: string): Promise<Caller | null> {
    const token = parseToken('api_key', text);
    if (!token) return null;
    const scope = TenantScope.forSystem(token.tenantId, 'authentication');
    const key = await this.repository.key(scope, token.id);
    const now = this.clock.now();
    if (!key || !secretMatches(token.secret, key.secretHash) || key.revokedAt !== null || key.expiresAt <= now || key.memberStatus !== 'active') return null;
    if (key.lastUsedAt === null || now.getTime() - key.lastUsedAt.getTime() >= SESSION_POLICY.touchSeconds * 1000) await this.repository.touchKey(scope, token.id, now);
    return {
      tenantId: token.tenantId, memberId: key.memberId, actor: { type: 'api_key', id: token.id, name: key.name, onBehalfOf: key.memberId },
      permissions: effectiveKeyPermissions(key.permissions, ROLE_PERMISSIONS[key.role]), via: 'api_key', credentialId: token.id,
    };
  }
}
