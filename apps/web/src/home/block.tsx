import { Anchor, Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Panel, useFormat } from '@roster/ui';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { pageOf } from '../shell/rows-address.js';
import type { AllOf } from './all-rows.js';
import classes from './home.module.css';

const AllRows = lazy(() => import('./all-rows.js'));

/**
 * One thing that needs the person: how many, the first of them, and the way to all.
 * @param rows the list behind it, as the API names it
 * @param all the same for a list without a page: shown in a dialog
 */
export function Block<Of = never>({ title, count, shown, rows, all: of, children }: { title: string; count: number; shown: number; rows?: string; all?: AllOf<Of>; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const { t } = useLingui();
  const format = useFormat();
  const page = rows === undefined ? null : pageOf(rows);
  const [some, all] = [format.number(shown), format.number(count)];
  return (
    <>
      <Panel flush title={<>{title} <span className={classes.count}>{all}</span></>} actions={page ? <Anchor component={Link} to={page.to} search={page.search} size="sm" aria-label={count > shown ? t`Show all ${all}: ${title}` : t`Open the list: ${title}`}>{count > shown ? <Trans>Show all {all}</Trans> : t`Open the list`}</Anchor>
        : of && count > shown ? <Button variant="subtle" size="compact-sm" aria-label={t`Show all ${all}: ${title}`} onClick={() => setOpen(true)}><Trans>Show all {all}</Trans></Button> : undefined}>
        <ul className={classes.rows} aria-label={title}>{children}</ul>
        {count > shown && !page && !of ? <p className={classes.rest}><Trans>The first {some} of {all}.</Trans></p> : null}
      </Panel>
      {open && of ? <Suspense><AllRows title={title} of={of as AllOf<unknown>} onClose={() => setOpen(false)} /></Suspense> : null}
    </>
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
