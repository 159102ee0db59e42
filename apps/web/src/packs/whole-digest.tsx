import { CopyButton } from '@roster/ui';
import classes from './packs.module.css';

/** A digest that people compare digit by digit: all of it, in groups of eight, over as many lines as it needs. What is copied has no gaps. */
export function WholeDigest({ value, label }: { value: string; label: string }) {
  return (
    <span className={classes.whole}>
      <code data-volatile>{value.match(/.{1,8}/g)?.join(' ') ?? value}</code> <CopyButton value={value} label={label} />
    </span>
  );
}
