import { EVIDENCE_KINDS } from '@roster/contracts';
import { isId } from '@roster/platform-context';
import { problem, type FieldError } from '@roster/platform-errors';
import type { FilterOperator, ListQuery, ListSpec } from '@roster/platform-http';
import { assertFilterValues } from './evidence-request.js';
import { EVIDENCE_STATUS_NAMES } from './evidence.dto.js';

/** What may wait for a member: a version that somebody else submitted, or links that somebody else made to evidence accepted before. */
export const AWAITING = ['my_decision', 'my_link_decision'] as const;
export type Awaiting = (typeof AWAITING)[number];

/** The list parameters of evidence. */
export const EVIDENCE_LIST: ListSpec = {
  filters: ['kind', 'status', 'workload', 'criterion', 'submittedBy', 'awaiting'], sorts: ['-updatedAt', 'createdAt', 'expiresAt'], search: true,
  operators: { expiresAt: ['lt', 'lte', 'gt', 'gte', 'empty'] },
};

/** A comparison of the end of the accepted version with an instant; null = whether there is an end at all. */
export type ExpiryCondition = { readonly operator: '<' | '<=' | '>' | '>='; readonly at: Date } | { readonly operator: 'empty'; readonly empty: boolean };

const COMPARISONS: Readonly<Partial<Record<FilterOperator, '<' | '<=' | '>' | '>='>>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };
const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `filter[expiresAt][…]`, with instants or moments like `now+30d` (h, d, w). @throws PLATFORM_REQUEST_INVALID */
export function readExpiryConditions(query: ListQuery, now: Date): ExpiryCondition[] {
  const errors: FieldError[] = [];
  const conditions = query.operations.filter(({ filter }) => filter === 'expiresAt').flatMap(({ operator, values }): ExpiryCondition[] => values.flatMap((value): ExpiryCondition[] => {
    const wrong = (message: string): [] => { errors.push({ path: `filter[expiresAt][${operator}]`, code: 'not_valid', message }); return []; };
    const comparison = COMPARISONS[operator];
    if (comparison === undefined) return value === 'yes' || value === 'no' ? [{ operator: 'empty', empty: value === 'yes' }] : wrong('expected yes or no');
    const at = readMoment(value, now);
    return at === null ? wrong('expected an instant like 2026-05-01T12:00:00Z, or a moment like now+30d') : [{ operator: comparison, at }];
  }));
  if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some query parameters are not valid.', { errors });
  return conditions;
}

/** @returns null when the text is neither an RFC 3339 instant nor a moment relative to `now` */
export function readMoment(text: string, now: Date): Date | null {
  const [, sign, count, unit] = /^now(?:([+-])(\d{1,5})([hdw]))?$/.exec(text) ?? [];
  if (text === 'now') return now;
  if (sign !== undefined && count !== undefined && unit !== undefined) return new Date(now.getTime() + (sign === '-' ? -1 : 1) * Number(count) * (UNITS[unit] ?? 0));
  const at = new Date(text);
  return /^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:\d{2})$/.test(text) && !Number.isNaN(at.getTime()) ? at : null;
}

/** Checks the values of the filters that have a set of them. @throws PLATFORM_REQUEST_INVALID */
export function assertEvidenceFilters(query: ListQuery): void {
  assertFilterValues(query, { kind: EVIDENCE_KINDS, status: EVIDENCE_STATUS_NAMES, awaiting: AWAITING });
  if ((query.filters.get('submittedBy') ?? []).some((value) => value !== 'me' && !isId(value))) {
    throw problem('PLATFORM_REQUEST_INVALID', 'Some query parameters are not valid.', { errors: [{ path: 'filter[submittedBy]', code: 'not_member', message: 'expected me or the id of a member' }] });
  }
}
