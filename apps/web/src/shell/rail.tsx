import { ActionIcon, Tooltip } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import type { Permission } from '@roster/contracts';
import { IconBoxSeam, IconCalendarCheck, IconChartDots3, IconChecklist, IconFileCertificate, IconHome, IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconListDetails, IconSettings } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, useState, type ComponentType } from 'react';
import { hasPermission, useMe } from '../session/me.js';
import classes from './rail.module.css';

interface Room {
  readonly to: string;
  readonly label: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly permission: Permission | null;
}
const PREFERENCE = 'roster-rail';

/** All rooms, in the order of the day. */
export function useRooms(): readonly Room[] {
  const { t } = useLingui();
  return useMemo((): readonly Room[] => [
    { to: '/', label: t`Home`, icon: IconHome, permission: null },
    { to: '/inventory', label: t`Inventory`, icon: IconListDetails, permission: 'inventory:workload:read' },
    { to: '/evidence', label: t`Evidence`, icon: IconFileCertificate, permission: 'evidence:item:read' },
    { to: '/reviews', label: t`Reviews`, icon: IconCalendarCheck, permission: 'reviews:review:read' },
    { to: '/actions', label: t`Actions`, icon: IconChecklist, permission: 'reviews:review:read' },
    { to: '/packs', label: t`Packs`, icon: IconBoxSeam, permission: 'packs:pack:read' },
    { to: '/portfolio', label: t`Portfolio`, icon: IconChartDots3, permission: 'portfolio:summary:read' },
    { to: '/settings', label: t`Settings`, icon: IconSettings, permission: null },
  ], [t]);
}

/** Left rail, with the rooms that the person may open: 220 px, or icons only, or (narrow screens) over the page when asked for. */
export function Rail({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const me = useMe();
  const { organization } = me;
  const rooms = useRooms().filter(({ permission }) => permission === null || hasPermission(me, permission));
  const [narrow, setNarrow] = useState(() => localStorage.getItem(PREFERENCE) === 'narrow');
  useEffect(() => {
    if (!open) return undefined;
    const onKey = (event: KeyboardEvent): void => { if (event.key === 'Escape') onClose(); };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [open, onClose]);
  const toggle = (): void => {
    localStorage.setItem(PREFERENCE, narrow ? 'wide' : 'narrow');
    setNarrow(!narrow);
  };
  const link = ({ to, label, icon: Icon }: Room) => {
    const door = (
      <Link to={to} className={classes.room} activeProps={{ className: classes.active ?? '' }} activeOptions={{ exact: to === '/', includeSearch: false }} search={{}} aria-label={narrow ? label : undefined}>
        <Icon size={17} stroke={1.75} /><span className={classes.label}>{label}</span>
      </Link>
    );
    // A tooltip costs as much as its link, also one that is never shown.
    return <li key={to}>{narrow && !open ? <Tooltip label={label} position="right">{door}</Tooltip> : door}</li>;
  };
  const rest = rooms.filter(({ to }) => to === '/settings');
  return (
    <>
      {open ? <button type="button" className={classes.veil} aria-label={t`Close menu`} onClick={onClose} /> : null}
      <nav aria-label={t`Main`} className={`${classes.rail} ${narrow ? classes.narrow : ''} ${open ? classes.open : ''} r-no-print`}>
        <p className={classes.brand}><img src="/favicon.svg" alt="" width={20} height={20} /><span className={classes.label} title={organization.name}>{organization.name}</span></p>
        <ul className={classes.rooms}>{rooms.filter(({ to }) => to !== '/settings').map(link)}</ul>
        <ul className={`${classes.rooms} ${classes.rest}`}>{rest.map(link)}</ul>
        <ActionIcon className={classes.toggle} aria-label={narrow ? t`Widen the menu` : t`Narrow the menu`} onClick={toggle}>{narrow ? <IconLayoutSidebarLeftExpand size={17} /> : <IconLayoutSidebarLeftCollapse size={17} />}</ActionIcon>
      </nav>
    </>
  );
}
