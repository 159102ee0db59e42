import { useLingui } from '@lingui/react/macro';
import type { Schemas } from '@roster/api-client';
import { useFormat, useWorkloadVocabulary } from '@roster/ui';
import { useMemo } from 'react';

const NO_CUSTOM: readonly Schemas['CustomFieldDto'][] = [];

/** Values of workload fields in words, for comparisons: what a person would say, never a code. @param custom the organization's own fields, whose numbers and days are written as such */
export function useFieldWords(custom: readonly Schemas['CustomFieldDto'][] = NO_CUSTOM): (field: string, value: unknown) => string {
  const { t } = useLingui();
  const format = useFormat();
  const vocabulary = useWorkloadVocabulary();
  return useMemo(() => {
    const words: Readonly<Record<string, Readonly<Record<string, string>>>> = { ...vocabulary };
    const days = new Set(custom.filter(({ type }) => type === 'date').map(({ key }) => `custom.${key}`));
    const one = (field: string, value: unknown): string => {
      if (value === null || value === undefined || value === '' || value === 'unknown') return t`Unknown`;
      if (value === 'yes' || value === true) return t`Yes`;
      if (value === 'no' || value === false) return t`No`;
      if (typeof value === 'number') return format.number(value);
      if (typeof value === 'string' && days.has(field)) return format.day(value);
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
      return words[field]?.[text] ?? text;
    };
    return (field: string, value: unknown) => (Array.isArray(value) ? (value.length === 0 ? t`None` : value.map((part) => one(field, part)).join(', ')) : one(field, value));
  }, [t, format, vocabulary, custom]);
}
