import { Anchor } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Panel, useFormat } from '@roster/ui';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { pageOf } from './list-page.js';
import classes from './home.module.css';

/**
 * One thing that needs the person: how many, the first of them, and the way to all.
 * @param rows the list behind it, as the API names it
 * @param more shown instead of the link, for lists without a page
 */
export function Block({ title, count, shown, rows, more, children }: { title: string; count: number; shown: number; rows?: string; more?: ReactNode; children: ReactNode }) {
  const { t } = useLingui();
  const format = useFormat();
  const page = rows === undefined ? null : pageOf(rows);
  const [some, all] = [format.number(shown), format.number(count)];
  return (
    <Panel
      flush title={<>{title} <span className={classes.count}>{all}</span></>}
      actions={more ?? (page ? <Anchor component={Link} to={page.to} search={page.search as never} size="sm" aria-label={count > shown ? t`Show all ${all}: ${title}` : t`Open the list: ${title}`}>{count > shown ? <Trans>Show all {all}</Trans> : t`Open the list`}</Anchor> : undefined)}
    >
      <ul className={classes.rows} aria-label={title}>{children}</ul>
      {count > shown && !page && !more ? <p className={classes.rest}><Trans>The first {some} of {all}.</Trans></p> : null}
    </Panel>
  );
}

export interface RowProps { readonly to: string; readonly label: ReactNode; readonly of?: ReactNode; readonly meta?: ReactNode; readonly acts?: ReactNode }

/** A line of a block: what it is (a link), what is said of it, and what can be done. */
export const Row = (props: RowProps) => <li><RowLine {...props} /></li>;

/** The same inside an item that says more. */
export function RowLine({ to, label, of, meta, acts }: RowProps) {
  return (
    <div className={classes.row}>
      <span className={classes.words}><Anchor component={Link} to={to} className={classes.label}>{label}</Anchor>{of ? <span className={classes.of}>{of}</span> : null}</span>
      {meta ? <span className={classes.meta}>{meta}</span> : null}
      {acts ? <span className={classes.acts}>{acts}</span> : null}
    </div>
  );
}
