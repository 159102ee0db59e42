import { useId, type ReactNode } from 'react';
import classes from './panel.module.css';

/** A titled part of a page, with lines rather than boxes in boxes. @param flush no padding around the content (tables) */
export function Panel({ title, actions, description, flush = false, children }: { title?: ReactNode; actions?: ReactNode; description?: ReactNode; flush?: boolean; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={title ? id : undefined}>
      {title ? (
        <div className={classes.head}>
          <div><h2 id={id} className={classes.title}>{title}</h2>{description ? <p className={classes.description}>{description}</p> : null}</div>
          {actions ? <div className={`${classes.actions} r-no-print`}>{actions}</div> : null}
        </div>
      ) : null}
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  );
}
