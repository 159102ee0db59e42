import { PROBLEMS, type ProblemCode } from '@roster/contracts';

/** One thing wrong with the input: where, which rule, and how to fix it. */
export interface FieldError {
  /** Path of the field, such as `links[0].criterion`. */
  readonly path: string;
  /** Machine-readable rule, such as `required` or `not_one_of`. */
  readonly code: string;
  /** What was expected and how to fix it, for people. */
  readonly message: string;
}

/** An error that is meant for the caller. The HTTP filter turns it into application/problem+json (RFC 9457). */
export class ProblemError extends Error {
  readonly status: number;
  readonly title: string;

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly errors: readonly FieldError[] = [],
    /** Members added to the problem document, such as `gaps` of a freeze. */
    readonly extensions: Readonly<Record<string, unknown>> = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${code}: ${detail}`);
    this.name = 'ProblemError';
    this.status = PROBLEMS[code].status;
    this.title = PROBLEMS[code].title;
  }
}

/**
 * Makes a problem to throw.
 * @param code one of the codes in `@roster/contracts`
 * @param detail what happened this time and what to do about it
 */
export const problem = (
  code: ProblemCode,
  detail: string,
  more: { errors?: readonly FieldError[]; extensions?: Record<string, unknown>; headers?: Record<string, string> } = {},
): ProblemError => new ProblemError(code, detail, more.errors, more.extensions, more.headers);
