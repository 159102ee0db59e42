import { useLingui } from '@lingui/react/macro';
import { Link } from '@tanstack/react-router';
import { useEffect, useSyncExternalStore } from 'react';
import classes from './breadcrumbs.module.css';

export interface Crumb {
  readonly label: string;
  readonly to: string;
}

let crumbs: readonly Crumb[] = [];
const listeners = new Set<() => void>();
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Says where a page is, above its title, and names the tab of the browser. @param trail from the room to the page itself */
export function useCrumbs(trail: readonly Crumb[]): void {
  const key = JSON.stringify(trail);
  useEffect(() => {
    crumbs = JSON.parse(key) as Crumb[];
    for (const listener of listeners) listener();
    document.title = [...crumbs.map(({ label }) => label).reverse(), 'Roster'].join(' · ');
  }, [key]);
}

export function Breadcrumbs() {
  const { t } = useLingui();
  const trail = useSyncExternalStore(subscribe, () => crumbs);
  return (
    <nav aria-label={t`Breadcrumb`} className={classes.trail}>
      <ol className={classes.list}>
        {trail.map(({ label, to }, index) => (
          <li key={to} className={classes.crumb}>
            {index === trail.length - 1 ? <span aria-current="page" title={label} className={classes.here}>{label}</span> : <Link to={to} className={classes.link} title={label}>{label}</Link>}
          </li>
        ))}
      </ol>
    </nav>
  );
}
