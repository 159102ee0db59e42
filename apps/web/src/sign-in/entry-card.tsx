import type { ReactNode } from 'react';
import classes from './entry-card.module.css';

/** The frame of what comes before the sign-in. @param lead one line under the title @param aside what stands beside it on wide screens */
export function EntryCard({ title, lead, aside, children, footer }: { title: string; lead?: ReactNode; aside?: ReactNode; children: ReactNode; footer?: ReactNode }) {
  return (
    <div className={`${classes.page} ${aside ? classes.wide : ''}`}>
      <main className={classes.column}>
        <div className={classes.card}>
          <p className={classes.brand}><img src="/favicon.svg" alt="" width={22} height={22} /> Roster</p>
          <h1>{title}</h1>
          {lead ? <p className={classes.lead}>{lead}</p> : null}
          {children}
          {footer ? <div className={classes.footer}>{footer}</div> : null}
        </div>
      </main>
      {aside ? <aside className={classes.aside}>{aside}</aside> : null}
    </div>
  );
}
