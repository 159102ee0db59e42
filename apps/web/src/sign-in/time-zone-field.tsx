import { Select } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMemo, type ReactNode } from 'react';
import { serviceNow } from '../clock/now.js';

/** The zone of this browser. */
export const browserTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

const offsetOf = (zone: string, at: Date): string => new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', 'UTC') ?? '';

/** An IANA time zone, found by typing a part of its name; begins with the one of the browser. */
export function TimeZoneField({ value, onChange, error }: { value: string; onChange: (zone: string) => void; error?: ReactNode }) {
  const { t } = useLingui();
  const zones = useMemo(() => {
    const at = serviceNow();
    const all = new Set([browserTimeZone(), 'UTC', ...Intl.supportedValuesOf('timeZone')]);
    return [...all].map((zone) => ({ value: zone, label: `${zone.replaceAll('_', ' ')} (${offsetOf(zone, at)})` })).sort((a, b) => a.label.localeCompare(b.label));
  }, []);
  const guessed = value === browserTimeZone();
  return (
    <Select
      label={t`Time zone`} required searchable data={zones} value={value} onChange={(zone) => { if (zone) onChange(zone); }} error={error} limit={60} nothingFoundMessage={t`No such time zone`} allowDeselect={false}
      description={guessed ? <Trans>Taken from this browser. Reviews of the organization fall due by it.</Trans> : <Trans>Reviews of the organization fall due by it.</Trans>} autoComplete="off"
    />
  );
}
