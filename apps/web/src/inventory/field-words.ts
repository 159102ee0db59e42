import { useLingui } from '@lingui/react/macro';
import { useWorkloadVocabulary } from '@roster/ui';
import { useMemo } from 'react';

/** Values of workload fields in words, for comparisons: what a person would say, never a code. */
export function useFieldWords(): (field: string, value: unknown) => string {
  const { t } = useLingui();
  const vocabulary = useWorkloadVocabulary();
  return useMemo(() => {
    const words: Readonly<Record<string, Readonly<Record<string, string>>>> = { ...vocabulary };
    const one = (field: string, value: unknown): string => {
      if (value === null || value === undefined || value === '' || value === 'unknown') return t`Unknown`;
      if (value === 'yes' || value === true) return t`Yes`;
      if (value === 'no' || value === false) return t`No`;
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
      return words[field]?.[text] ?? text;
    };
    return (field: string, value: unknown) => (Array.isArray(value) ? (value.length === 0 ? t`None` : value.map((part) => one(field, part)).join(', ')) : one(field, value));
  }, [t, vocabulary]);
}
