import { Injectable } from '@nestjs/common';
import type { Caller, TenantScope } from '@roster/platform-context';
import { Access } from '../access.js';
import { memberNotFound } from '../member/member.errors.js';
import { MemberRepository } from '../member/member.repository.js';
import { OrganizationRepository } from '../organization/organization.repository.js';
import { ROLE_PERMISSIONS } from '../role/role.js';
import type { MeDto } from './me.dto.js';

/** What a caller may know about themselves. */
@Injectable()
export class MeService {
  constructor(private readonly access: Access, private readonly members: MemberRepository, private readonly organizations: OrganizationRepository) {}

  async get(caller: Caller): Promise<MeDto> {
    const me = await this.describe(this.access.forSelf(caller), caller.memberId);
    return { ...me, member: { ...me.member, permissions: [...caller.permissions] }, via: caller.via };
  }

  /** For the answer to a sign-in, before there is a caller. */
  async describe(scope: TenantScope, memberId: string): Promise<MeDto> {
    const member = await this.members.find(scope, memberId);
    const organization = await this.organizations.find(scope);
    if (!member || !organization) throw memberNotFound(memberId);
    return {
      user: { name: member.name, email: member.email },
      member: { id: member.id, role: member.role, permissions: [...ROLE_PERMISSIONS[member.role]] },
      organization: { id: organization.id, name: organization.name, timeZone: organization.timeZone, edition: organization.edition },
      via: 'session',
    };
  }
}
