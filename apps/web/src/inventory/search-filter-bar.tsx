import { useDebouncedCallback } from '@mantine/hooks';
import { FilterBar } from '@roster/ui';
import { useState, type ComponentProps } from 'react';

const TYPING_MS = 120;

/**
 * The filters with what is being typed: kept here, so that a key draws this bar anew and not the whole table.
 * @param q what is searched for
 * @param onSearch told when typing pauses
 */
export function SearchFilterBar({ q, onSearch, ...bar }: Omit<ComponentProps<typeof FilterBar>, 'search' | 'onSearch'> & { q: string; onSearch: (text: string) => void }) {
  const [typed, setTyped] = useState(q);
  const [typedFor, setTypedFor] = useState(q);
  if (typedFor !== q) {
    setTypedFor(q);
    setTyped(q);
  }
  const searchFor = useDebouncedCallback((text: string) => { setTypedFor(text); onSearch(text); }, TYPING_MS);
  return <FilterBar {...bar} search={typed} onSearch={(text) => { setTyped(text); searchFor(text); }} />;
}
