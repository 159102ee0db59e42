import { Trans, useLingui } from '@lingui/react/macro';
import { MeaningIcon, useFormat, type Meaning } from '@roster/ui';
import type { WorkloadImport } from './import.queries.js';
import classes from './import.module.css';

type Result = NonNullable<WorkloadImport['result']>;

/** What becomes of the rows, or became: five figures that add up to the rows of the file. @param written past instead of future */
export function ImportFigures({ result, written }: { result: Result; written: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  const figures: { key: string; name: string; value: number; meaning: Meaning; what: string }[] = [
    { key: 'created', name: written ? t`Created` : t`New`, value: result.created, meaning: 'met', what: t`workloads that were not there` },
    { key: 'updated', name: written ? t`Changed` : t`To change`, value: result.updated, meaning: 'information', what: t`workloads that say something else now` },
    { key: 'unchanged', name: t`Unchanged`, value: result.unchanged, meaning: 'neutral', what: t`say what the inventory says` },
    { key: 'merged', name: t`Merged`, value: result.merged, meaning: 'information', what: t`say the same as another row, or were left out as duplicates` },
    { key: 'rejected', name: t`Rejected`, value: result.rejected, meaning: result.rejected > 0 ? 'broken' : 'neutral', what: t`rows with errors` },
  ];
  const total = format.number(result.total);
  const parts = figures.map(({ value }) => format.number(value)).join(' + ');
  return (
    <>
      <dl className={classes.figures}>
        {figures.map(({ key, name, value, meaning, what }) => (
          <div key={key} className={`${classes.figure} ${value === 0 ? classes.zero : ''}`} data-figure={key}><dt><MeaningIcon meaning={value === 0 ? 'neutral' : meaning} />{name}</dt><dd>{format.number(value)}</dd><dd className={classes.what}>{what}</dd></div>
        ))}
      </dl>
      <div className={classes.sum}><Trans>{total} rows in the file = {parts}</Trans></div>
    </>
  );
}
