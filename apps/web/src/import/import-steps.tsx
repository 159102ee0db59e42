import { useLingui } from '@lingui/react/macro';
import { IconCheck } from '@tabler/icons-react';
import classes from './import.module.css';

/** Where one is in the import. @param at 1 file, 2 check, 3 result */
export function ImportSteps({ at }: { at: 1 | 2 | 3 }) {
  const { t } = useLingui();
  return (
    <ol className={classes.steps} aria-label={t`Steps of the import`}>
      {[t`Bring the file`, t`Check what it becomes`, t`Imported`].map((name, index) => (
        <li key={name} className={index + 1 < at ? classes.passed : undefined} aria-current={index + 1 === at ? 'step' : undefined}>
          <span className={classes.number} aria-hidden>{index + 1 < at ? <IconCheck size={12} stroke={3} /> : index + 1}</span>{name}
        </li>
      ))}
    </ol>
  );
}
