import { Injectable } from '@nestjs/common';
import { isId, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { assertVersion, readListQuery, toPage, type ListSpec, type Page } from '@roster/platform-http';
import { Trail } from '@roster/trail';
import { Access } from '../access.js';
import { timeCursor } from '../list/time-cursor.js';
import { RolePolicy } from '../role/role-policy.js';
import type { MemberDto, UpdateMemberDto } from './member.dto.js';
import { memberChangedMeanwhile, memberNotFound } from './member.errors.js';
import { toMemberDto } from './member.mapper.js';
import { MemberRepository, type MemberRow } from './member.repository.js';

export const MEMBER_LIST: ListSpec = { filters: ['role', 'status'], sorts: ['createdAt'], search: true };

@Injectable()
export class MemberService {
  constructor(
    private readonly access: Access, private readonly members: MemberRepository, private readonly policy: RolePolicy, private readonly trail: Trail,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @throws ACCESS_PERMISSION_MISSING, PLATFORM_REQUEST_INVALID, PLATFORM_CURSOR_INVALID */
  async list(caller: Caller, raw: Record<string, string | string[]>): Promise<Page<MemberDto>> {
    const scope = this.access.authorise(caller, 'access:member:read');
    const query = readListQuery(raw, MEMBER_LIST);
    const wanted = { roles: query.filters.get('role') ?? null, statuses: query.filters.get('status') ?? null, q: query.q };
    const rows = await this.members.page(scope, { ...wanted, descending: query.sort.descending, after: timeCursor(query), limit: query.limit });
    const total = query.count ? await this.members.count(scope, wanted) : undefined;
    return toPage(rows, query, (row) => [row.createdAt.toISOString(), row.id], toMemberDto, total);
  }

  /** @throws ACCESS_MEMBER_NOT_FOUND */
  async get(caller: Caller, id: string): Promise<MemberDto> {
    return toMemberDto(await this.require(this.access.authorise(caller, 'access:member:read'), id));
  }

  /**
   * Changes role or name, or brings a member back. A new role counts from the next request of the member on.
   * @param expected version the change is based on; null for whatever is there
   * @throws ACCESS_MEMBER_NOT_FOUND, ACCESS_ROLE_TOO_WIDE, ACCESS_LAST_ADMIN, PLATFORM_PRECONDITION_FAILED
   */
  update(caller: Caller, id: string, change: UpdateMemberDto, expected: number | null): Promise<MemberDto> {
    const scope = this.access.authorise(caller, 'access:member:manage');
    return this.unitOfWork.run(scope, async () => {
      const member = await this.require(scope, id);
      assertVersion(expected, member.version);
      const role = change.role ?? member.role;
      const status = change.status ?? member.status;
      if (role !== member.role || status !== member.status) {
        await this.policy.assert(scope, caller.permissions, id, member.status === 'active' ? member.role : null, status === 'active' ? role : null);
      }
      const updated = await this.members.update(scope, member.version, { id, name: change.name ?? member.name, role, status, deactivatedAt: status === 'active' ? null : member.deactivatedAt });
      if (!updated) throw memberChangedMeanwhile();
      await this.trail.record(scope, {
        action: 'access.member.changed', object: { type: 'member', id, version: updated.version },
        payload: { before: { role: member.role, name: member.name, status: member.status }, after: { role, name: updated.name, status } },
      });
      return toMemberDto(updated);
    });
  }

  /** @throws ACCESS_MEMBER_NOT_FOUND, also for another organization's member */
  private async require(scope: TenantScope, id: string): Promise<MemberRow> {
    const member = isId(id) ? await this.members.find(scope, id) : null;
    if (!member) throw memberNotFound(id);
    return member;
  }
}
