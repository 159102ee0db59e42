/**
 * An instant as a date-time field shows it: wall-clock time of a zone, `2026-06-30T09:00`.
 * @param timeZone IANA name
 */
export function localOf(instant: string | Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).formatToParts(new Date(instant));
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** The instant (RFC 3339) of a wall-clock time; one that the clocks skip is read as the moment after the gap. The calendar is loaded when it is first needed. */
export async function instantOfLocal(local: string, timeZone: string): Promise<string> {
  const { Temporal } = await import('temporal-polyfill');
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).toInstant().toString();
}
