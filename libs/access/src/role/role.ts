import { PERMISSION_NAMES, type Permission } from '@roster/contracts';

/** Built-in roles. A role is nothing but a set of permissions; code asks for permissions only (architecture.md section 2). */
export const ROLES = ['admin', 'risk_owner', 'engineering_lead', 'contributor', 'auditor', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

const viewer: readonly Permission[] = [
  'access:member:read', 'access:organization:read', 'frameworks:edition:read', 'inventory:workload:read', 'inventory:owner:respond',
  'evidence:item:read', 'incidents:drill:read', 'classification:result:read', 'reviews:review:read', 'notifications:notification:read',
  'packs:pack:read', 'portfolio:summary:read',
];
/** Reads everything including the trail, answers for nothing: an auditor is never treated as an employee (domain.md section 10). */
const auditor: readonly Permission[] = [...viewer.filter((permission) => permission !== 'inventory:owner:respond'), 'trail:entry:read'];
const contributor: readonly Permission[] = [
  ...viewer, 'inventory:workload:create', 'inventory:workload:update', 'evidence:item:submit', 'evidence:exception:request',
  'incidents:drill:record', 'classification:result:evaluate', 'classification:scope-change:request', 'reviews:action:update',
];
const engineeringLead: readonly Permission[] = [
  ...contributor, 'access:api-key:manage', 'classification:result:evaluate', 'inventory:owner:assign', 'inventory:workload:retire', 'inventory:view:share', 'inventory:bulk-edit:run', 'inventory:import:run',
  'evidence:version:review', 'reviews:review:conduct', 'trail:entry:read',
];
const riskOwner: readonly Permission[] = [
  ...contributor, 'classification:result:evaluate', 'inventory:owner:assign', 'inventory:workload:retire', 'inventory:view:share', 'inventory:bulk-edit:run', 'inventory:import:run', 'inventory:custom-field:manage',
  'evidence:version:review', 'evidence:exception:approve', 'reviews:review:conduct', 'reviews:review:sign-off', 'reviews:review:skip',
  'packs:pack:build', 'trail:entry:read',
];

/** What each built-in role may do. Four eyes (not the submitter, not the requester) is checked where the act happens. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  admin: new Set(PERMISSION_NAMES),
  risk_owner: new Set(riskOwner),
  engineering_lead: new Set(engineeringLead),
  contributor: new Set(contributor),
  auditor: new Set(auditor),
  viewer: new Set(viewer),
};

/** Roles that contain a permission, for questions put to the database. */
export const rolesWith = (permission: Permission): Role[] => ROLES.filter((role) => ROLE_PERMISSIONS[role].has(permission));

/** The role of the person who signs up an organization: the one that may do everything. */
export const FOUNDER_ROLE: Role = 'admin';

/** Whoever holds this keeps the organization manageable; at least one active member always does. */
export const STEWARD_PERMISSION: Permission = 'access:member:manage';

/**
 * Never given to an API key: a key that could make keys or members could widen its own rights.
 */
export const KEY_FORBIDDEN_PERMISSIONS: ReadonlySet<Permission> = new Set<Permission>(['access:api-key:manage', 'access:member:manage']);

/** Permissions a key would get that its creator lacks or that no key may have; empty when the key is in order. Scopes only ever shrink. */
export const excessiveKeyPermissions = (wanted: readonly Permission[], creator: ReadonlySet<Permission>): Permission[] =>
  wanted.filter((permission) => !creator.has(permission) || KEY_FORBIDDEN_PERMISSIONS.has(permission));

/** What a key may do right now: its own scopes, cut down to what its creator still may. */
export const effectiveKeyPermissions = (scopes: readonly Permission[], creator: ReadonlySet<Permission>): Set<Permission> =>
  new Set(scopes.filter((permission) => creator.has(permission) && !KEY_FORBIDDEN_PERMISSIONS.has(permission)));

/** Why a role may not be set; null when it may. */
export type RoleRefusal = 'exceeds_own_permissions' | 'last_steward';

/**
 * The one rule for every path that gives, changes or takes away a role: invitation, change of a member, deactivation.
 * @param granter permissions of whoever does it; nobody hands out or takes away more than they hold
 * @param from the role the member has now; null for an invitation
 * @param to the role afterwards; null when the member is deactivated
 * @param otherStewards active members other than this one who hold {@link STEWARD_PERMISSION}
 */
export function refuseRoleChange(granter: ReadonlySet<Permission>, from: Role | null, to: Role | null, otherStewards: number): RoleRefusal | null {
  const touched = [from, to].filter((role) => role !== null).flatMap((role) => [...ROLE_PERMISSIONS[role]]);
  if (touched.some((permission) => !granter.has(permission))) return 'exceeds_own_permissions';
  const isSteward = (role: Role | null): boolean => role !== null && ROLE_PERMISSIONS[role].has(STEWARD_PERMISSION);
  return isSteward(from) && !isSteward(to) && otherStewards === 0 ? 'last_steward' : null;
}
