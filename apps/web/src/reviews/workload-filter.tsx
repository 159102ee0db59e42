import { Autocomplete } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type RefObject } from 'react';
import { workloadChoicesQuery } from '../evidence/evidence.queries.js';

const PAUSE_MS = 200;

/**
 * Narrows a list to one workload, found by words or typed as a key. While somebody types nothing is narrowed: it takes effect with a choice, Enter, or
 * on leaving the field.
 * @param value key that is in force; '' for none
 * @param error what is wrong with that key
 */
export function WorkloadFilter({ value, error, inputRef, onChange }: { value: string; error: string | null; inputRef: RefObject<HTMLInputElement | null>; onChange: (value: string) => void }) {
  const { t } = useLingui();
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setText(value);
  }
  const [words] = useDebouncedValue(text.trim(), PAUSE_MS);
  const found = useQuery({ ...workloadChoicesQuery(words), placeholderData: keepPreviousData }).data ?? [];
  const nameOf = new Map(found.map(({ key, name }) => [key, name]));
  const apply = (key: string): void => {
    setText(key);
    if (key !== value) onChange(key);
  };
  return (
    <Autocomplete
      ref={inputRef} size="xs" w={220} aria-label={t`Key of the workload`} placeholder={t`Key or name of a workload`} value={text} error={text.trim() === value ? error : null} maxLength={200} clearable clearButtonProps={{ 'aria-label': t`Of any workload` }}
      data={[...nameOf.keys()]} filter={({ options }) => options} maxDropdownHeight={280} comboboxProps={{ width: 320, position: 'bottom-start' }} renderOption={({ option }) => <span>{option.value} {nameOf.get(option.value)}</span>}
      onChange={(next) => { setText(next); if (next === '' && value !== '') onChange(''); }} onOptionSubmit={apply} onBlur={() => apply(text.trim())}
      onKeyDown={(event) => { if (event.key === 'Enter' && event.currentTarget.getAttribute('aria-activedescendant') === null) apply(text.trim()); }}
    />
  );
}
