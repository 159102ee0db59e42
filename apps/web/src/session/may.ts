import { useLingui } from '@lingui/react/macro';
import type { Permission } from '@roster/contracts';
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
 * @param write false for reading, which time travel leaves on
 */
export function useMay(permission: Permission | null, write: boolean = permission !== null && !permission.endsWith(':read')): May {
  const { t } = useLingui();
  const me = useMe();
  const asOf = useAsOf();
  if (permission !== null && !hasPermission(me, permission)) return { allowed: false, why: t`Needs the permission ${permission}. An administrator of your organization can grant it under Settings, Members.` };
  if (write && asOf !== null) return { allowed: false, why: t`You are looking at the past. Return to now to change something.` };
  return { allowed: true, why: null };
}
