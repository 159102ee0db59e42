import { problem } from '@roster/platform-errors';
import type { ListQuery } from '@roster/platform-http';

/**
 * The values of a filter whose values are known.
 * @returns null when the filter is not used
 * @throws PLATFORM_REQUEST_INVALID for a value that no row can have: an empty list would say that there is no such row
 */
export function filterValues(query: Pick<ListQuery, 'filters'>, filter: string, allowed: readonly string[]): readonly string[] | null {
  const asked = query.filters.get(filter) ?? null;
  if (asked?.some((value) => !allowed.includes(value))) throw problem('PLATFORM_REQUEST_INVALID', 'Some filters are not valid.', { errors: [{ path: `filter[${filter}]`, code: 'not_filter_value', message: `expected one of ${allowed.join(', ')}` }] });
  return asked;
}
