import type { ReactNode } from 'react';
import { useFormat } from '../format/format.js';
import { ChartLink, type Navigate } from './chart-link.js';
import classes from './bars.module.css';

export interface Bar {
  readonly id: string;
  readonly name: string;
  /** A word beside the name. */
  readonly hint?: ReactNode;
  readonly value: number;
  /** The rows behind it; null when they have no list of their own. */
  readonly href: string | null;
}

/** How much leans on each thing, most first. @param of the whole that shares are of; without it no shares are shown */
export function Bars({ label, items, of, onNavigate }: { label: string; items: readonly Bar[]; of?: number; onNavigate?: Navigate }) {
  const format = useFormat();
  const most = Math.max(1, of ?? 0, ...items.map(({ value }) => value));
  return (
    <ol className={classes.bars} aria-label={label}>
      {items.map(({ id, name, hint, value, href }) => (
        <li key={id} className={classes.item}>
          <ChartLink href={href} onNavigate={onNavigate} className={classes.row}>
            <span className={classes.name}>{name}{hint ? <> <span className={classes.hint}>{hint}</span></> : null}</span>
            <span className={classes.track} aria-hidden><span className={classes.fill} style={{ inlineSize: `${(value / most) * 100}%` }} /></span>
            <span className={classes.value}>{format.number(value)}{of ? <span className={classes.share}>{format.percent(value / of)}</span> : null}</span>
          </ChartLink>
        </li>
      ))}
    </ol>
  );
}
