/** How a filter compares with a moment. */
export type MomentComparison = '<' | '<=' | '>' | '>=';

/** What {@link readMoment} takes, for messages of refused filters. */
export const MOMENT_FORMS = '"now+30d", "now-7d" (h, d, w), a day in UTC like 2026-05-01 or an instant like 2026-05-01T12:00:00Z';

const DAY_MILLISECONDS = 86_400_000;
const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: DAY_MILLISECONDS, w: 7 * DAY_MILLISECONDS };
const RELATIVE = /^now(?:([+-])(\d{1,4})([hdw]))?$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/i;

/**
 * The one grammar of moments in filters: `now`, a distance from now (`now+30d`; units h, d, w; up to four digits), a day in UTC, or an instant.
 * A day stands for all of it: what is at most a day, or after it, is counted from its last millisecond (times are kept to the millisecond).
 * @returns null when the text is none of these
 */
export function readMoment(text: string, now: Date, operator: MomentComparison): Date | null {
  const relative = RELATIVE.exec(text);
  if (relative) {
    const [, sign, count, unit] = relative;
    return new Date(now.getTime() + (sign === '-' ? -1 : 1) * Number(count ?? 0) * (UNITS[(unit ?? '').toLowerCase()] ?? 0));
  }
  const day = readDay(text);
  return day ? new Date(day.getTime() + (operator === '<=' || operator === '>' ? DAY_MILLISECONDS - 1 : 0)) : readInstant(text);
}

/** @returns the first instant of a day of the calendar in UTC (`2026-05-01`), or null */
export function readDay(text: string): Date | null {
  if (!DAY.test(text)) return null;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? day : null;
}

/** @returns an instant of RFC 3339 with an offset (seconds may be left out), or null; a day that no calendar has is none */
export function readInstant(text: string): Date | null {
  const [, day] = INSTANT.exec(text) ?? [];
  if (day === undefined || readDay(day) === null) return null;
  const instant = new Date(text.toUpperCase());
  return Number.isNaN(instant.getTime()) ? null : instant;
}
