import { bodyOf, type Schemas } from '@roster/api-client';
import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client.js';

export type Review = Schemas['ReviewDto'];
export type ReviewDetail = Schemas['ReviewDetailDto'];
export type ReviewQuestion = Schemas['ReviewQuestionDto'];
export type Outcome = NonNullable<Review['outcome']>;

/** Filters of the list as the API names them, without `filter[…]`. */
export interface ReviewFilters {
  readonly status?: readonly string[];
  readonly workload?: string;
  readonly overdue?: string;
  readonly kind?: string;
  readonly deadLetter?: string;
  readonly owner?: string;
  readonly signOffBy?: string;
  readonly punctuality?: readonly string[];
  readonly missedPeriods?: string;
  readonly dueFrom?: string;
  readonly dueBefore?: string;
}

const parameters = (filters: ReviewFilters) => Object.fromEntries(Object.entries(filters as Readonly<Record<string, string | readonly string[] | undefined>>).flatMap(([name, value]) => {
  const values = typeof value === 'string' ? [value] : [...(value ?? [])];
  return values.length === 0 ? [] : [[`filter[${name}]`, values]];
}));
const at = (asOf: string | null) => (asOf === null ? {} : { asOf });

/** A page of reviews. @param sort `dueAt`, `-dueAt`, `updatedAt` or `-updatedAt` */
export const reviewPage = (filters: ReviewFilters, sort: string, asOf: string | null) => ({
  queryKey: ['reviews', 'list', filters, sort, asOf],
  fetchPage: (cursor: string | undefined, signal: AbortSignal, limit?: number) => bodyOf(api.GET('/api/v1/reviews', { params: { query: { ...parameters(filters), ...at(asOf), sort, cursor, limit, count: cursor === undefined } }, signal })),
});

export const reviewQuery = (id: string, asOf: string | null) => queryOptions({
  queryKey: ['reviews', 'one', id, asOf],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/reviews/{id}', { params: { path: { id }, query: at(asOf) }, signal })),
});

/** Most reviews that a calendar draws; what is beyond is said, with the list that has them all. */
export const CALENDAR_ROWS = 1_000;
const LARGEST_PAGE = 200;

/** The reviews due in a span, all of them up to {@link CALENDAR_ROWS}. @param span resolves to the instants: from (at or after) and before */
export const calendarQuery = (name: string, span: () => Promise<{ from: string; before: string }>, filters: ReviewFilters, asOf: string | null) => queryOptions({
  queryKey: ['reviews', 'calendar', name, filters, asOf],
  queryFn: async ({ signal }): Promise<{ rows: Review[]; total: number; from: string; before: string }> => {
    const { from, before } = await span();
    const rows: Review[] = [];
    let cursor: string | undefined;
    let total = 0;
    do {
      const page = await bodyOf(api.GET('/api/v1/reviews', { params: { query: { ...parameters({ ...filters, dueFrom: from, dueBefore: before }), ...at(asOf), sort: 'dueAt', limit: LARGEST_PAGE, cursor, count: cursor === undefined } }, signal }));
      rows.push(...page.items);
      total = page.total ?? total;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && rows.length < CALENDAR_ROWS);
    return { rows, total, from, before };
  },
});

export const punctualityQuery = queryOptions({
  queryKey: ['reviews', 'punctuality'],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/reviews/punctuality', { signal })),
});

/** @param months 1-36, the current one included */
export const trendQuery = (months: number) => queryOptions({
  queryKey: ['reviews', 'punctuality', 'trend', months],
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/reviews/punctuality/trend', { params: { query: { months } }, signal })),
});
