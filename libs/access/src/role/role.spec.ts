import { PERMISSION_NAMES, type Permission } from '@roster/contracts';
import { describe, expect, it } from '@jest/globals';
import {
  effectiveKeyPermissions, excessiveKeyPermissions, KEY_FORBIDDEN_PERMISSIONS, refuseRoleChange, ROLE_PERMISSIONS, ROLES, rolesWith,
} from './role.js';

const verbs = (role: keyof typeof ROLE_PERMISSIONS) => [...ROLE_PERMISSIONS[role]].filter((permission) => !permission.endsWith(':read'));

describe('roles as sets of permissions', () => {
  it('gives the admin everything and nobody else the organization, its members, or a break-glass', () => {
    expect([...ROLE_PERMISSIONS.admin].sort()).toEqual([...PERMISSION_NAMES].sort());
    for (const permission of ['access:member:manage', 'access:organization:manage', 'classification:freeze:break-glass'] as const) {
      expect(rolesWith(permission)).toEqual(['admin']);
    }
  });

  it('lets viewers and auditors change nothing, save a viewer answering for their own ownership', () => {
    expect(verbs('auditor')).toEqual([]);
    expect(verbs('viewer')).toEqual(['inventory:owner:respond']);
    expect(ROLE_PERMISSIONS.auditor.has('trail:entry:read')).toBe(true);
  });

  it('reaches every permission through a role, and knows no other names', () => {
    const reached = new Set(ROLES.flatMap((role) => [...ROLE_PERMISSIONS[role]]));
    expect([...reached].sort()).toEqual([...PERMISSION_NAMES].sort());
  });

  it('never gives a key more than its creator has, nor the power over keys and members', () => {
    const lead = ROLE_PERMISSIONS.engineering_lead;
    expect(excessiveKeyPermissions(['inventory:workload:read', 'inventory:import:run'], lead)).toEqual([]);
    expect(excessiveKeyPermissions(['packs:pack:build', 'access:api-key:manage'], lead)).toEqual(['packs:pack:build', 'access:api-key:manage']);
    for (const permission of PERMISSION_NAMES) {
      const effective = effectiveKeyPermissions(PERMISSION_NAMES, new Set<Permission>([permission]));
      expect([...effective]).toEqual(KEY_FORBIDDEN_PERMISSIONS.has(permission) ? [] : [permission]);
    }
  });

  it('shrinks a key with its creator', () => {
    expect([...effectiveKeyPermissions(['inventory:import:run', 'inventory:workload:read'], ROLE_PERMISSIONS.viewer)]).toEqual(['inventory:workload:read']);
  });
});

describe('the one rule for setting a role', () => {
  it('lets an admin set any role while another steward remains', () => {
    for (const from of [null, ...ROLES]) for (const to of [null, ...ROLES]) {
      expect(refuseRoleChange(ROLE_PERMISSIONS.admin, from, to, 1)).toBeNull();
    }
  });

  it('keeps the last steward', () => {
    for (const to of [null, ...ROLES.filter((role) => role !== 'admin')]) {
      expect(refuseRoleChange(ROLE_PERMISSIONS.admin, 'admin', to, 0)).toBe('last_steward');
    }
    expect(refuseRoleChange(ROLE_PERMISSIONS.admin, 'admin', 'admin', 0)).toBeNull();
    expect(refuseRoleChange(ROLE_PERMISSIONS.admin, 'viewer', null, 0)).toBeNull();
  });

  it('lets nobody hand out or take away more than they hold, in any combination', () => {
    for (const granter of ROLES) for (const from of [null, ...ROLES]) for (const to of [null, ...ROLES]) {
      const within = [from, to].every((role) => role === null || [...ROLE_PERMISSIONS[role]].every((permission) => ROLE_PERMISSIONS[granter].has(permission)));
      expect(refuseRoleChange(ROLE_PERMISSIONS[granter], from, to, 1) === 'exceeds_own_permissions').toBe(!within);
    }
  });
});
