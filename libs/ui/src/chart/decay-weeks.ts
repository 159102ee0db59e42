export interface DecayDay {
  /** YYYY-MM-DD in the time zone of the organization. */
  readonly date: string;
  /** Accepted evidence that stops counting. */
  readonly expiring: number;
  /** Workloads that fall to a lower stage. */
  readonly falls: number;
}
/** Seven days of the organization's time zone, or several times that; the first included and the last not. */
export interface DecayWeek {
  readonly from: string;
  readonly until: string;
}

const DAY = 86_400_000;
/** Weeks that fit on one line with a target of 24 pixels each. */
const LEAST_WEEK = 24;

/*
 * Days of the organization are drawn by their names: each is placed as if it were one of UTC, in which all are equally long. Only the two ends of the
 * period are instants; they become days of the organization first.
 */
export const placeOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
export const dayAt = (place: number): string => new Date(place).toISOString().slice(0, 10);
const dayOf = (instant: string, timeZone: string): string => {
  const parts = new Map(new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return `${parts.get('year') ?? ''}-${parts.get('month') ?? ''}-${parts.get('day') ?? ''}`;
};

/**
 * Cuts a period into weeks, of several where one would be too narrow to point at.
 * @param from RFC 3339; its day is the first
 * @param to RFC 3339; its day is the last
 * @param width of the drawing, pixels
 * @returns the weeks with what happens in them, and the ends of the drawing
 */
export function decayWeeks({ from, to, days, timeZone, width }: { from: string; to: string; days: readonly DecayDay[]; timeZone: string; width: number }): {
  readonly begin: number; readonly end: number; readonly weeks: readonly (DecayWeek & { readonly expiring: number; readonly falls: number })[];
} {
  const begin = placeOf(dayOf(from, timeZone));
  const end = placeOf(dayOf(to, timeZone)) + DAY;
  const span = Math.max(1, Math.ceil((end - begin) / (7 * DAY)));
  const merged = Math.max(1, Math.ceil((LEAST_WEEK * span) / Math.max(width, LEAST_WEEK)));
  const weeks = Array.from({ length: Math.ceil(span / merged) }, (_unused, index) => {
    const week: DecayWeek = { from: dayAt(begin + index * merged * 7 * DAY), until: dayAt(Math.min(begin + (index + 1) * merged * 7 * DAY, end)) };
    const inside = days.filter(({ date }) => date >= week.from && date < week.until);
    return { ...week, expiring: inside.reduce((sum, day) => sum + day.expiring, 0), falls: inside.reduce((sum, day) => sum + day.falls, 0) };
  });
  return { begin, end, weeks };
}
