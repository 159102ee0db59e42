import { isId, type Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { MOMENT_FORMS, readMoment, type ListQuery } from '@roster/platform-http';

/** The one value of a filter, or null when it is not given. @throws PLATFORM_REQUEST_INVALID when it is given twice */
export function single(query: ListQuery, name: string): string | null {
  const values = query.filters.get(name);
  if (values && values.length > 1) throw invalidFilter(name, 'expected once');
  return values?.[0] ?? null;
}

/** A filter that is true or false. @throws PLATFORM_REQUEST_INVALID for anything else */
export function yesOrNo(query: ListQuery, name: string): boolean | null {
  const value = single(query, name);
  if (value !== null && value !== 'true' && value !== 'false') throw invalidFilter(name, 'expected true or false');
  return value === null ? null : value === 'true';
}

export const invalidFilter = (name: string, message: string): Error =>
  problem('PLATFORM_REQUEST_INVALID', 'The filter is not valid.', { errors: [{ path: `filter[${name}]`, code: 'not_one_of', message }] });

/** A filter that names a member: an id, or `me`. @throws PLATFORM_REQUEST_INVALID for anything else */
export function memberOf(query: ListQuery, caller: Caller, name: string): string | null {
  const value = single(query, name);
  if (value === null) return null;
  const id = value === 'me' ? caller.memberId : value;
  if (!isId(id)) throw invalidFilter(name, 'expected me or the id of a member');
  return id;
}

/** A filter that is a moment: a day, an instant or a distance from now. @throws PLATFORM_REQUEST_INVALID for anything else */
export function momentOf(query: ListQuery, name: string, now: Date, comparison: '>=' | '<'): Date | null {
  const value = single(query, name);
  if (value === null) return null;
  const at = readMoment(value, now, comparison);
  if (!at) throw invalidFilter(name, `expected ${MOMENT_FORMS}`);
  return at;
}
