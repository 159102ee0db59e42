import type { ProblemCode } from '@roster/contracts';
import { isId } from '@roster/platform-context';
import { problem, type FieldError } from '@roster/platform-errors';
import type { ListQuery } from '@roster/platform-http';

/** An id from an address. What is not an id names nothing, like an unknown one. */
export function asId(text: string, code: ProblemCode, detail: string): string {
  if (!isId(text)) throw problem(code, detail);
  return text;
}

/** A version number from an address. @throws EVIDENCE_VERSION_NOT_FOUND */
export function asVersion(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw problem('EVIDENCE_VERSION_NOT_FOUND', 'There is no such version of this evidence: versions are numbered from 1.');
  return Number(text);
}

/** @throws PLATFORM_REQUEST_INVALID naming each filter whose value is not one of its set */
export function assertFilterValues(query: ListQuery, sets: Readonly<Record<string, readonly string[]>>): void {
  const errors = Object.entries(sets).flatMap(([name, allowed]): FieldError[] => (query.filters.get(name) ?? []).filter((value) => !allowed.includes(value))
    .map(() => ({ path: `filter[${name}]`, code: 'not_one_of', message: `expected one of ${allowed.join(', ')}` })));
  if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some query parameters are not valid.', { errors });
}
