import { Temporal } from 'temporal-polyfill';

/** How a member wants mail (domain.md section 8: snooze and digest are per member). */
export interface MailPreference {
  readonly mailMode: 'immediate' | 'daily';
  /** No mail before this instant; what arrives meanwhile waits. */
  readonly snoozedUntil: Date | null;
}

/**
 * When a mail of now goes out: null = at once, otherwise with the digest of that instant.
 * @param localTime time of day of digests, `HH:MM`
 */
export function digestAt(preference: MailPreference, now: Date, timeZone: string, localTime: string): Date | null {
  const snoozed = preference.snoozedUntil !== null && preference.snoozedUntil > now ? preference.snoozedUntil : null;
  if (preference.mailMode === 'immediate') return snoozed;
  return nextLocalTime(snoozed ?? now, timeZone, localTime);
}

/** The first instant after (or, when snoozed until exactly then, at) `from` at which it is `localTime` in the zone. */
function nextLocalTime(from: Date, timeZone: string, localTime: string): Date {
  const time = Temporal.PlainTime.from(localTime);
  const day = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
  for (let ahead = 0; ; ahead += 1) {
    const candidate = day.add({ days: ahead }).toPlainDateTime(time).toZonedDateTime(timeZone).epochMilliseconds;
    if (candidate > from.getTime()) return new Date(candidate);
  }
}
