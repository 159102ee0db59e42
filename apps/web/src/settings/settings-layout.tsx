import { useLingui } from '@lingui/react/macro';
import { Link, Outlet } from '@tanstack/react-router';
import { hasPermission, useMe } from '../session/me.js';
import { useSections, type Section } from './sections.js';
import classes from './settings-layout.module.css';

/** The settings: sections at the side, one question per page. */
export function SettingsLayout() {
  const { t } = useLingui();
  const me = useMe();
  const sections = useSections();
  const organization = sections.organization.filter(({ permission }) => permission === null || hasPermission(me, permission));
  const items = (some: readonly Section[]) => some.map(({ to, label }) => <li key={to}><Link to={to} className={classes.link}>{label}</Link></li>);
  return (
    <div className={classes.layout}>
      <nav className={`${classes.nav} r-no-print`} aria-label={t`Settings`}>
        <ul className={classes.list}>
          {organization.length > 0 ? <li className={classes.group} aria-hidden>{t`Organization`}</li> : null}
          {items(organization)}
          <li className={classes.group} aria-hidden>{t`You`}</li>
          {items(sections.person)}
        </ul>
      </nav>
      <div className={classes.main}><Outlet /></div>
    </div>
  );
}
