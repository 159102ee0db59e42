import { Progress as Bar } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormat } from '../format/format.js';
import classes from './progress-line.module.css';

/**
 * How far long work is: done, total and what remains.
 * @param total null while it is not known
 * @param unit what is counted, in words of the page ("rows", "files")
 */
export function ProgressLine({ done, total, unit, label }: { done: number; total: number | null | undefined; unit: string; label?: string }) {
  const { t } = useLingui();
  const format = useFormat();
  const share = total ? Math.min(1, done / total) : null;
  const doneText = format.number(done);
  const totalText = total == null ? null : format.number(total);
  const leftText = total == null ? null : format.number(Math.max(0, total - done));
  return (
    <div className={classes.line}>
      <Bar.Root size="sm"><Bar.Section value={share === null ? 100 : share * 100} animated={share === null} striped={share === null} aria-label={label ?? t`Progress`} aria-valuetext={totalText === null ? doneText : `${doneText} / ${totalText}`} /></Bar.Root>
      <span className={classes.words}>{totalText === null ? <Trans>{doneText} {unit} done</Trans> : <Trans>{doneText} of {totalText} {unit}, {leftText} remaining</Trans>}</span>
    </div>
  );
}
