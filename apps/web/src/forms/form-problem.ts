import { RosterProblem } from '@roster/api-client';
import { shownProblem } from '../api/problem.js';
import type { ShownProblem } from '@roster/ui';

interface FieldErrors {
  setFieldError(path: string, message: string): void;
  getValues(): object;
}

/**
 * Puts what the service says about fields beside the fields.
 * @param names paths of the problem under other names in the form
 * @returns what belongs to no field and has to be shown above the form; null when every error found its field
 */
export function applyProblem(form: FieldErrors, error: unknown, names: Readonly<Record<string, string>> = {}): ShownProblem | null {
  if (!(error instanceof RosterProblem) || error.errors.length === 0) return shownProblem(error);
  const values = form.getValues();
  const left = error.errors.filter(({ path, message }) => {
    const name = names[path] ?? path;
    const known = name.split('.').reduce<unknown>((value, part) => (typeof value === 'object' && value !== null && part in value ? (value as Record<string, unknown>)[part] : undefined), values) !== undefined;
    if (known) form.setFieldError(name, message);
    return !known;
  });
  return left.length === 0 ? null : { ...shownProblem(error), errors: left };
}
