import { Injectable } from '@nestjs/common';
import type { SystemScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { assertNewPassword } from '../password/new-password.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { CredentialCheck } from '../sign-in/credential-check.js';
import { UserAccountRepository } from '../user-account/user-account.repository.js';
import type { AcceptInvitationDto } from './invitation.dto.js';
import type { PresentedInvitation } from './invitation.repository.js';

/** Who accepts: somebody with an account, proved by its password, or somebody new with a password of their choice. */
export type Invited =
  | { readonly known: true; readonly userId: string; readonly email: string; readonly name: string }
  | { readonly known: false; readonly name: string; readonly passwordHash: string };

@Injectable()
export class InvitedPerson {
  constructor(private readonly accounts: UserAccountRepository, private readonly credentials: CredentialCheck, private readonly hasher: PasswordHasher) {}

  async identify(scope: SystemScope, invitation: PresentedInvitation, given: AcceptInvitationDto, address: string): Promise<Invited> {
    if (await this.accounts.findByEmail(scope, invitation.email)) {
      const account = await this.credentials.check(invitation.email, given.password, address);
      return { known: true, userId: account.id, email: account.email, name: given.name ?? account.name };
    }
    if (given.name === undefined) {
      throw problem('PLATFORM_REQUEST_INVALID', 'Some fields are not valid. Nothing was changed.', { errors: [{ path: 'name', code: 'required', message: 'expected your name' }] });
    }
    assertNewPassword(given.password, 'password', [invitation.email, given.name, invitation.organizationName]);
    return { known: false, name: given.name, passwordHash: await this.hasher.hash(given.password) };
  }
}
