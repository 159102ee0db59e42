import type { ReactNode } from 'react';
import classes from './definition-list.module.css';

/** Terms with their values, aligned. @param items in the order they are read */
export function DefinitionList({ items }: { items: readonly { readonly term: ReactNode; readonly value: ReactNode; readonly key?: string }[] }) {
  return (
    <dl className={classes.list}>
      {items.map(({ term, value, key }, index) => <div key={key ?? index} className={classes.pair}><dt className={classes.term}>{term}</dt><dd className={classes.value}>{value}</dd></div>)}
    </dl>
  );
}
