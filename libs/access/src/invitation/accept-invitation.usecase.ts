import { Injectable } from '@nestjs/common';
import { newId, SystemScope, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem, type ProblemError } from '@roster/platform-errors';
import { Trail } from '@roster/trail';
import { Enrolment } from '../member/enrolment.js';
import { RolePolicy } from '../role/role-policy.js';
import { ROLE_PERMISSIONS } from '../role/role.js';
import { SessionService } from '../session/session.service.js';
import type { SignedIn } from '../sign-in/sign-in.usecase.js';
import { parseToken, secretMatches } from '../token/credential-token.js';
import type { AcceptInvitationDto, InvitationPreviewDto } from './invitation.dto.js';
import { InvitationRepository, type PresentedInvitation } from './invitation.repository.js';
import { InvitedPerson } from './invited-person.js';

/** Turns an invitation into a member and a session, once. */
@Injectable()
export class AcceptInvitation {
  constructor(
    private readonly invitations: InvitationRepository, private readonly person: InvitedPerson, private readonly enrolment: Enrolment, private readonly policy: RolePolicy,
    private readonly sessions: SessionService, private readonly trail: Trail, private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * What an invitation is about, for whoever holds its token.
   * @throws ACCESS_INVITATION_INVALID as accepting would
   */
  async preview(text: string): Promise<InvitationPreviewDto> {
    const { organizationName, inviterName, email, role, expiresAt } = await this.open(text);
    return { organization: organizationName, invitedBy: inviterName, email, role, expiresAt };
  }

  /**
   * @param address network address of the caller, for throttling
   * @throws ACCESS_INVITATION_INVALID for a token that is unknown, used, revoked, expired, or whose inviter may not invite any more;
   *   ACCESS_PASSWORD_REFUSED; ACCESS_CREDENTIALS_WRONG and ACCESS_LOGIN_THROTTLED when the address has an account already
   */
  async run(text: string, given: AcceptInvitationDto, address: string): Promise<SignedIn> {
    const { tenantId, ...invitation } = await this.open(text);
    const identity = await this.person.identify(SystemScope.because('an invited person may have an account in another organization'), invitation, given, address);
    const memberId = newId();
    const scope = TenantScope.authorised(tenantId, { type: 'member', id: memberId, name: identity.name });
    return this.unitOfWork.run(scope, async () => {
      await this.policy.assert(scope, ROLE_PERMISSIONS[invitation.inviterRole], null, null, invitation.role);
      const { email, role } = invitation;
      if (identity.known) await this.enrolment.knownPerson(scope, { memberId, userId: identity.userId, email: identity.email, name: identity.name, role });
      else await this.enrolment.newPerson(scope, { memberId, email, name: identity.name, passwordHash: identity.passwordHash, role });
      if ((await this.invitations.accept(scope, invitation.id, memberId)) !== 1) throw invalid();
      const session = await this.sessions.open(scope, memberId);
      await this.trail.record(scope, { action: 'access.invitation.accepted', object: { type: 'invitation', id: invitation.id }, payload: { memberId, email, role } });
      return { scope, memberId, token: session.token };
    });
  }

  private async open(text: string): Promise<PresentedInvitation & { readonly tenantId: string }> {
    const token = parseToken('invitation', text);
    if (!token) throw invalid();
    const invitation = await this.invitations.presented(TenantScope.forSystem(token.tenantId, 'invitation'), token.id);
    if (!invitation || !secretMatches(token.secret, invitation.tokenHash) || !isOpen(invitation)) throw invalid();
    return { ...invitation, tenantId: token.tenantId };
  }
}

/** The right to invite is asked of the inviter as they are now, not as they were. */
const isOpen = (invitation: PresentedInvitation): boolean =>
  invitation.status === 'open' && invitation.inviterStatus === 'active' && ROLE_PERMISSIONS[invitation.inviterRole].has('access:member:manage');

const invalid = (): ProblemError => problem('ACCESS_INVITATION_INVALID', 'It was used, revoked or has expired, or the link is incomplete. Ask for a new one.');
