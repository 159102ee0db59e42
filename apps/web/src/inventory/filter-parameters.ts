import type { Filter, FilterOperator } from '@roster/ui';

/** Parameters of an address or of a query string, as the router and the list read them. */
export type Parameters = Readonly<Record<string, string | readonly string[] | undefined>>;

const PARAMETER = /^filter\[([^\]]+)\](?:\[([a-z]+)\])?$/;
const OPERATORS: Readonly<Record<string, FilterOperator>> = { ne: 'isNot', lt: 'lt', lte: 'lte', gt: 'gt', gte: 'gte' };
const NAMES: Readonly<Partial<Record<FilterOperator, string>>> = { isNot: 'ne', lt: 'lt', lte: 'lte', gt: 'gt', gte: 'gte' };

const listOf = (value: string | readonly string[] | undefined): readonly string[] => (value === undefined ? [] : typeof value === 'string' ? [value] : value);

/** Reads the filters of `filter[field]=value` and `filter[field][operator]=value`, in the order of the address. */
export function readFilters(parameters: Parameters): readonly Filter[] {
  return Object.entries(parameters).flatMap(([name, given]): Filter[] => {
    const [, field, operator] = PARAMETER.exec(name) ?? [];
    const values = listOf(given);
    if (field === undefined || values.length === 0) return [];
    if (operator === 'empty') return [{ field, operator: values[0] === 'no' ? 'known' : 'unknown', values: [] }];
    if (operator !== undefined) {
      const known = OPERATORS[operator];
      // Comparisons take one value each; several of them are several conditions.
      return known === undefined ? [] : known === 'isNot' ? [{ field, operator: known, values }] : values.map((value) => ({ field, operator: known, values: [value] }));
    }
    if (values.length === 1 && /^(is )?empty$/i.test(values[0] ?? '')) return [{ field, operator: 'unknown', values: [] }];
    if (values.length === 1 && /^is not empty$/i.test(values[0] ?? '')) return [{ field, operator: 'known', values: [] }];
    if (values.every((value) => /^not:/i.test(value))) return [{ field, operator: 'isNot', values: values.map((value) => value.slice('not:'.length)) }];
    return [{ field, operator: 'is', values }];
  });
}

/** Writes filters as the parameters of the list; filters of one field and operator are joined. */
export function writeFilters(filters: readonly Filter[]): Record<string, readonly string[]> {
  const parameters: Record<string, readonly string[]> = {};
  for (const { field, operator, values } of filters) {
    const name = operator === 'unknown' || operator === 'known' ? `filter[${field}][empty]` : operator === 'is' ? `filter[${field}]` : `filter[${field}][${NAMES[operator] ?? operator}]`;
    const given = operator === 'unknown' ? ['yes'] : operator === 'known' ? ['no'] : values;
    parameters[name] = [...new Set([...(parameters[name] ?? []), ...given])];
  }
  return parameters;
}

/** Parameters as a query string with readable brackets. */
export function queryText(parameters: Parameters): string {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) for (const one of listOf(value)) text.append(name, one);
  return text.toString().replaceAll('%5B', '[').replaceAll('%5D', ']');
}

/** A query string as parameters. */
export function parametersOf(text: string): Record<string, string | readonly string[]> {
  const parameters: Record<string, string | readonly string[]> = {};
  const read = new URLSearchParams(text);
  for (const name of new Set(read.keys())) {
    const values = read.getAll(name);
    parameters[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return parameters;
}
