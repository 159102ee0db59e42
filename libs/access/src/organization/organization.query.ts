import { Injectable } from '@nestjs/common';
import type { Permission, OrganizationSettings } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { MemberRepository, type MemberStatus } from '../member/member.repository.js';
import { ROLE_PERMISSIONS, rolesWith } from '../role/role.js';
import { OrganizationRepository } from './organization.repository.js';
import { requireSettings } from './settings-edit.js';
import { fromStoredSettings } from './stored-settings.js';

/** A member as other areas see one. */
export interface MemberView {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly status: MemberStatus;
  readonly permissions: Permission[];
}

/** Longest list of members a question answers; an organization has fewer. */
const MEMBER_LIMIT = 10_000;

/** What other areas may ask about the organization and its people. */
@Injectable()
export class OrganizationQuery {
  constructor(private readonly organizations: OrganizationRepository, private readonly people: MemberRepository) {}

  /** @throws Error when the organization does not exist, which a scope rules out unless it was erased meanwhile */
  async settings(scope: TenantScope): Promise<OrganizationSettings> {
    const row = await this.organizations.find(scope);
    if (!row) throw new Error(`There is no organization ${scope.tenantId}`);
    return fromStoredSettings(row);
  }

  /**
   * The settings as they would be after an edit, without storing anything.
   * @param edit what `PATCH /organization` takes, without the name
   * @returns the settings as they are and would be, and the top-level names that differ
   * @throws PLATFORM_REQUEST_INVALID naming every wrong setting
   */
  async suppose(scope: TenantScope, edit: object): Promise<{ current: OrganizationSettings; supposed: OrganizationSettings; changed: readonly (keyof OrganizationSettings)[] }> {
    const current = await this.settings(scope);
    const { settings, changed } = requireSettings(current, edit);
    return { current, supposed: settings, changed };
  }

  /** The named members that exist in the organization, active or not; an unknown id is simply not in the map. */
  async members(scope: TenantScope, ids: readonly string[]): Promise<Map<string, MemberView>> {
    const rows = ids.length === 0 ? [] : await this.people.findMany(scope, ids);
    return new Map(rows.map(({ id, name, email, status, role }) => [id, { id, name, email, status, permissions: [...ROLE_PERMISSIONS[role]] }]));
  }

  /** The member with an e-mail address, whatever its case; null when nobody has it. */
  async memberByEmail(scope: TenantScope, email: string): Promise<MemberView | null> {
    const row = await this.people.findByEmail(scope, email);
    return row ? { id: row.id, name: row.name, email: row.email, status: row.status, permissions: [...ROLE_PERMISSIONS[row.role]] } : null;
  }

  /** Active members who hold a permission. */
  async membersWith(scope: TenantScope, permission: Permission): Promise<{ id: string; name: string; email: string }[]> {
    const rows = await this.people.activeWithRoles(scope, rolesWith(permission), MEMBER_LIMIT);
    return rows.map(({ id, name, email }) => ({ id, name, email }));
  }
}
