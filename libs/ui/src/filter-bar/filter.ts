/** How a filter compares. `unknown` and `known` ask whether there is a value at all. */
export type FilterOperator = 'is' | 'isNot' | 'lt' | 'lte' | 'gt' | 'gte' | 'unknown' | 'known';

/** One condition of a list; several are joined with AND, the values of one with OR. */
export interface Filter {
  readonly field: string;
  readonly operator: FilterOperator;
  /** Empty for `unknown` and `known`. */
  readonly values: readonly string[];
}

export interface FilterChoice {
  readonly value: string;
  readonly label: string;
}

interface FieldBase {
  readonly id: string;
  readonly label: string;
  /** Heading in the list of fields. */
  readonly group: string;
  /** Whether "is unknown" and "is known" make sense. */
  readonly mayBeUnknown?: boolean;
}
/**
 * A field that a list can be filtered by.
 * `choice`: a few known values, `ordered` ones also compare; `text`: values of the facet and what a person types; `person`: members of the facet;
 * `flag`: yes or no (`true`, `false`); `time`: instants, relative (`now+30d`) or a day; `count`: whole numbers from 0.
 */
export type FilterField = FieldBase & (
  | { readonly kind: 'choice'; readonly choices: readonly FilterChoice[]; readonly ordered?: boolean }
  | { readonly kind: 'text' } | { readonly kind: 'person' } | { readonly kind: 'flag' } | { readonly kind: 'time' } | { readonly kind: 'count' }
);

/** How often each value occurs under the other filters. */
export interface FilterFacet {
  readonly values: readonly { readonly value: string | null; readonly label: string | null; readonly count?: number }[];
  /** There are more values than these. */
  readonly more: boolean;
  /** Counts are lower bounds: there were more rows than were counted. */
  readonly capped: boolean;
  /** Looks for further values by what is typed; without it, typing only narrows those that are here. */
  readonly search?: (text: string) => void;
}

/** The operators that a field takes, in the order they are offered. */
export function operatorsOf(field: FilterField): readonly FilterOperator[] {
  const presence: readonly FilterOperator[] = field.mayBeUnknown === true ? ['unknown', 'known'] : [];
  switch (field.kind) {
    case 'choice': return ['is', 'isNot', ...(field.ordered === true ? ['gte', 'lte'] as const : []), ...presence];
    case 'text': case 'person': return ['is', 'isNot', ...presence];
    case 'flag': return ['is'];
    case 'time': return ['lte', 'lt', 'gte', 'gt', ...presence];
    case 'count': return ['gte', 'lte', 'is', ...presence];
  }
}

export const takesValue = (operator: FilterOperator): boolean => operator !== 'unknown' && operator !== 'known';
/** Whether an operator takes several values (alternatives). */
export const takesMany = (operator: FilterOperator): boolean => operator === 'is' || operator === 'isNot';

/** Whether a filter says something; an unfinished one is not applied. */
export function isComplete(filter: Filter): boolean {
  return !takesValue(filter.operator) || (filter.values.length > 0 && filter.values.every((value) => value !== ''));
}

/** A filter with another operator, its values kept where they still fit. */
export function withOperator(filter: Filter, operator: FilterOperator): Filter {
  if (!takesValue(operator)) return { ...filter, operator, values: [] };
  return { ...filter, operator, values: takesMany(operator) ? filter.values : filter.values.slice(0, 1) };
}

/** A distance from now, such as `now+30d`; null for everything else. `now` itself is a distance of 0 days. */
export function readRelative(value: string): { readonly days: number } | null {
  if (value === 'now') return { days: 0 };
  const [, sign, amount, unit] = /^now([+-])(\d{1,4})([dw])$/.exec(value) ?? [];
  if (sign === undefined || amount === undefined) return null;
  return { days: (sign === '+' ? 1 : -1) * Number(amount) * (unit === 'w' ? 7 : 1) };
}

/** @param days whole days from now, negative for the past */
export function writeRelative(days: number): string {
  return days === 0 ? 'now' : `now${days > 0 ? '+' : '-'}${Math.abs(days)}d`;
}
