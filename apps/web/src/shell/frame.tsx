import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { AddressContext, FormatProvider, useFormat } from '@roster/ui';
import { IconMenu2, IconPlugConnectedX } from '@tabler/icons-react';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Outlet, useRouter } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useNow } from '../clock/now.js';
import { formatLocale } from '../i18n/locale.js';
import { InboxButton } from '../inbox/inbox-button.js';
import { useConnection } from '../live/connection.js';
import { useRefusal } from '../session/may.js';
import { meQuery } from '../session/me.js';
import { AccountMenu } from './account-menu.js';
import { AsOfControl } from './as-of-control.js';
import { useAsOf, usePastOfPage, useTravel } from './as-of.js';
import { Breadcrumbs } from './breadcrumbs.js';
import type { Command } from './commands.js';
import classes from './frame.module.css';
import { FrameCommands } from './frame-commands.js';
import { Palette, PaletteButton } from './palette-door.js';
import { Rail } from './rail.js';
import { useShortcuts } from './shortcuts.js';

/** The frame of everything behind the sign-in: rail, bar, and the page. */
export function Frame() {
  const { data: me } = useSuspenseQuery(meQuery);
  const now = useNow();
  const router = useRouter();
  // However it was noticed that the session has ended: asked again, the route leads to the sign-in.
  useEffect(() => { if (!me) void router.invalidate(); }, [me, router]);
  if (!me) return null;
  return (
    <FormatProvider locale={formatLocale()} timeZone={me.organization.timeZone} now={now}>
      <FramedPage />
    </FormatProvider>
  );
}

function FramedPage() {
  const { t } = useLingui();
  const [railOpen, setRailOpen] = useState(false);
  const asOf = useAsOf();
  const past = usePastOfPage();
  const { locale, timeZone, now } = useFormat();
  // A page that shows the past counts from it: what was due then was not yet overdue.
  const seen = useMemo(() => (asOf !== null && past === 'then' ? new Date(asOf) : now), [asOf, past, now]);
  const complete = useCallback((href: string) => (asOf === null || href.includes('asOf=') ? href : `${href}${href.includes('?') ? '&' : '?'}asOf=${encodeURIComponent(asOf)}`), [asOf]);
  const refusal = useRefusal();
  useShortcuts(useCallback(({ permission }: Command) => refusal(permission ?? null), [refusal]));
  useFocusOnNavigation(() => setRailOpen(false));
  return (
    <div className={`${classes.frame} ${asOf !== null && past !== 'now' ? classes.past : ''}`}>
      <a href="#main" className={classes.skip}>{t`Skip to content`}</a>
      <Rail open={railOpen} onClose={() => setRailOpen(false)} />
      <div className={classes.column}>
        <header className={`${classes.bar} r-no-print`}>
          <ActionIcon className={classes.burger} aria-label={t`Menu`} aria-expanded={railOpen} onClick={() => setRailOpen(!railOpen)}><IconMenu2 size={18} /></ActionIcon>
          <Breadcrumbs />
          <div className={classes.tools} data-acts>
            <ConnectionLost />
            <PaletteButton />
            <AsOfControl />
            <InboxButton />
            <AccountMenu />
          </div>
        </header>
        <PastBanner />
        <main id="main" className={classes.main} tabIndex={-1} data-acts>
          <FormatProvider locale={locale} timeZone={timeZone} now={seen}><AddressContext value={complete}><Outlet /></AddressContext></FormatProvider>
        </main>
        <TimeZone />
      </div>
      <Palette />
      <FrameCommands />
    </div>
  );
}

/** After a change of page the focus goes to its title, so that a screen reader says where one is. */
function useFocusOnNavigation(onNavigate: () => void): void {
  const router = useRouter();
  const handler = useRef(onNavigate);
  useEffect(() => { handler.current = onNavigate; });
  useEffect(() => router.subscribe('onResolved', ({ pathChanged, fromLocation }) => {
    if (!pathChanged || !fromLocation) return;
    handler.current();
    if (document.activeElement instanceof HTMLElement && document.activeElement.closest('main, [role="dialog"]') && document.activeElement.matches('input, textarea, select')) return;
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }), [router]);
}

/** Named once for every time on the page and on paper. */
function TimeZone() {
  const { timeZone } = useFormat();
  return <p className={classes.zone}><Trans>All times in {timeZone}</Trans></p>;
}

function ConnectionLost() {
  const { t } = useLingui();
  const connection = useConnection();
  return (
    <span role="status" className={classes.connection}>
      {connection === 'lost' ? <Tooltip label={t`Live updates are interrupted. Nothing is lost; Roster is trying again.`}><span className={classes.lost} tabIndex={0}><IconPlugConnectedX size={16} aria-hidden />{t`Reconnecting`}</span></Tooltip> : null}
    </span>
  );
}

/** Time travel tints the frame, says so, and turns writing off. A page that has no past says that it shows now. */
function PastBanner() {
  const { t } = useLingui();
  const asOf = useAsOf();
  const past = usePastOfPage();
  const travel = useTravel();
  const format = useFormat();
  if (asOf === null) return <VisuallyHidden role="status" />;
  const at = format.instant(asOf);
  return (
    <div className={`${classes.banner} ${past === 'now' ? classes.present : ''}`} role="status" data-acts>
      <span>
        {past === 'then' ? <Trans>As known on <strong>{at}</strong>. Changing is off.</Trans>
          : past === 'partly' ? <Trans>As known on <strong>{at}</strong> where it says so; the rest of this page shows now. Changing is off.</Trans>
            : <Trans><strong>This page shows now.</strong> It has no past view; pages that have one show what was known on {at}. Changing is off.</Trans>}
      </span>
      <button type="button" className={classes.back} onClick={() => travel(null)}>{t`Return to now`}</button>
    </div>
  );
}
