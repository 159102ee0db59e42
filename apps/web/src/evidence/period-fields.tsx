import { Button, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFormat } from '@roster/ui';
import { addMonths, dayIn } from '../clock/calendar.js';
import classes from './evidence-form.module.css';

export interface PeriodDays {
  readonly effectiveFrom: string;
  readonly trueUntil: string;
  readonly countsUntil: string;
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
      <p className={classes.note}><Trans>Days of {timeZone}, the last one included. All of them may stay empty.</Trans></p>
      <div className={classes.days}>
        <TextInput type="date" label={t`True from`} value={period.effectiveFrom} error={errors['effectiveFrom']} onChange={(event) => onChange({ ...period, effectiveFrom: event.currentTarget.value })} />
        <TextInput type="date" label={t`True until`} value={period.trueUntil} error={errors['effectiveTo']} onChange={(event) => onChange({ ...period, trueUntil: event.currentTarget.value })} />
        <TextInput type="date" label={t`Counts until`} value={period.countsUntil} error={errors['expiresAt']} onChange={(event) => onChange({ ...period, countsUntil: event.currentTarget.value })} />
      </div>
      <div className={classes.presets} role="group" aria-label={t`Counts until`}>
        <span className={classes.note}><Trans>Counts for</Trans></span>
        {presets.map(({ label, months }) => {
          const day = addMonths(start, months);
          return <Button key={months} size="compact-sm" variant={period.countsUntil === day ? 'light' : 'default'} aria-pressed={period.countsUntil === day} onClick={() => onChange({ ...period, countsUntil: day })}>{label}</Button>;
        })}
        <Button size="compact-sm" variant={period.countsUntil === '' ? 'light' : 'default'} aria-pressed={period.countsUntil === ''} onClick={() => onChange({ ...period, countsUntil: '' })}>{t`Without end`}</Button>
      </div>
    </fieldset>
  );
}
