import { serviceNow } from '../clock/now.js';

/**
 * The name of an exported file: `reviews-2026-06-30.csv`; of a look at the past `reviews-as-known-on-2026-06-30T07-00-00Z.csv`.
 * @param stem what is in it, in English like the names of the API
 * @param first how many rows it holds where it does not hold all
 */
export function exportFileName(stem: string, asOf: string | null, first: number | null): string {
  const at = asOf === null ? serviceNow().toISOString().slice(0, 10) : `as-known-on-${new Date(asOf).toISOString().replace(/\.\d+Z$/, 'Z').replaceAll(':', '-')}`;
  return `${stem}-${at}${first === null ? '' : `-first-${first}`}.csv`;
}
