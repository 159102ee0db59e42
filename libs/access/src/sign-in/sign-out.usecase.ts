import { Injectable } from '@nestjs/common';
import type { Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { Trail } from '@roster/trail';
import { Access } from '../access.js';
import { AuthenticationService } from '../authentication/authentication.service.js';
import { SessionService } from '../session/session.service.js';
import type { RevocationReason } from '../session/session.repository.js';

@Injectable()
export class SignOut {
  constructor(
    private readonly access: Access, private readonly authentication: AuthenticationService, private readonly sessions: SessionService,
    private readonly trail: Trail, private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Ends the session of the caller. @throws ACCESS_SESSION_REQUIRED for an API key */
  async run(caller: Caller): Promise<void> {
    if (caller.via !== 'session') throw problem('ACCESS_SESSION_REQUIRED', 'An API key has no session. Revoke it with DELETE /api-keys/{id}.');
    await this.end(caller, 'signed_out');
  }

  /** Ends every session of the caller in this organization, this one included. @throws ACCESS_SESSION_REQUIRED for an API key */
  async everywhere(caller: Caller): Promise<void> {
    if (caller.via !== 'session') throw problem('ACCESS_SESSION_REQUIRED', 'An API key has no session. Revoke it with DELETE /api-keys/{id}.');
    const scope = this.access.forSelf(caller);
    await this.unitOfWork.run(scope, async () => {
      const sessions = await this.sessions.endAll(scope, caller.memberId, 'signed_out');
      await this.trail.record(scope, { action: 'access.session.ended', object: { type: 'session', id: caller.credentialId }, payload: { reason: 'signed_out', sessions } });
    });
  }

  /** Ends the session that a browser brings along while it signs in anew, if it is one. */
  async abandoned(token: string | null): Promise<void> {
    const caller = token === null ? null : await this.authentication.bySession(token);
    if (caller) await this.end(caller, 'rotated');
  }

  private end(caller: Caller, reason: RevocationReason): Promise<void> {
    const scope = this.access.forSelf(caller);
    return this.unitOfWork.run(scope, async () => {
      await this.sessions.end(scope, caller.credentialId, reason);
      await this.trail.record(scope, { action: 'access.session.ended', object: { type: 'session', id: caller.credentialId }, payload: { reason } });
    });
  }
}
