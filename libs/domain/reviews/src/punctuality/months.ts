import { Temporal } from 'temporal-polyfill';

/** Calendar months of an organization, with the instants between which they lie. */
export interface MonthSpan {
  /** `2026-05`, oldest first, without a gap: each from its first instant to that of the next. */
  readonly months: readonly { readonly month: string; readonly from: Date; readonly until: Date }[];
  readonly from: Date;
  /** The start of the month after the last one. */
  readonly until: Date;
}

/**
 * The month that an instant lies in, and those before it, as the calendar of a time zone counts them.
 * @param timeZone IANA name
 * @param count how many, 1-36
 */
export function monthsUntil(now: Date, timeZone: string, count: number): MonthSpan {
  const last = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toPlainYearMonth();
  const months = Array.from({ length: count }, (_, index) => last.subtract({ months: count - 1 - index }));
  const start = (month: Temporal.PlainYearMonth): Date => new Date(month.toPlainDate({ day: 1 }).toZonedDateTime(timeZone).epochMilliseconds);
  return { months: months.map((month) => ({ month: month.toString(), from: start(month), until: start(month.add({ months: 1 })) })), from: start(last.subtract({ months: count - 1 })), until: start(last.add({ months: 1 })) };
}
