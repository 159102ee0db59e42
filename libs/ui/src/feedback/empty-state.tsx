import type { ReactNode } from 'react';
import classes from './empty-state.module.css';

/** Nothing here yet: says why, and what to do first. @param action the one primary act */
export function EmptyState({ title, icon, action, children }: { title: string; icon?: ReactNode; action?: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes.empty}>
      {icon ? <div className={classes.icon} aria-hidden>{icon}</div> : null}
      <p className={classes.title}>{title}</p>
      {children ? <div className={classes.text}>{children}</div> : null}
      {action ? <div className={classes.action}>{action}</div> : null}
    </div>
  );
}
