/**
 * Everything a caller can be allowed to do. Code asks for these and never for a role.
 * Names are `area:noun:verb`; a role is a set of them (libs/access).
 */
export const PERMISSIONS = {
  'access:member:read': 'See members of the organization',
  'access:member:manage': 'Invite, change and deactivate members',
  'access:api-key:manage': 'Create, list and revoke API keys (never granted to an API key)',
  'access:organization:read': 'See the settings of the organization',
  'access:organization:manage': 'Change the settings of the organization',
  'frameworks:edition:read': 'Read framework editions and crosswalks',
  'inventory:workload:read': 'Read workloads, owners, components and history',
  'inventory:workload:create': 'Register workloads',
  'inventory:workload:update': 'Change workloads, components and relations',
  'inventory:workload:retire': 'Retire a workload with a decommission record',
  'inventory:owner:assign': 'Propose owners of a workload',
  'inventory:owner:respond': 'Accept or decline one\'s own ownership',
  'inventory:custom-field:manage': 'Define custom fields',
  'inventory:view:share': 'Share views of the inventory with the organization and change shared ones',
  'inventory:bulk-edit:run': 'Change many workloads at once, and undo it',
  'inventory:import:run': 'Import workloads, commit and roll back imports',
  'evidence:item:read': 'Read evidence and its files',
  'evidence:item:submit': 'Submit evidence and new versions',
  'evidence:version:review': 'Accept or reject evidence somebody else submitted',
  'evidence:exception:request': 'Request an exception or a not-applicable statement',
  'evidence:exception:approve': 'Approve or decline an exception somebody else requested',
  'incidents:drill:read': 'Read drills',
  'incidents:drill:record': 'Record drills',
  'classification:result:read': 'Read classifications, gaps, forecast, gate and what-if',
  'classification:result:evaluate': 'Have workloads evaluated again and preview other editions',
  'classification:freeze:break-glass': 'Lift a freeze for a limited time with a reason',
  'classification:scope-change:request': 'Ask for a scope change',
  'reviews:review:read': 'Read reviews and actions',
  'reviews:review:conduct': 'Start, submit, reschedule and request reviews',
  'reviews:review:sign-off': 'Sign off a review somebody else submitted',
  'reviews:review:skip': 'Skip a review with a reason',
  'reviews:action:update': 'Update actions that came out of reviews',
  'notifications:notification:read': 'Read one\'s own notifications',
  'notifications:mail:read': 'Read the e-mail outbox of the organization',
  'packs:pack:read': 'Read and download evidence packs',
  'packs:pack:build': 'Build evidence packs',
  'trail:entry:read': 'Read the trail, its checkpoint and proofs',
  'onboarding:sample-data:manage': 'Add and remove sample data',
  'portfolio:summary:read': 'Read portfolio figures',
} as const;

export type Permission = keyof typeof PERMISSIONS;
export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as Permission[];
