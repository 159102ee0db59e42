/**
 * The instant of a wall-clock time in a zone; where the clock jumps, the later reading.
 * @param local as an input of type datetime-local gives it
 * @param timeZone IANA name
 * @returns RFC 3339 UTC
 */
export async function instantOf(local: string, timeZone: string): Promise<string> {
  // Only who sets a time needs the calendar.
  const { Temporal } = await import('temporal-polyfill');
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone, { disambiguation: 'later' }).toInstant().toString();
}

/** The wall-clock time of an instant in a zone, to the minute, as datetime-local takes it. */
export function localOf(instant: Date, timeZone: string): string {
  const parts = new Map(new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(instant).map(({ type, value }) => [type, value]));
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}
