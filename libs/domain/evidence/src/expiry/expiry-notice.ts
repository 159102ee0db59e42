const DAY = 86_400_000;

/** What is due to be said about something that expires: how many days ahead it was meant to be said, or that it has expired. */
export type ExpiryNotice = { readonly kind: 'expiring'; readonly days: number } | { readonly kind: 'expired' };

/** Instants at which something is said, earliest first: each warning, then the expiry itself. */
const instants = (expiresAt: Date, warnDays: readonly number[]): number[] =>
  [...new Set([...warnDays.map((days) => expiresAt.getTime() - days * DAY), expiresAt.getTime()])].sort((a, b) => a - b);

/**
 * The notice that is due at an instant. When several warnings were missed only the closest is due: nobody needs the 30-day warning with 7 days left.
 * @param warnDays days before expiry at which people are warned (domain.md section 7: 30, 14, 7, 1)
 * @returns null when the first warning is still ahead
 */
export function dueNotice(expiresAt: Date, warnDays: readonly number[], now: Date): ExpiryNotice | null {
  if (now.getTime() >= expiresAt.getTime()) return { kind: 'expired' };
  const passed = warnDays.filter((days) => expiresAt.getTime() - days * DAY <= now.getTime());
  return passed.length > 0 ? { kind: 'expiring', days: Math.min(...passed) } : null;
}

/** The next instant after `now` at which something is to be said; null after the expiry. */
export function nextNoticeAfter(expiresAt: Date, warnDays: readonly number[], now: Date): Date | null {
  const next = instants(expiresAt, warnDays).find((at) => at > now.getTime());
  return next === undefined ? null : new Date(next);
}

/** The first instant at which something is to be said about what begins to count now: at once when a warning is already due. */
export function firstNoticeAt(expiresAt: Date | null, warnDays: readonly number[], now: Date): Date | null {
  if (expiresAt === null) return null;
  return dueNotice(expiresAt, warnDays, now) ? now : nextNoticeAfter(expiresAt, warnDays, now);
}
