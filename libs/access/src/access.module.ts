import { Global, Module } from '@nestjs/common';
import { Authorisation } from '@roster/platform-context';
import { Access } from './access.js';
import { AuthenticationRepository } from './authentication/authentication.repository.js';
import { AuthenticationService } from './authentication/authentication.service.js';
import { MemberRepository } from './member/member.repository.js';
import { OrganizationQuery } from './organization/organization.query.js';
import { OrganizationRepository } from './organization/organization.repository.js';

/** The core of access: who may do what, and what others may ask about the organization. Global, because every area asks. */
@Global()
@Module({
  providers: [Access, { provide: Authorisation, useExisting: Access }, AuthenticationRepository, AuthenticationService, MemberRepository, OrganizationQuery, OrganizationRepository],
  exports: [Access, Authorisation, AuthenticationService, OrganizationQuery],
})
export class AccessModule {}
