import { Inject, Injectable } from '@nestjs/common';
import { ROSTER_CONFIG, type RosterConfig } from '@roster/platform-config';
import { newId, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { Trail } from '@roster/trail';
import { Enrolment } from '../member/enrolment.js';
import { presetSettings } from '../organization/organization-settings.js';
import { OrganizationRepository } from '../organization/organization.repository.js';
import { isTimeZone } from '../organization/settings-edit.js';
import { toStoredSettings } from '../organization/stored-settings.js';
import { assertNewPassword } from '../password/new-password.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { FOUNDER_ROLE } from '../role/role.js';
import { SessionService } from '../session/session.service.js';
import type { SignedIn } from '../sign-in/sign-in.usecase.js';

export interface NewOrganization {
  readonly organization: { readonly name: string; readonly timeZone?: string };
  readonly user: { readonly name: string; readonly email: string; readonly password: string };
}

/** Creates an organization, its first member and their session, all or nothing. */
@Injectable()
export class SignUp {
  constructor(
    private readonly organizations: OrganizationRepository, private readonly enrolment: Enrolment, private readonly hasher: PasswordHasher,
    private readonly sessions: SessionService, private readonly trail: Trail, private readonly unitOfWork: UnitOfWork,
    @Inject(ROSTER_CONFIG) private readonly config: RosterConfig,
  ) {}

  /** @throws ACCESS_SIGN_UP_CLOSED, ACCESS_PASSWORD_REFUSED, ACCESS_EMAIL_TAKEN, PLATFORM_REQUEST_INVALID for an unknown time zone */
  async run({ organization, user }: NewOrganization): Promise<SignedIn> {
    if (!this.config.signUpOpen) throw problem('ACCESS_SIGN_UP_CLOSED', 'Ask the operator of this installation, or an administrator for an invitation.');
    if (organization.timeZone !== undefined && !isTimeZone(organization.timeZone)) {
      throw problem('PLATFORM_REQUEST_INVALID', 'Some fields are not valid. Nothing was changed.', {
        errors: [{ path: 'organization.timeZone', code: 'unknown_time_zone', message: 'expected an IANA time zone name, such as Europe/Berlin' }],
      });
    }
    assertNewPassword(user.password, 'user.password', [user.email, user.name, organization.name]);
    const passwordHash = await this.hasher.hash(user.password);
    const [tenantId, memberId] = [newId(), newId()];
    const scope = TenantScope.authorised(tenantId, { type: 'member', id: memberId, name: user.name });
    const settings = presetSettings(organization.timeZone === undefined ? {} : { timeZone: organization.timeZone });
    return this.unitOfWork.run(scope, async () => {
      await this.organizations.insert(scope, { name: organization.name, timeZone: settings.timeZone, edition: settings.edition, settings: toStoredSettings(settings) });
      await this.enrolment.newPerson(scope, { memberId, email: user.email, name: user.name, passwordHash, role: FOUNDER_ROLE });
      const session = await this.sessions.open(scope, memberId);
      await this.trail.record(scope, {
        action: 'access.organization.created', object: { type: 'organization', id: tenantId, version: 1 },
        payload: { name: organization.name, timeZone: settings.timeZone, edition: settings.edition, founder: { memberId, role: FOUNDER_ROLE } },
      });
      return { scope, memberId, token: session.token };
    });
  }
}
