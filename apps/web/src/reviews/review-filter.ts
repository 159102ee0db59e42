import type { ReviewFilters } from './reviews.queries.js';

const NAMES = ['status', 'workload', 'overdue', 'kind', 'deadLetter', 'owner', 'signOffBy', 'punctuality', 'missedPeriods', 'dueFrom', 'dueBefore'] as const;
/** Those that take several values, any of which is meant. */
const SEVERAL: ReadonlySet<string> = new Set<ReviewFilterName>(['status', 'punctuality']);
export type ReviewFilterName = (typeof NAMES)[number];
type Search = Readonly<Record<string, unknown>>;

const texts = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one !== '');

/** The filters of an address; the address says them as the API does (`filter[status]=due`), so that a link is a query. */
export function filtersOf(search: Search): ReviewFilters {
  return Object.fromEntries(NAMES.flatMap((name) => {
    const values = texts(search[`filter[${name}]`]);
    return values.length === 0 ? [] : [[name, SEVERAL.has(name) ? values : values[0]]];
  }));
}

/** The address of filters, besides what else the address says. */
export function searchOf(filters: ReviewFilters, rest: Search): Record<string, unknown> {
  return {
    ...Object.fromEntries(Object.entries(rest).filter(([name]) => !name.startsWith('filter['))),
    ...Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined).map(([name, value]) => [`filter[${name}]`, value as unknown])),
  };
}

const OPEN = ['scheduled', 'due', 'in_progress', 'awaiting_sign_off'] as const;

/** Usual questions about reviews. What they do not name stays as it is: the workload and whose reviews. */
export const REVIEW_VIEWS = {
  open: { status: [...OPEN] },
  overdue: { overdue: 'true' },
  due: { status: ['due', 'in_progress'], overdue: 'false' },
  sign_off: { signOffBy: 'me' },
  completed: { status: ['completed'] },
  skipped: { status: ['skipped'] },
  late: { punctuality: ['late'] },
  not_done: { punctuality: ['not_done'] },
  stuck: { deadLetter: 'true' },
  all: {},
} as const satisfies Readonly<Record<string, ReviewFilters>>;
export type ReviewView = keyof typeof REVIEW_VIEWS;

/** Filters that stay when another view is chosen. */
const kept = ({ workload, owner }: ReviewFilters): ReviewFilters => ({ ...(workload === undefined ? {} : { workload }), ...(owner === undefined ? {} : { owner }) });
const normal = (filters: ReviewFilters): string => JSON.stringify(NAMES.filter((name) => name !== 'workload' && name !== 'owner').map((name) => { const value = filters[name]; return typeof value === 'object' ? [...value].sort() : value ?? null; }));

/** The filters of a view for the same workload and owner. */
export const inView = (view: ReviewView, filters: ReviewFilters): ReviewFilters => ({ ...REVIEW_VIEWS[view], ...kept(filters) });

/** The view that these filters are; null for a combination of its own. An address without filters is the list of open reviews. */
export function viewOf(filters: ReviewFilters): ReviewView | null {
  return (Object.keys(REVIEW_VIEWS) as ReviewView[]).find((view) => normal(REVIEW_VIEWS[view]) === normal(filters)) ?? null;
}
