/** Which number of `3/4/2024` is the month. A file is consistent; a single cell may not say. */
export type DateOrder = 'month_first' | 'day_first';
/** What one cell shows about dates: already certain, certain only with the order shown, or not a date. */
export type DateEvidence = 'certain' | DateOrder | 'either' | 'not_a_date';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_NAMES = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

const monthNumber = (name: string): number | null => {
  const folded = name.toLowerCase().replace(/\.$/, '');
  const full = MONTH_NAMES.indexOf(folded);
  if (full >= 0) return full + 1;
  const short = MONTHS.indexOf(folded === 'sept' ? 'sep' : folded);
  return short >= 0 ? short + 1 : null;
};

/** ISO date, or null when the calendar has no such day. */
const iso = (year: number, month: number, day: number): string | null => {
  if (year < 1900 || year > 2200 || month < 1 || month > 12 || day < 1) return null;
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return day > days ? null : `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};

const NUMERIC = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/;

const certainDate = (text: string): string | null => {
  let match = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.exec(text);
  if (match) return iso(Number(match[1]), Number(match[3]), Number(match[4]));
  match = /^(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9}\.?)[ ,-]+(\d{4})$/.exec(text);
  if (match) {
    const month = monthNumber(match[2] as string);
    return month === null ? null : iso(Number(match[3]), month, Number(match[1]));
  }
  match = /^([A-Za-z]{3,9}\.?) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/.exec(text);
  if (match) {
    const month = monthNumber(match[1] as string);
    return month === null ? null : iso(Number(match[3]), month, Number(match[2]));
  }
  return null;
};

/** What a cell shows. Dates without a day or with a two-digit year are not dates: completing them would invent something. */
export const dateEvidence = (text: string): DateEvidence => {
  if (certainDate(text) !== null) return 'certain';
  const match = NUMERIC.exec(text);
  if (!match) return 'not_a_date';
  const [first, second, year] = [Number(match[1]), Number(match[3]), Number(match[4])];
  const monthFirst = iso(year, first, second) !== null;
  const dayFirst = iso(year, second, first) !== null;
  if (monthFirst && dayFirst) return first === second ? 'certain' : 'either';
  return monthFirst ? 'month_first' : dayFirst ? 'day_first' : 'not_a_date';
};

/** The order that the cells of a column prove together; null when none proves one, or when they contradict each other. */
export const orderOf = (counts: Readonly<Record<DateEvidence, number>>): DateOrder | null => {
  if (counts.month_first > 0 && counts.day_first === 0) return 'month_first';
  if (counts.day_first > 0 && counts.month_first === 0) return 'day_first';
  return null;
};

/**
 * A full date as `YYYY-MM-DD`, or null when the text is not one or its order is not known.
 * @param order what the column proves, see {@link orderOf}
 */
export const readDate = (text: string, order: DateOrder | null): string | null => {
  const certain = certainDate(text);
  if (certain !== null) return certain;
  const match = NUMERIC.exec(text);
  if (!match) return null;
  const [first, second, year] = [Number(match[1]), Number(match[3]), Number(match[4])];
  if (first === second) return iso(year, first, second);
  if (order === 'month_first') return iso(year, first, second);
  if (order === 'day_first') return iso(year, second, first);
  return null;
};
