import { Button, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormat } from '@roster/ui';
import { addMonths, dayIn } from './calendar-day.js';
import classes from './evidence-form.module.css';

export interface PeriodDays {
  readonly effectiveFrom: string;
  readonly effectiveTo: string;
  readonly expiresOn: string;
}

/**
 * When evidence is true, and when it stops counting, as days of the organization's time zone.
 * @param errors messages about a field, by its name in the API
 */
export function PeriodFields({ period, onChange, errors = {} }: { period: PeriodDays; onChange: (period: PeriodDays) => void; errors?: Readonly<Record<string, string>> }) {
  const { t } = useLingui();
  const { now, timeZone } = useFormat();
  const today = dayIn(now, timeZone);
  const presets = [{ label: t`3 months`, months: 3 }, { label: t`6 months`, months: 6 }, { label: t`1 year`, months: 12 }, { label: t`2 years`, months: 24 }];
  const start = period.effectiveFrom === '' ? today : period.effectiveFrom;
  return (
    <fieldset className={classes.fieldset}>
      <legend className={classes.legend}><Trans>Period</Trans></legend>
      <p className={classes.note}><Trans>Days of {timeZone}. All of them may stay empty.</Trans></p>
      <div className={classes.days}>
        <TextInput type="date" label={t`True from`} value={period.effectiveFrom} error={errors['effectiveFrom']} onChange={(event) => onChange({ ...period, effectiveFrom: event.currentTarget.value })} />
        <TextInput type="date" label={t`True until`} value={period.effectiveTo} error={errors['effectiveTo']} onChange={(event) => onChange({ ...period, effectiveTo: event.currentTarget.value })} />
        <TextInput type="date" label={t`Stops counting on`} value={period.expiresOn} error={errors['expiresAt']} onChange={(event) => onChange({ ...period, expiresOn: event.currentTarget.value })} />
      </div>
      <div className={classes.presets} role="group" aria-label={t`Stops counting`}>
        <span className={classes.note}><Trans>Counts for</Trans></span>
        {presets.map(({ label, months }) => {
          const day = addMonths(start, months);
          return <Button key={months} size="compact-sm" variant={period.expiresOn === day ? 'light' : 'default'} aria-pressed={period.expiresOn === day} onClick={() => onChange({ ...period, expiresOn: day })}>{label}</Button>;
        })}
        <Button size="compact-sm" variant={period.expiresOn === '' ? 'light' : 'default'} aria-pressed={period.expiresOn === ''} onClick={() => onChange({ ...period, expiresOn: '' })}>{t`Without end`}</Button>
      </div>
    </fieldset>
  );
}
