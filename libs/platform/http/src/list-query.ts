import { problem, type FieldError } from '@roster/platform-errors';
import { foreignCursor } from './list-cursor.js';
import { readInstant } from './moment.js';

export const MAX_LIMIT = 200;
export const DEFAULT_LIMIT = 50;
/** Most words of a text search, wherever it is kept or run: each is a condition of its own. */
export const MAX_SEARCH_WORDS = 10;
/** Longest text search, in characters. */
export const MAX_SEARCH_LENGTH = 200;

export interface ListSpec {
  /** Names allowed in filter[name]. */
  readonly filters: readonly string[];
  /** Fields allowed in sort; the first is the default, `-` in front means descending. */
  readonly sorts: readonly string[];
  readonly search?: boolean;
  readonly asOf?: boolean;
  /** The list does not count: `count` is refused. */
  readonly uncounted?: true;
  /** Only the default sort, in its direction: the other one is refused. */
  readonly oneWay?: true;
  /** Operators allowed in filter[name][operator], by filter; `custom.*` stands for every custom field. */
  readonly operators?: Readonly<Record<string, readonly FilterOperator[]>>;
}

/** Operators of typed filters: not equal, less, less or equal, greater, greater or equal, empty (`yes` or `no`). */
export const FILTER_OPERATORS = ['ne', 'lt', 'lte', 'gt', 'gte', 'empty'] as const;
export type FilterOperator = (typeof FILTER_OPERATORS)[number];

/** One `filter[name][operator]=value`. */
export interface FilterOperation {
  readonly filter: string;
  readonly operator: FilterOperator;
  readonly values: readonly string[];
}

export interface ListQuery {
  readonly limit: number;
  readonly cursor: readonly (string | number | boolean | null)[] | null;
  readonly sort: { readonly field: string; readonly descending: boolean };
  readonly filters: ReadonlyMap<string, readonly string[]>;
  /** Filters with an operator, where the list has some. */
  readonly operations: readonly FilterOperation[];
  readonly q: string | null;
  readonly count: boolean;
  readonly asOf: Date | null;
}

/** One page of a list. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  readonly total?: number;
}

type RawQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Reads the list parameters of api.md (Conventions).
 * @param raw the query string as parsed by the server
 * @throws PLATFORM_REQUEST_INVALID for any parameter that is unknown or out of range, PLATFORM_CURSOR_INVALID for a foreign cursor
 */
