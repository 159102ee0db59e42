import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import type { Role } from './settings.queries.js';

/** What the roles are called. What they may do is never derived from the name. */
export function useRoleNames(): Readonly<Record<Role, string>> {
  const { t } = useLingui();
  return useMemo(() => ({ admin: t`Administrator`, risk_owner: t`Risk owner`, engineering_lead: t`Engineering lead`, contributor: t`Contributor`, auditor: t`Auditor`, viewer: t`Viewer` }), [t]);
}

/** What the areas of permissions are called; an area without a word shows its name. */
export function useAreaNames(): (area: string) => string {
  const { t } = useLingui();
  return useMemo(() => {
    const names: Readonly<Record<string, string>> = {
      access: t`People and settings`, frameworks: t`Frameworks`, inventory: t`Inventory`, evidence: t`Evidence`, incidents: t`Incidents and drills`, classification: t`Classification and freeze`, reviews: t`Reviews and actions`,
      notifications: t`Notifications`, packs: t`Evidence packs`, trail: t`Trail`, portfolio: t`Portfolio`, onboarding: t`First steps`,
    };
    return (area: string) => names[area] ?? area;
  }, [t]);
}
