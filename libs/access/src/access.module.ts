import { Global, Module } from '@nestjs/common';
import { Authorisation } from '@roster/platform-context';
import { MailModule } from '@roster/platform-mail';
import { Access } from './access.js';
import { ApiKeyRepository } from './api-key/api-key.repository.js';
import { ApiKeyService } from './api-key/api-key.service.js';
import { AuthenticationRepository } from './authentication/authentication.repository.js';
import { AuthenticationService } from './authentication/authentication.service.js';
import { CredentialRevocation } from './authentication/credential-revocation.js';
import { CredentialWatch } from './authentication/credential-watch.js';
import { AcceptInvitation } from './invitation/accept-invitation.usecase.js';
import { InvitationMail } from './invitation/invitation-mail.js';
import { InvitationRepository } from './invitation/invitation.repository.js';
import { InvitationService } from './invitation/invitation.service.js';
import { InvitedPerson } from './invitation/invited-person.js';
import { ChangePassword } from './me/change-password.usecase.js';
import { MeService } from './me/me.service.js';
import { DeactivateMember } from './member/deactivate-member.usecase.js';
import { Enrolment } from './member/enrolment.js';
import { MemberRepository } from './member/member.repository.js';
import { MemberService } from './member/member.service.js';
import { OrganizationQuery } from './organization/organization.query.js';
import { OrganizationRepository } from './organization/organization.repository.js';
import { OrganizationService } from './organization/organization.service.js';
import { PasswordHasher } from './password/password-hasher.js';
import { RolePolicy } from './role/role-policy.js';
import { SessionRepository } from './session/session.repository.js';
import { SessionService } from './session/session.service.js';
import { CredentialCheck } from './sign-in/credential-check.js';
import { LoginThrottleRepository } from './sign-in/login-throttle.repository.js';
import { SignIn } from './sign-in/sign-in.usecase.js';
import { SignOut } from './sign-in/sign-out.usecase.js';
import { SignUp } from './sign-up/sign-up.usecase.js';
import { UserAccountRepository } from './user-account/user-account.repository.js';

const PUBLIC = [Access, AuthenticationService, CredentialWatch, DeactivateMember, InvitationService, MemberService, OrganizationQuery, OrganizationService, SignUp, SignIn, SignOut, AcceptInvitation, ChangePassword, MeService, ApiKeyService];

/** The core of access: who may do what, and what others may ask about the organization. Global, because every area asks. */
@Global()
@Module({
  imports: [MailModule],
  providers: [
    ...PUBLIC, { provide: Authorisation, useExisting: Access }, ApiKeyRepository, AuthenticationRepository, CredentialCheck, CredentialRevocation, Enrolment, InvitationMail, InvitationRepository,
    InvitedPerson, LoginThrottleRepository, MemberRepository, OrganizationRepository, PasswordHasher, RolePolicy, SessionRepository, SessionService, UserAccountRepository,
  ],
  exports: [...PUBLIC, Authorisation],
})
export class AccessModule {}
