import { useLingui } from '@lingui/react/macro';
import type { Permission } from '@roster/contracts';
import { useCallback } from 'react';
import { useAsOf } from '../shell/as-of.js';
import { hasPermission, useMe } from './me.js';

export interface May {
  readonly allowed: boolean;
  /** Why not, and who can change that; null when allowed. */
  readonly why: string | null;
}

/**
 * Whether the person may do something, and if not, why. Asks for a permission, never for a role; the service decides again.
 * @param permission what the act needs; null for acts that everybody may do
 * @param write false for reading, which time travel leaves on; default: what the permission is for
 */
export function useMay(permission: Permission | null, write?: boolean): May {
  const why = useRefusal()(permission, write);
  return { allowed: why === null, why };
}

/** The same for many acts: tells why not, or null. */
export function useRefusal(): (permission: Permission | null, write?: boolean) => string | null {
  const { t } = useLingui();
  const me = useMe();
  const asOf = useAsOf();
  return useCallback((permission: Permission | null, write = permission !== null && !permission.endsWith(':read')) => {
    if (permission !== null && !hasPermission(me, permission)) return t`Needs the permission ${permission}. An administrator of your organization can grant it under Settings, Members.`;
    return write && asOf !== null ? t`You are looking at the past. Return to now to change something.` : null;
  }, [t, me, asOf]);
}
