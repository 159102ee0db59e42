import type { PunctualityVerdict } from './punctuality.js';

/** The lists behind the figures of punctuality, as paths of the API. */
export interface PunctualityRows {
  readonly due: string;
  readonly onTime: string;
  readonly late: string;
  readonly notDone: string;
  readonly missedPeriods: string;
}

/**
 * The lists behind the figures over reviews that fell due in `[from, until)`. Each has exactly the reviews that its figure counts; periods that
 * passed are counted, and the list behind them has the reviews during which they passed.
 */
export function punctualityRows(from: Date, until: Date): PunctualityRows {
  const rows = (...filters: readonly string[]): string => `/api/v1/reviews?${[...filters, `filter[dueFrom]=${from.toISOString()}`, `filter[dueBefore]=${until.toISOString()}`].join('&')}`;
  const counted = (...verdicts: readonly PunctualityVerdict[]): string => rows(...verdicts.map((verdict) => `filter[punctuality]=${verdict}`));
  return { due: counted('on_time', 'late', 'not_done'), onTime: counted('on_time'), late: counted('late'), notDone: counted('not_done'), missedPeriods: rows('filter[missedPeriods]=true') };
}
