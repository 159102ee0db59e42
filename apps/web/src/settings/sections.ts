import { useLingui } from '@lingui/react/macro';
import type { Permission } from '@roster/contracts';
import { useMemo } from 'react';

export interface Section {
  readonly to: string;
  readonly label: string;
  /** What opening it needs; null for everybody. */
  readonly permission: Permission | null;
}

/** The sections of the settings: of the organization, and of the person. */
export function useSections(): { readonly organization: readonly Section[]; readonly person: readonly Section[] } {
  const { t } = useLingui();
  return useMemo(() => ({
    organization: [
      { to: '/settings/organization', label: t`Organization`, permission: 'access:organization:read' }, { to: '/settings/members', label: t`Members`, permission: 'access:member:read' },
      { to: '/settings/api-keys', label: t`API keys`, permission: 'access:api-key:manage' }, { to: '/settings/policies', label: t`Policies`, permission: 'access:organization:read' },
      { to: '/settings/editions', label: t`Framework editions`, permission: 'frameworks:edition:read' }, { to: '/settings/custom-fields', label: t`Custom fields`, permission: 'inventory:workload:read' },
      { to: '/settings/trail', label: t`Trail`, permission: 'trail:entry:read' },
    ],
    person: [{ to: '/settings/profile', label: t`Profile and notifications`, permission: null }],
  }), [t]);
}
