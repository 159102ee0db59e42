/** An instant as a date-time field shows it: wall-clock time of a zone to the minute, `2026-06-30T09:00`. @param timeZone IANA name */
export function localOf(instant: string | Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).formatToParts(new Date(instant));
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** The instant (RFC 3339) of a wall-clock time, as a date-time field gives it; one that the clocks skip is read as the moment after the gap. */
export async function instantOfLocal(local: string, timeZone: string): Promise<string> {
  // Only who enters a time needs the calendar.
  const { Temporal } = await import('temporal-polyfill');
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).toInstant().toString();
}

/** The day (YYYY-MM-DD) of an instant in a time zone. @param timeZone IANA name */
export const dayIn = (instant: string | Date, timeZone: string): string => localOf(instant, timeZone).slice(0, 10);

/** The same day some months later; the last day of a shorter month. @param months whole months, from 0 */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  const result = new Date(Date.UTC(lastOfMonth.getUTCFullYear(), lastOfMonth.getUTCMonth(), Math.min(date, lastOfMonth.getUTCDate())));
  return result.toISOString().slice(0, 10);
}

/**
 * The first instant of a day in a time zone, as RFC 3339.
 * @param day YYYY-MM-DD; empty = null
 */
export async function startOfDay(day: string, timeZone: string): Promise<string | null> {
  if (day === '') return null;
  const { Temporal } = await import('temporal-polyfill');
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone }).toInstant().toString();
}

/**
 * The end of a day in a time zone, which is the first instant of the next, as RFC 3339.
 * @param day YYYY-MM-DD, still part of the period; empty = null
 */
export async function endOfDay(day: string, timeZone: string): Promise<string | null> {
  if (day === '') return null;
  const { Temporal } = await import('temporal-polyfill');
  return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime({ timeZone }).toInstant().toString();
}
