import type { ReactNode } from 'react';
import classes from './page-header.module.css';

/** One page = one question: the title asks or answers it, the primary act stands at its end. */
export function PageHeader({ title, description, actions, meta }: { title: ReactNode; description?: ReactNode; actions?: ReactNode; meta?: ReactNode }) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <h1 tabIndex={-1} className={classes.title}>{title}</h1>
        {meta ? <div className={classes.meta}>{meta}</div> : null}
        {description ? <p className={classes.description}>{description}</p> : null}
      </div>
      {actions ? <div className={`${classes.actions} r-no-print`}>{actions}</div> : null}
    </header>
  );
}
