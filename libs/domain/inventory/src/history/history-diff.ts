/** What changed between two states of a workload, field by field. */
export interface FieldChange {
  /** Name in the API; `custom.<key>` for a custom field. */
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
}

/**
 * Fields whose values differ. Custom fields are compared one by one. The order of a list matters, the order of object members does not.
 * @param before null for the first state: every field that was said then counts as set
 */
export function fieldChanges(before: Readonly<Record<string, unknown>> | null, after: Readonly<Record<string, unknown>>): FieldChange[] {
  const from = flatten(before ?? {});
  const to = flatten(after);
  const fields = [...new Set([...Object.keys(to), ...Object.keys(from)])];
  return fields.flatMap((field) => {
    const was = from[field] ?? null;
    const is = to[field] ?? null;
    if (same(was, is) || (before === null && isNothing(is))) return [];
    return [{ field, from: was, to: is }];
  });
}

function flatten(state: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { custom, ...fields } = state;
  const own = typeof custom === 'object' && custom !== null ? Object.entries(custom).map(([key, value]) => [`custom.${key}`, value] as const) : [];
  return { ...fields, ...Object.fromEntries(own) };
}

const isNothing = (value: unknown): boolean => value === null || value === false || value === 'unknown' || (Array.isArray(value) && value.length === 0);

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((value, index) => same(value, b[index]));
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) || Array.isArray(b)) return false;
  const left = Object.entries(a);
  return left.length === Object.keys(b).length && left.every(([key, value]) => key in b && same(value, (b as Record<string, unknown>)[key]));
}
