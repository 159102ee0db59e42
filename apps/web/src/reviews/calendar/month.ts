const DAY_MS = 86_400_000;

/** A plain date, `YYYY-MM-DD`, and a plain month, `YYYY-MM`: calendars count in days, not in instants. */
export type PlainDay = string;
export type PlainMonth = string;

const at = (day: PlainDay): number => Date.parse(`${day}T00:00:00Z`);
export const addDays = (day: PlainDay, days: number): PlainDay => new Date(at(day) + days * DAY_MS).toISOString().slice(0, 10);
export const monthOf = (day: PlainDay): PlainMonth => day.slice(0, 7);

/** @param months whole months, also negative */
export function addMonths(month: PlainMonth, months: number): PlainMonth {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

/** The same day of another month, or the last one it has. */
export function dayInMonth(day: PlainDay, month: PlainMonth): PlainDay {
  const last = addDays(`${addMonths(month, 1)}-01`, -1);
  const wished = `${month}-${day.slice(8)}`;
  return wished > last ? last : wished;
}

/** Whether a text of the address is a month. */
export const isMonth = (text: unknown): text is PlainMonth => typeof text === 'string' && /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** First day of the week in a locale, 1 = Monday … 7 = Sunday; Monday where the browser does not say. */
export function firstWeekday(locale: string): number {
  const info = new Intl.Locale(locale) as Intl.Locale & { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } };
  return info.getWeekInfo?.().firstDay ?? info.weekInfo?.firstDay ?? 1;
}

/**
 * The weeks that show a month, whole ones.
 * @param firstDay 1 = Monday … 7 = Sunday
 */
export function weeksOf(month: PlainMonth, firstDay: number): PlainDay[][] {
  const first = `${month}-01`;
  const weekday = ((new Date(at(first)).getUTCDay() + 6) % 7) + 1;
  const start = addDays(first, -((weekday - firstDay + 7) % 7));
  const weeks: PlainDay[][] = [];
  for (let day = start; day < `${addMonths(month, 1)}-01`; day = addDays(day, 7)) weeks.push(Array.from({ length: 7 }, (_, index) => addDays(day, index)));
  return weeks;
}

/** Where a key leads in a calendar grid; null for keys that mean nothing here. @param firstDay as in {@link weeksOf} */
export function moveInCalendar(day: PlainDay, key: string, firstDay: number, rightToLeft = false): PlainDay | null {
  const weekday = ((new Date(at(day)).getUTCDay() + 6) % 7) + 1;
  const fromStart = (weekday - firstDay + 7) % 7;
  switch (key) {
    case 'ArrowLeft': return addDays(day, rightToLeft ? 1 : -1);
    case 'ArrowRight': return addDays(day, rightToLeft ? -1 : 1);
    case 'ArrowUp': return addDays(day, -7);
    case 'ArrowDown': return addDays(day, 7);
    case 'Home': return addDays(day, -fromStart);
    case 'End': return addDays(day, 6 - fromStart);
    case 'PageUp': return dayInMonth(day, addMonths(monthOf(day), -1));
    case 'PageDown': return dayInMonth(day, addMonths(monthOf(day), 1));
    default: return null;
  }
}
