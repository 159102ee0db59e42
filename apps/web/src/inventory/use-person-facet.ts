import { bodyOf } from '@roster/api-client';
import type { Filter, FilterFacet } from '@roster/ui';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.js';
import { useMemberSearch } from '../workload/acts/members.queries.js';

const WORDS: ReadonlySet<string> = new Set(['me', 'unknown']);

/**
 * Values of filters about people: those that were counted, active members by what is typed, and the names of whoever is chosen already.
 * @param people ids of the fields that hold people
 * @param wanted field whose values are shown; null while none is
 */
export function usePersonFacet(people: ReadonlySet<string>, filters: readonly Filter[], wanted: string | null): (field: string, counted: FilterFacet | undefined) => FilterFacet | undefined {
  const [typed, setTyped] = useState({ field: '', text: '' });
  const text = typed.field === wanted ? typed.text : '';
  const { members, more } = useMemberSearch(text, wanted !== null && people.has(wanted));
  const chosen = [...new Set(filters.filter(({ field }) => people.has(field)).flatMap(({ values }) => values).filter((value) => !WORDS.has(value)))];
  const named = useQueries({
    queries: chosen.map((id) => ({ queryKey: ['members', 'one', id], staleTime: 60_000, retry: false, queryFn: ({ signal }: { signal: AbortSignal }) => bodyOf(api.GET('/api/v1/members/{id}', { params: { path: { id } }, signal })) })),
    combine: (answers) => answers.flatMap(({ data }) => (data === undefined ? [] : [{ value: data.id, label: data.name }])),
  });
  return (field, counted) => {
    if (!people.has(field)) return counted;
    const found = field === wanted ? members.map(({ id, name }) => ({ value: id, label: name })) : [];
    const known = new Set(counted?.values.map(({ value }) => value));
    const added = [...new Map([...found, ...named].map((one) => [one.value, one])).values()].filter(({ value }) => !known.has(value));
    return { values: [...(counted?.values ?? []), ...added], more: (counted?.more ?? false) || more, capped: counted?.capped ?? false, search: (next) => setTyped({ field, text: next }) };
  };
}
