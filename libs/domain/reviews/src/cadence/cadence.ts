import type { Cadence } from '@roster/contracts';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';

/**
 * Everything that fixes a series of due dates. Two equal values give the same series, for ever.
 * Source: domain.md section 8 (a rule in the organization's time zone), RFC 5545 section 3.3.10.
 */
export interface CadenceRule {
  /** RFC 5545 rule over calendar dates, made by {@link ruleFor}. */
  readonly rrule: string;
  /** The calendar date the series counts from, `YYYY-MM-DD`. It is not itself an occurrence: the first review is one period later. */
  readonly anchorDate: string;
  /** IANA time zone of the organization. */
  readonly timeZone: string;
  /** Wall-clock time of day at which a review falls due, `HH:MM`. */
  readonly dueAtLocalTime: string;
}

/** One due date of a series. */
export interface Occurrence {
  /** Calendar date in the organization's time zone, `YYYY-MM-DD`. */
  readonly date: string;
  /** When the review falls due. */
  readonly dueAt: Date;
  /** The end of the due day in the organization's time zone: from here on the review is overdue. */
  readonly overdueAt: Date;
}

/** The rule can never produce another date. */
export class CadenceExhaustedError extends Error {
  constructor(readonly rule: CadenceRule) {
    super(`The review rule "${rule.rrule}" has no occurrence after its anchor ${rule.anchorDate}`);
    this.name = 'CadenceExhaustedError';
  }
}

const NAMED_RULES = {
  monthly: 'FREQ=MONTHLY',
  quarterly: 'FREQ=MONTHLY;INTERVAL=3',
  half_yearly: 'FREQ=MONTHLY;INTERVAL=6',
  yearly: 'FREQ=YEARLY',
} as const;

/** The last day every month has. */
const SHORTEST_MONTH = 28;

/**
 * Writes a cadence as one RFC 5545 rule that fires exactly once in every period.
 * RFC 5545 leaves out dates that do not exist, so a plain monthly rule that starts on the 31st would skip seven months out of twelve. A rule that
 * takes its day from the anchor is therefore spelled out as "the anchor's day, or the last one before it that the month has".
 * @param anchorDate `YYYY-MM-DD`, the date the series counts from
 */
export function ruleFor(cadence: Cadence, anchorDate: string): string {
  const text = typeof cadence === 'string' ? NAMED_RULES[cadence] : cadence.rrule;
  const parts = new Map(text.split(';').map((part) => part.split('=', 2) as [string, string]));
  const frequency = parts.get('FREQ');
  const anchored = (frequency === 'MONTHLY' || frequency === 'YEARLY') && !['BYDAY', 'BYMONTHDAY', 'BYSETPOS'].some((name) => parts.has(name));
  if (!anchored) return text;

  const anchor = Temporal.PlainDate.from(anchorDate);
  if (frequency === 'YEARLY' && !parts.has('BYMONTH')) parts.set('BYMONTH', String(anchor.month));
  const severalMonthsAYear = frequency === 'YEARLY' && parts.get('BYMONTH')?.includes(',');
  if (anchor.day <= SHORTEST_MONTH || severalMonthsAYear) {
    // BYSETPOS selects once per year in a yearly rule, so several months a year can only share a day that all months have.
    parts.set('BYMONTHDAY', String(Math.min(anchor.day, SHORTEST_MONTH)));
  } else {
    const days = Array.from({ length: anchor.day - SHORTEST_MONTH + 1 }, (_, step) => SHORTEST_MONTH + step);
    parts.set('BYMONTHDAY', days.join(','));
    parts.set('BYSETPOS', '-1');
  }
  return [...parts].map(([name, value]) => `${name}=${value}`).join(';');
}

/** The calendar date of an instant in a time zone, `YYYY-MM-DD`. */
export function localDate(instant: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/**
 * The instant of a wall-clock time on a calendar date. A time that the clocks skip moves forward by the length of the gap; a time that they repeat is
 * the first of the two (RFC 5545 section 3.3.5).
 * @param time `HH:MM`
 */
export function localInstant(date: string, time: string, timeZone: string): Date {
  const zoned = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(timeZone, { disambiguation: 'compatible' });
  return new Date(zoned.epochMilliseconds);
}

/** A calendar date plus days (negative: before). */
export const plusDays = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString();

/** The first instant of the calendar day after a date: what was due on the date is overdue from here on. */
export const endOfDay = (date: string, timeZone: string): Date =>
  new Date(Temporal.PlainDate.from(date).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds);

/** The occurrence of a review whose due instant is given, for dates a person chose. */
export function occurrenceAt(dueAt: Date, timeZone: string): Occurrence {
  const date = localDate(dueAt, timeZone);
  return { date, dueAt, overdueAt: endOfDay(date, timeZone) };
}

const midnight = (date: string): Temporal.ZonedDateTime => Temporal.PlainDate.from(date).toZonedDateTime('UTC');

function occurrenceOn(date: string, rule: CadenceRule): Occurrence {
  const dueAt = localInstant(date, rule.dueAtLocalTime, rule.timeZone);
  // A zone that jumps over the date line skips a whole day; what fell on it falls due on the day after, and is overdue after that one.
  return { date, dueAt, overdueAt: endOfDay(localDate(dueAt, rule.timeZone), rule.timeZone) };
}

/**
 * The first occurrence that falls due strictly after an instant.
 * The series is computed over calendar dates and only then placed on the clock, so that no change of daylight saving can skip, double or move one.
 * @throws CadenceExhaustedError when the rule has no further date (a rule from the policy is endless, so this is a defect of the data)
 */
export function nextOccurrence(rule: CadenceRule, after: Date): Occurrence {
  const series = new RRuleTemporal({ rruleString: `RRULE:${rule.rrule}`, dtstart: midnight(rule.anchorDate) });
  const dayBefore = plusDays(localDate(after, rule.timeZone), -2);
  let cursor = dayBefore > rule.anchorDate ? dayBefore : rule.anchorDate;
  for (;;) {
    const next = series.next(midnight(cursor));
    if (!next) throw new CadenceExhaustedError(rule);
    const occurrence = occurrenceOn(next.toPlainDate().toString(), rule);
    if (occurrence.dueAt > after) return occurrence;
    cursor = occurrence.date;
  }
}

/**
 * How many occurrences fell due in a span of time.
 * @param after exclusive start
 * @param until inclusive end
 */
export function countOccurrences(rule: CadenceRule, after: Date, until: Date): number {
  let count = 0;
  for (let next = nextOccurrence(rule, after); next.dueAt <= until; next = nextOccurrence(rule, next.dueAt)) count += 1;
  return count;
}
