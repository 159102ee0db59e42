import { Tooltip } from '@mantine/core';
import { useFormat } from './format.js';
import classes from './instant.module.css';

/**
 * An instant: absolute, and how far away it is beside it. The zone is named once for the whole page, and here on hover.
 * @param at RFC 3339; null shows a dash that says "not set"
 * @param relative show the distance beside it (default) or leave it out
 * @param only show just the day, or just the distance
 */
export function Instant({ at, relative = true, only }: { at: string | null | undefined; relative?: boolean; only?: 'day' | 'relative' }) {
  const format = useFormat();
  if (!at) return <span className={classes.none}>—</span>;
  const text = only === 'relative' ? format.relative(at) : only === 'day' ? format.day(at) : format.instantShort(at);
  return (
    <Tooltip label={format.instant(at)}>
      <time dateTime={at} className={classes.instant}>
        {text}
        {relative && only !== 'relative' ? <span className={classes.relative}>{format.relative(at)}</span> : null}
      </time>
    </Tooltip>
  );
}

/** A plain date (YYYY-MM-DD), or the day of an instant in the organization's time zone. */
export function Day({ date }: { date: string | null | undefined }) {
  const format = useFormat();
  if (!date) return <span className={classes.none}>—</span>;
  return <time dateTime={date} className={classes.instant}>{format.day(date)}</time>;
}
