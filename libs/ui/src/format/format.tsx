import { createContext, useContext, useMemo, type ReactNode } from 'react';

/** How dates, numbers and sizes are written for this person, in the time zone of the organization. */
export interface Formats {
  readonly locale: string;
  /** IANA time zone of the organization; named wherever an instant is shown. */
  readonly timeZone: string;
  /** The instant that what is shown counts from: now, refreshed every half minute, or the moment of the past that a page shows. */
  readonly now: Date;
  /** "30 Jun 2026, 09:00 Europe/Berlin" @param at RFC 3339 */
  instant(at: string | Date): string;
  /** "30 Jun 2026, 09:00" without the zone: only where the zone stands beside. */
  instantShort(at: string | Date): string;
  /** "30 Jun 2026" of an instant in the organization's zone, or of a plain date (YYYY-MM-DD). */
  day(at: string | Date): string;
  /** "in 3 days", "2 hours ago" */
  relative(at: string | Date): string;
  number(value: number): string;
  /** @param share 0 to 1 */
  percent(share: number): string;
  /** "1.2 MB" @param bytes number of bytes */
  bytes(bytes: number): string;
  /** "4 min 10 s" @param seconds length in seconds */
  duration(seconds: number): string;
}

const FormatContext = createContext<Formats | null>(null);
const PLAIN_DATE = /^\d{4}-\d{2}-\d{2}$/;
const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [['year', 31_557_600], ['month', 2_629_800], ['week', 604_800], ['day', 86_400], ['hour', 3_600], ['minute', 60]];
const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

type Formatter = Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat;
/** Formatters are slow to make and most pages need few of them: each is made with its first use and kept, also when `now` moves on. */
const made = new Map<string, Formatter>();
function kept<F extends Formatter>(key: string, make: () => F): F {
  const known = made.get(key) as F | undefined;
  if (known) return known;
  const formatter = make();
  made.set(key, formatter);
  return formatter;
}

/** Formats of one locale and time zone. @param now the instant "relative" counts from */
export function createFormats(locale: string, timeZone: string, now: Date): Formats {
  const dayFormat = (zone: string): Intl.DateTimeFormat => kept(`day ${locale} ${zone}`, () => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: zone }));
  const short = (): Intl.DateTimeFormat => kept(`short ${locale} ${timeZone}`, () => new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }));
  const relative = (): Intl.RelativeTimeFormat => kept(`relative ${locale}`, () => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));
  const unit = (name: string, value: number): string => {
    const digits = value < 10 && name !== 'byte' ? 1 : 0;
    return kept(`${name} ${digits} ${locale}`, () => new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits })).format(value);
  };
  const date = (at: string | Date): Date => (at instanceof Date ? at : new Date(at));
  return {
    locale, timeZone, now,
    instant: (at) => `${short().format(date(at))} ${timeZone}`,
    instantShort: (at) => short().format(date(at)),
    day: (at) => (typeof at === 'string' && PLAIN_DATE.test(at) ? dayFormat('UTC').format(new Date(`${at}T00:00:00Z`)) : dayFormat(timeZone).format(date(at))),
    relative: (at) => {
      const seconds = (date(at).getTime() - now.getTime()) / 1_000;
      for (const [name, size] of STEPS) if (Math.abs(seconds) >= size) return relative().format(Math.trunc(seconds / size), name);
      return relative().format(0, 'second');
    },
    number: (value) => kept(`number ${locale}`, () => new Intl.NumberFormat(locale)).format(value),
    percent: (share) => kept(`percent ${locale}`, () => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })).format(share),
    bytes: (bytes) => {
      const power = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1_000))));
      return unit(UNITS[power] ?? 'byte', bytes / 1_000 ** power);
    },
    duration: (seconds) => {
      const whole = Math.max(0, Math.round(seconds));
      const parts: [string, number][] = [['day', Math.floor(whole / 86_400)], ['hour', Math.floor(whole / 3_600) % 24], ['minute', Math.floor(whole / 60) % 60], ['second', whole % 60]];
      const shown = parts.filter(([, value]) => value > 0).slice(0, 2);
      return (shown.length > 0 ? shown : [['second', 0] as [string, number]]).map(([name, value]) => unit(name, value)).join(' ');
    },
  };
}

/** Gives everything below it the formats of a locale and time zone. */
export function FormatProvider({ locale, timeZone, now, children }: { locale: string; timeZone: string; now: Date; children: ReactNode }) {
  const formats = useMemo(() => createFormats(locale, timeZone, now), [locale, timeZone, now]);
  return <FormatContext value={formats}>{children}</FormatContext>;
}

/** @throws Error outside a FormatProvider */
export function useFormat(): Formats {
  const formats = useContext(FormatContext);
  if (!formats) throw new Error('useFormat needs a FormatProvider above it');
  return formats;
}
