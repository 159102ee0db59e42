const LOCALE = 'en-GB';

/** Formatters are slow to make; an organization has one zone, so few are made. */
const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(kind: string, timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${kind} ${timeZone}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(LOCALE, { ...options, timeZone });
  formatters.set(key, made);
  return made;
}

const day = (at: Date, timeZone: string): string => formatter('day', timeZone, { day: 'numeric', month: 'long', year: 'numeric' }).format(at);

/**
 * The day of an instant as notifications and mails write it: "1 May 2026 (Europe/Berlin)". A person far away reads which clock it is.
 * @param timeZone IANA zone of the organization (domain.md section 8)
 * @throws RangeError for an unknown zone or an invalid instant
 */
export const writtenDay = (at: Date, timeZone: string): string => `${day(at, timeZone)} (${timeZone})`;

/**
 * An instant to the minute as notifications and mails write it: "1 May 2026, 09:00 (Europe/Berlin)".
 * @param timeZone IANA zone of the organization (domain.md section 8)
 * @throws RangeError for an unknown zone or an invalid instant
 */
export const writtenInstant = (at: Date, timeZone: string): string =>
  `${day(at, timeZone)}, ${formatter('time', timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)} (${timeZone})`;
