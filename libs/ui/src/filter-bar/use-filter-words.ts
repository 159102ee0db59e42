import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useFormat } from '../format/format.js';
import { readRelative, type Filter, type FilterFacet, type FilterField, type FilterOperator } from './filter.js';

export interface FilterWords {
  readonly operator: (operator: FilterOperator, kind: FilterField['kind']) => string;
  /** A value as it is shown. */
  readonly value: (value: string, field: FilterField, facet: FilterFacet | undefined) => string;
  /** The whole filter for screen readers. */
  readonly whole: (filter: Filter, field: FilterField, facet: FilterFacet | undefined) => string;
}

/** Filters in words. */
export function useFilterWords(): FilterWords {
  const { t } = useLingui();
  const format = useFormat();
  const operator: FilterWords['operator'] = (name, kind) => {
    const time = kind === 'time';
    switch (name) {
      case 'is': return t`is`;
      case 'isNot': return t`is not`;
      case 'lt': return time ? t`is before` : t`is less than`;
      case 'lte': return time ? t`is on or before` : t`is at most`;
      case 'gt': return time ? t`is after` : t`is more than`;
      case 'gte': return time ? t`is on or after` : t`is at least`;
      case 'unknown': return t`is unknown`;
      case 'known': return t`is known`;
    }
  };
  const value: FilterWords['value'] = (text, field, facet) => {
    if (field.kind === 'flag') return text === 'true' ? t`Yes` : t`No`;
    if (field.kind === 'time') {
      const relative = readRelative(text);
      if (relative === null) return /^\d{4}-\d{2}-\d{2}/.test(text) ? format.day(text) : text;
      const days = Math.abs(relative.days);
      if (days === 0) return t`now`;
      return relative.days > 0 ? t`${plural(days, { one: '# day from now', other: '# days from now' })}` : t`${plural(days, { one: '# day ago', other: '# days ago' })}`;
    }
    if (field.kind === 'person' && text === 'me') return t`me`;
    if (field.kind === 'choice') return field.choices.find((choice) => choice.value === text)?.label ?? text;
    return facet?.values.find((known) => known.value === text)?.label ?? text;
  };
  return {
    operator, value,
    whole: (filter, field, facet) => [field.label, operator(filter.operator, field.kind), filter.values.map((one) => value(one, field, facet)).join(', ')].filter((part) => part !== '').join(' '),
  };
}
