import { EVIDENCE_KINDS } from '@roster/contracts';
import { isId } from '@roster/platform-context';
import { problem, type FieldError } from '@roster/platform-errors';
import { MOMENT_FORMS, readMoment, type FilterOperator, type ListQuery, type ListSpec } from '@roster/platform-http';
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

/** `filter[expiresAt][…]`, with the moments of all lists. @throws PLATFORM_REQUEST_INVALID */
export function readExpiryConditions(query: ListQuery, now: Date): ExpiryCondition[] {
  const errors: FieldError[] = [];
  const conditions = query.operations.filter(({ filter }) => filter === 'expiresAt').flatMap(({ operator, values }): ExpiryCondition[] => values.flatMap((value): ExpiryCondition[] => {
    const wrong = (message: string): [] => { errors.push({ path: `filter[expiresAt][${operator}]`, code: 'not_valid', message }); return []; };
    const comparison = COMPARISONS[operator];
    if (comparison === undefined) return value === 'yes' || value === 'no' ? [{ operator: 'empty', empty: value === 'yes' }] : wrong('expected yes or no');
    const at = readMoment(value, now, comparison);
    return at === null ? wrong(`expected ${MOMENT_FORMS}`) : [{ operator: comparison, at }];
  }));
  if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some query parameters are not valid.', { errors });
  return conditions;
}

/** Checks the values of the filters that have a set of them. @throws PLATFORM_REQUEST_INVALID */
export function assertEvidenceFilters(query: ListQuery): void {
  assertFilterValues(query, { kind: EVIDENCE_KINDS, status: EVIDENCE_STATUS_NAMES, awaiting: AWAITING });
  if ((query.filters.get('submittedBy') ?? []).some((value) => value !== 'me' && !isId(value))) {
    throw problem('PLATFORM_REQUEST_INVALID', 'Some query parameters are not valid.', { errors: [{ path: 'filter[submittedBy]', code: 'not_member', message: 'expected me or the id of a member' }] });
  }
}