export function readListQuery(raw: RawQuery, spec: ListSpec): ListQuery {
  const errors: FieldError[] = [];
  const filters = new Map<string, readonly string[]>();
  const operations: FilterOperation[] = [];
  const wrong = (path: string, code: string, message: string): void => void errors.push({ path, code, message });
  for (const [name, value] of Object.entries(raw)) {
    if (value === undefined) continue;
    const values = typeof value === 'string' ? [value] : value;
    const [, filter, operator] = /^filter\[([A-Za-z0-9_.-]+)\](?:\[([a-z]+)\])?$/.exec(name) ?? [];
    if (filter !== undefined && operator !== undefined) {
      const allowed = operatorsOf(spec, filter.startsWith('custom.') ? 'custom.*' : filter);
      const known = allowed.find((one) => one === operator);
      if (known) operations.push({ filter, operator: known, values });
      else wrong(name, 'unknown_operator', allowed.length > 0 ? `expected one of the operators ${allowed.join(', ')}` : 'this filter takes no operators');
    } else if (filter !== undefined) {
      if (spec.filters.includes(filter) || (filter.startsWith('custom.') && spec.filters.includes('custom.*'))) filters.set(filter, values);
      else wrong(name, 'unknown_filter', `expected one of ${spec.filters.join(', ')}`);
    } else if (!['limit', 'cursor', 'sort', ...(spec.uncounted ? [] : ['count']), ...(spec.search ? ['q'] : []), ...(spec.asOf ? ['asOf'] : [])].includes(name)) {
      wrong(name, 'unknown_parameter', 'this parameter is not known here; remove it or check its spelling');
    } else if (values.length > 1) wrong(name, 'repeated', 'expected once');
  }
  const single = (name: string): string | null => (typeof raw[name] === 'string' ? raw[name] : null);
  const limit = single('limit') === null ? DEFAULT_LIMIT : Number(single('limit'));
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) wrong('limit', 'out_of_range', `expected a whole number from 1 to ${MAX_LIMIT}`);
  const sortText = single('sort') ?? spec.sorts[0] ?? 'id';
  const field = sortText.replace(/^-/, '');
  if (!spec.sorts.some((allowed) => allowed.replace(/^-/, '') === field)) wrong('sort', 'unknown_sort', `expected one of ${spec.sorts.map((s) => s.replace(/^-/, '')).join(', ')}, with - in front for descending`);
  else if (spec.oneWay && sortText !== spec.sorts[0]) wrong('sort', 'unknown_sort', `expected ${spec.sorts[0] ?? 'id'}: this list has one order`);
  const countText = single('count');
  if (countText !== null && !['true', 'false'].includes(countText)) wrong('count', 'not_boolean', 'expected true or false');
  const q = single('q');
  if (q !== null && (q.trim().length === 0 || q.length > MAX_SEARCH_LENGTH)) wrong('q', 'out_of_range', `expected 1 to ${MAX_SEARCH_LENGTH} characters`);
  else if (q !== null && q.trim().split(/\s+/).length > MAX_SEARCH_WORDS) wrong('q', 'out_of_range', `expected at most ${MAX_SEARCH_WORDS} words`);
  if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some query parameters are not valid.', { errors });
  const sort = { field, descending: sortText.startsWith('-') };
  const cursorText = single('cursor');
  return { limit, cursor: cursorText === null ? null : decodeCursor(cursorText, sort), sort, filters, operations, q: q?.trim() ?? null, count: countText === 'true', asOf: readAsOf(single('asOf')) };
}

/** Own entries only: the name comes from the query, and every object also answers to `constructor`. */
const operatorsOf = ({ operators }: ListSpec, filter: string): readonly FilterOperator[] => (operators && Object.hasOwn(operators, filter) ? operators[filter] : undefined) ?? [];

/** @throws PLATFORM_REQUEST_INVALID when it is not an RFC 3339 instant with an offset */
export function readAsOf(text: string | null | undefined): Date | null {
  if (text === null || text === undefined) return null;
  const instant = readInstant(text);
  if (!instant) throw problem('PLATFORM_REQUEST_INVALID', 'asOf is not valid.', { errors: [{ path: 'asOf', code: 'not_instant', message: 'expected an instant like 2026-05-01T12:00:00Z' }] });
  return instant;
}

interface CursorContent { readonly s: string; readonly k: (string | number | boolean | null)[] }

/** Cursor of the row after which the next page starts. @param key values of the sort field and the id of that row */
export const encodeCursor = (sort: ListQuery['sort'], key: (string | number | boolean | null)[]): string =>
  Buffer.from(JSON.stringify({ s: `${sort.descending ? '-' : ''}${sort.field}`, k: key } satisfies CursorContent)).toString('base64url');

function decodeCursor(text: string, sort: ListQuery['sort']): CursorContent['k'] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (isCursor(parsed) && parsed.s === `${sort.descending ? '-' : ''}${sort.field}`) return parsed.k;
  } catch {
    // Falls through to the one answer for every cursor that is not ours.
  }
  throw foreignCursor();
}

const isCursor = (value: unknown): value is CursorContent =>
  typeof value === 'object' && value !== null && 's' in value && typeof value.s === 'string' && 'k' in value && Array.isArray(value.k)
  && value.k.length <= 4 && value.k.every((part) => part === null || ['string', 'number', 'boolean'].includes(typeof part));

/**
 * Cuts a page out of `limit + 1` rows.
 * @param key the cursor key of a row: its sort value and id
 */
export function toPage<Row, Item>(rows: readonly Row[], query: ListQuery, key: (row: Row) => (string | number | boolean | null)[], map: (row: Row) => Item, total?: number): Page<Item> {
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(map), nextCursor: rows.length > query.limit && last !== undefined ? encodeCursor(query.sort, key(last)) : null,
    ...(total === undefined ? {} : { total }),
  };
}
