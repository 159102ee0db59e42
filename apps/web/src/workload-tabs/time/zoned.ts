/** What somebody chose in the organization's time zone, as an instant. The calendar is loaded when it is first needed. */

/**
 * @param local "2026-06-30T09:00", as a date-time field gives it
 * @param timeZone IANA zone
 * @returns RFC 3339; a time that the clocks skip is read as the moment after the gap
 */
export async function instantOfLocal(local: string, timeZone: string): Promise<string> {
  const { Temporal } = await import('temporal-polyfill');
  return Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).toInstant().toString();
}

/** The end of a day (the first instant after it). @param day "2026-06-30" */
export async function endOfDay(day: string, timeZone: string): Promise<string> {
  const { Temporal } = await import('temporal-polyfill');
  return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime({ timeZone, plainTime: '00:00' }).toInstant().toString();
}
