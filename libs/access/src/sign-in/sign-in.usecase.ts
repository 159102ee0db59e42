import { Injectable } from '@nestjs/common';
import { SystemScope, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { Trail } from '@roster/trail';
import { SessionService } from '../session/session.service.js';
import { UserAccountRepository, type Membership } from '../user-account/user-account.repository.js';
import { CredentialCheck } from './credential-check.js';

/** A sign-in that worked. */
export interface SignedIn {
  readonly scope: TenantScope;
  readonly memberId: string;
  readonly token: string;
}

/** Checks who somebody is and opens a session in one of their organizations. */
@Injectable()
export class SignIn {
  constructor(
    private readonly credentials: CredentialCheck, private readonly accounts: UserAccountRepository, private readonly sessions: SessionService,
    private readonly trail: Trail, private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * @param organizationId which organization; needed only by people who belong to several
   * @param address network address of the caller, for throttling
   * @throws ACCESS_LOGIN_THROTTLED, ACCESS_CREDENTIALS_WRONG, ACCESS_NO_MEMBERSHIP, ACCESS_ORGANIZATION_REQUIRED (lists them, after the password was right)
   */
  async run(email: string, password: string, organizationId: string | null, address: string): Promise<SignedIn> {
    const user = await this.credentials.check(email, password, address);
    const memberships = await this.accounts.memberships(SystemScope.because('a person who proved who they are picks an organization'), user.id);
    const { tenantId, memberId } = choose(memberships.filter(({ memberStatus }) => memberStatus === 'active'), organizationId);
    const scope = TenantScope.authorised(tenantId, { type: 'member', id: memberId, name: user.name });
    return this.unitOfWork.run(scope, async () => {
      const session = await this.sessions.open(scope, memberId);
      await this.trail.record(scope, { action: 'access.session.opened', object: { type: 'session', id: session.id }, payload: { memberId } });
      return { scope, memberId, token: session.token };
    });
  }
}

function choose(memberships: readonly Membership[], organizationId: string | null): Membership {
  const candidates = organizationId === null ? memberships : memberships.filter(({ tenantId }) => tenantId === organizationId);
  const [only, ...others] = candidates;
  if (!only) throw problem('ACCESS_NO_MEMBERSHIP', 'Your password is right, but you are not an active member there. Ask an administrator of the organization.');
  if (others.length > 0) {
    throw problem('ACCESS_ORGANIZATION_REQUIRED', 'Repeat the request with organizationId.', {
      errors: [{ path: 'organizationId', code: 'required', message: 'Expected the id of one of your organizations.' }],
      extensions: { organizations: candidates.map(({ tenantId, organizationName }) => ({ id: tenantId, name: organizationName })) },
    });
  }
  return only;
}
