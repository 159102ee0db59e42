import { Anchor } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { MeaningBadge } from '@roster/ui';
import { isUnrecorded, type FieldSpec, type FieldValue } from './fields.js';
import classes from './fields.module.css';

const ADDRESS = /^https?:\/\//i;

/** A value as it is read. What nobody recorded is visibly unknown. */
export function ShownValue({ field, value }: { field: Pick<FieldSpec, 'type' | 'choices'>; value: FieldValue }) {
  const { t } = useLingui();
  if (value === null || value === undefined || isUnrecorded(value)) return <MeaningBadge meaning="unknown">{t`Not recorded`}</MeaningBadge>;
  const wordOf = (one: string): string => field.choices?.find((choice) => choice.value === one)?.label ?? one;
  if (typeof value === 'string') return ADDRESS.test(value) ? <Address href={value} /> : <span className={field.type === 'long' ? classes.prose : undefined}>{wordOf(value)}</span>;
  return <ul className={classes.values} role="list">{value.map((one) => <li key={one} className={ADDRESS.test(one) ? classes.address : classes.chip}>{ADDRESS.test(one) ? <Address href={one} /> : wordOf(one)}</li>)}</ul>;
}

function Address({ href }: { href: string }) {
  return <Anchor href={href} target="_blank" rel="noreferrer noopener" inherit className={classes.link}>{href}</Anchor>;
}
