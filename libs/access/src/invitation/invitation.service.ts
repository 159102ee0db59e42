import { Injectable } from '@nestjs/common';
import { isId, newId, type Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { readListQuery, toPage, type ListSpec, type Page } from '@roster/platform-http';
import { Trail } from '@roster/trail';
import { Access } from '../access.js';
import { timeCursor } from '../list/time-cursor.js';
import { MemberRepository } from '../member/member.repository.js';
import { RolePolicy } from '../role/role-policy.js';
import { issueToken } from '../token/credential-token.js';
import { InvitationMail } from './invitation-mail.js';
import type { CreatedInvitationDto, InvitationDto, InviteDto } from './invitation.dto.js';
import { toInvitationDto } from './invitation.mapper.js';
import { InvitationRepository } from './invitation.repository.js';

export const INVITATION_LIST: ListSpec = { filters: ['status'], sorts: ['-createdAt'] };

@Injectable()
export class InvitationService {
  constructor(
    private readonly access: Access, private readonly invitations: InvitationRepository, private readonly members: MemberRepository, private readonly policy: RolePolicy,
    private readonly mail: InvitationMail, private readonly trail: Trail, private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Invites somebody; an earlier open invitation to the same address is revoked. Keys cannot invite: they hold no permission to manage members.
   * @returns the invitation with its token in clear, this once
   * @throws ACCESS_ROLE_TOO_WIDE, ACCESS_MEMBER_EXISTS
   */
  invite(caller: Caller, { email, role }: InviteDto): Promise<CreatedInvitationDto> {
    const scope = this.access.authorise(caller, 'access:member:manage');
    return this.unitOfWork.run(scope, async () => {
      await this.policy.assert(scope, caller.permissions, null, null, role);
      const member = await this.members.findByEmail(scope, email);
      if (member) {
        throw problem('ACCESS_MEMBER_EXISTS', member.status === 'active' ? `${email} is a member already.` : `${email} was a member. Bring them back with PATCH /members/${member.id} {"status":"active"}.`);
      }
      const id = newId();
      const { token, hash } = issueToken('invitation', scope.tenantId, id);
      const replaced = await this.invitations.revokeOpenFor(scope, email);
      const row = await this.invitations.insert(scope, { id, email, role, tokenHash: hash, invitedBy: caller.memberId });
      if (!row) throw new Error('The invitation was not stored');
      const url = await this.mail.queue(scope, row, token);
      await this.trail.record(scope, { action: 'access.invitation.created', object: { type: 'invitation', id }, payload: { email, role, expiresAt: row.expiresAt.toISOString(), replaced: replaced > 0 } });
      return { ...toInvitationDto(row), token, url };
    });
  }

  /**
   * As {@link invite}, but an open invitation to the address is left alone, so that naming somebody many times mails them once.
   * @returns null when there was one
   */
  inviteUnlessOpen(caller: Caller, invitation: InviteDto): Promise<CreatedInvitationDto | null> {
    const scope = this.access.authorise(caller, 'access:member:manage');
    return this.unitOfWork.run(scope, async () => ((await this.invitations.hasOpen(scope, invitation.email)) ? null : this.invite(caller, invitation)));
  }

  async list(caller: Caller, raw: Record<string, string | string[]>): Promise<Page<InvitationDto>> {
    const scope = this.access.authorise(caller, 'access:member:manage');
    const query = readListQuery(raw, INVITATION_LIST);
    const states = query.filters.get('status') ?? null;
    const rows = await this.invitations.page(scope, { states, descending: query.sort.descending, after: timeCursor(query), limit: query.limit });
    const total = query.count ? await this.invitations.count(scope, states) : undefined;
    return toPage(rows, query, (row) => [row.createdAt.toISOString(), row.id], toInvitationDto, total);
  }

  /** @throws ACCESS_INVITATION_NOT_FOUND, also for one that was accepted or revoked */
  revoke(caller: Caller, id: string): Promise<void> {
    const scope = this.access.authorise(caller, 'access:member:manage');
    return this.unitOfWork.run(scope, async () => {
      if (!isId(id) || (await this.invitations.revoke(scope, id)) !== 1) throw problem('ACCESS_INVITATION_NOT_FOUND', `There is no open invitation ${id}.`);
      await this.trail.record(scope, { action: 'access.invitation.revoked', object: { type: 'invitation', id }, payload: {} });
    });
  }
}
