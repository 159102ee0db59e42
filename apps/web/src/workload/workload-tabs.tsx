import { useLingui } from '@lingui/react/macro';
import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import classes from './workload-tabs.module.css';

/** The tabs of a workload, each a page with an address of its own. */
export function WorkloadTabs({ workloadKey }: { workloadKey: string }) {
  const { t } = useLingui();
  const base = `/workloads/${encodeURIComponent(workloadKey)}`;
  const path = useRouterState({ select: ({ location }) => location.pathname });
  const list = useRef<HTMLUListElement>(null);
  const tabs = [
    { to: base, label: t`Overview` }, { to: `${base}/owners`, label: t`Owners` }, { to: `${base}/components`, label: t`Components` }, { to: `${base}/evidence`, label: t`Evidence` },
    { to: `${base}/classification`, label: t`Classification` }, { to: `${base}/reviews`, label: t`Reviews` }, { to: `${base}/incidents`, label: t`Incidents and drills` },
    { to: `${base}/history`, label: t`History` }, { to: `${base}/trail`, label: t`Trail` },
  ];
  const here = tabs.findLast(({ to }) => path === to || path.startsWith(`${to}/`))?.to;
  // On a narrow screen the row scrolls; the open tab is always in sight.
  useEffect(() => { list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }); }, [here]);
  return (
    <nav aria-label={t`Parts of this workload`} className={`${classes.tabs} r-no-print`}>
      <ul ref={list} className={classes.list}>
        {tabs.map(({ to, label }) => (
          <li key={to}><Link to={to} search={keepAsOf as never} className={classes.tab} activeOptions={{ exact: to === base, includeSearch: false }}>{label}</Link></li>
        ))}
      </ul>
    </nav>
  );
}

/** Tabs stay at the instant that is looked at; everything else in the address belongs to one tab. */
export const keepAsOf = (search: { asOf?: string }): { asOf?: string } => (search.asOf === undefined ? {} : { asOf: search.asOf });
