import { useLingui } from '@lingui/react/macro';
import type { Permission } from '@roster/contracts';
import { Link, Outlet } from '@tanstack/react-router';
import { useMemo } from 'react';
import { hasPermission, useMe } from '../session/me.js';
import classes from './settings-layout.module.css';

interface Section {
  readonly to: string;
  readonly label: string;
  readonly permission: Permission | null;
}

/** Sections of the settings that the person may open. */
export function useSections(): { readonly organization: readonly Section[]; readonly person: readonly Section[] } {
  const { t } = useLingui();
  const me = useMe();
  return useMemo(() => {
    const organization: readonly Section[] = [
      { to: '/settings/organization', label: t`Organization`, permission: 'access:organization:read' }, { to: '/settings/members', label: t`Members`, permission: 'access:member:read' },
      { to: '/settings/api-keys', label: t`API keys`, permission: 'access:api-key:manage' }, { to: '/settings/policies', label: t`Policies`, permission: 'access:organization:read' },
      { to: '/settings/editions', label: t`Framework editions`, permission: 'frameworks:edition:read' }, { to: '/settings/custom-fields', label: t`Custom fields`, permission: 'inventory:workload:read' },
      { to: '/settings/trail', label: t`Trail`, permission: 'trail:entry:read' },
    ];
    return {
      organization: organization.filter(({ permission }) => permission === null || hasPermission(me, permission)),
      person: [{ to: '/settings/profile', label: t`Profile and notifications`, permission: null }],
    };
  }, [t, me]);
}

/** The settings: sections at the side, one question per page. */
export function SettingsLayout() {
  const { t } = useLingui();
  const { organization, person } = useSections();
  const items = (sections: readonly Section[]) => sections.map(({ to, label }) => <li key={to}><Link to={to} className={classes.link}>{label}</Link></li>);
  return (
    <div className={classes.layout}>
      <nav className={`${classes.nav} r-no-print`} aria-label={t`Settings`}>
        <ul className={classes.list}>
          {organization.length > 0 ? <li className={classes.group} aria-hidden>{t`Organization`}</li> : null}
          {items(organization)}
          <li className={classes.group} aria-hidden>{t`You`}</li>
          {items(person)}
        </ul>
      </nav>
      <div className={classes.main}><Outlet /></div>
    </div>
  );
}
