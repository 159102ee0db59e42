import type { ReactNode } from 'react';
import classes from './entry-card.module.css';

/** The frame of what comes before the sign-in. */
export function EntryCard({ title, children, footer }: { title: string; children: ReactNode; footer?: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <p className={classes.brand}><img src="/favicon.svg" alt="" width={22} height={22} /> Roster</p>
        <h1>{title}</h1>
        {children}
        {footer ? <div className={classes.footer}>{footer}</div> : null}
      </div>
    </main>
  );
}
