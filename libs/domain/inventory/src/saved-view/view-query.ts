import { problem } from '@roster/platform-errors';
import { readListQuery, type ListQuery } from '@roster/platform-http';
import { WORKLOAD_LIST } from '../workload/workload-list.js';

/** Longest query string of a view, an export or a selection, in characters. */
export const MAX_QUERY = 4_000;
const PAGE_PARAMETERS = ['limit', 'cursor', 'sort', 'count', 'asOf'];

/** A query string as the list reads it: repeated parameters as lists. */
export function parametersOf(query: string): Record<string, string | string[]> {
  // A Map, because a name may be one that every object has.
  const parameters = new Map<string, string | string[]>();
  for (const [name, value] of new URLSearchParams(query)) {
    const before = parameters.get(name);
    parameters.set(name, before === undefined ? value : [...(typeof before === 'string' ? [before] : before), value]);
  }
  return Object.fromEntries(parameters);
}

/**
 * Reads the query string that a view, an export and a selection have in common with the address of the list: filters and text search.
 * @param path name of the request field, for the error
 * @returns the string in one spelling, and what the list makes of it
 * @throws PLATFORM_REQUEST_INVALID naming each parameter that the list does not take
 */
export function readViewQuery(query: string, sort: string | undefined, path = 'query'): { query: string; sort: string; list: ListQuery } {
  const parameters = parametersOf(query.replace(/^\?/, ''));
  const foreign = Object.keys(parameters).filter((name) => PAGE_PARAMETERS.includes(name));
  if (foreign.length > 0) {
    throw problem('PLATFORM_REQUEST_INVALID', 'The query is not valid.', { errors: foreign.map((name) => ({ path: `${path}.${name}`, code: 'unknown_parameter', message: 'expected filters and q only; page, order and instant are no part of it' })) });
  }
  const list = readListQuery({ ...parameters, ...(sort === undefined ? {} : { sort }) }, WORKLOAD_LIST);
  const written = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) for (const one of typeof value === 'string' ? [value] : value) written.append(name, one);
  // Brackets stay as they are: an address that people can read.
  const text = written.toString().replaceAll('%5B', '[').replaceAll('%5D', ']');
  return { query: text, sort: `${list.sort.descending ? '-' : ''}${list.sort.field}`, list };
}
