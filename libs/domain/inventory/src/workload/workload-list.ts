import { problem, type FieldError } from '@roster/platform-errors';
import { cursorOf, type ListQuery, type ListSpec } from '@roster/platform-http';
import { FILTER_OPERATIONS, FILTERS, readFilter, readOperation, type Condition, type FilterContext, type FilterKind, type Reading } from './workload-filter.js';

export type { Condition } from './workload-filter.js';

/** A column to sort by: the key of a page is its value, then `updated_at` where many rows share a value, then the id. */
interface SortKey {
  readonly columns: readonly { readonly sql: string; readonly type: 'text' | 'timestamptz' | 'smallint' | 'integer' }[];
}
const UPDATED = { sql: 'updated_at', type: 'timestamptz' } as const;
const SORTS: Readonly<Record<string, SortKey>> = {
  updatedAt: { columns: [UPDATED] }, name: { columns: [{ sql: 'name_sort', type: 'text' }] }, key: { columns: [{ sql: 'key', type: 'text' }] },
  registeredAt: { columns: [{ sql: 'registered_at', type: 'timestamptz' }] }, fallsAt: { columns: [{ sql: 'falls_sort', type: 'timestamptz' }] }, nextReviewDueAt: { columns: [{ sql: 'next_review_sort', type: 'timestamptz' }] },
  stage: { columns: [{ sql: 'stage_rank', type: 'smallint' }, UPDATED] }, riskTier: { columns: [{ sql: 'risk_rank', type: 'smallint' }, UPDATED] },
  kind: { columns: [{ sql: 'kind_sort', type: 'text' }, UPDATED] }, missingEvidence: { columns: [{ sql: 'missing_sort', type: 'integer' }, UPDATED] }, team: { columns: [{ sql: 'team_sort', type: 'text' }, UPDATED] }, businessUnit: { columns: [{ sql: 'business_unit_sort', type: 'text' }, UPDATED] },
};

/** The list of workloads: every filter may be repeated (alternatives), negated with `not:`, be `is empty` / `is not empty`, or have an operator. */
export const WORKLOAD_LIST: ListSpec = {
  filters: [...Object.keys(FILTERS), 'custom.*'], sorts: ['-updatedAt', ...Object.keys(SORTS).filter((name) => name !== 'updatedAt')], search: true, asOf: true, operators: FILTER_OPERATIONS,
};

export interface WorkloadListQuery {
  readonly conditions: readonly Condition[];
  readonly sort: SortKey;
  readonly descending: boolean;
  /** Values of the sort columns and the id after which the page starts. */
  readonly after: readonly (string | number)[] | null;
}

/** Names and conditions of the filters of a list, in the order they were asked for. */
export interface FilteredBy {
  readonly filter: string;
  readonly conditions: readonly Condition[];
}

/**
 * Reads the filters of a list, each with its conditions.
 * @throws PLATFORM_REQUEST_INVALID naming each filter value that cannot be used and what was expected
 */
export function readWorkloadFilters(query: Pick<ListQuery, 'filters' | 'operations'>, context: FilterContext): FilteredBy[] {
  const errors: FieldError[] = [];
  const kindOf = (name: string): FilterKind => FILTERS[name] ?? { kind: 'facet', field: name };
  const read = (path: string, filter: string, { found, wrong }: Reading): FilteredBy => {
    errors.push(...wrong.map((message) => ({ path, code: 'not_filter_value', message })));
    return { filter, conditions: found };
  };
  const found = [
    ...[...query.filters].map(([name, values]) => read(`filter[${name}]`, name, readFilter(kindOf(name), values, context))),
    ...query.operations.map(({ filter, operator, values }) => read(`filter[${filter}][${operator}]`, filter, readOperation(kindOf(filter), operator, values, context))),
  ];
  if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some filters are not valid.', { errors });
  return found;
}

/**
 * Turns the list parameters into conditions (api.md, Conventions).
 * @param context the instant that relative dates start from, and who asks
 * @throws PLATFORM_REQUEST_INVALID naming each filter value that cannot be used and what was expected; PLATFORM_CURSOR_INVALID
 */
export function readWorkloadList(query: ListQuery, context: FilterContext): WorkloadListQuery {
  const conditions = readWorkloadFilters(query, context).flatMap((one) => one.conditions);
  const sort = SORTS[query.sort.field] as SortKey;
  return { conditions, sort, descending: query.sort.descending, after: cursorOf(query, [...sort.columns.map(({ type }) => CURSOR_TYPES[type]), 'id']) };
}

const CURSOR_TYPES = { text: 'text', timestamptz: 'instantOrNever', smallint: 'smallint', integer: 'integer' } as const;
