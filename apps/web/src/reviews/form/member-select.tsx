import { Select } from '@mantine/core';
import { useState } from 'react';
import { useMemberSearch } from '../../workload/acts/members.queries.js';

/**
 * An active member, found by name or address.
 * @param known who is chosen, with the name to show before anybody was looked for
 */
export function MemberSelect({ id, label, known, error, required = false, onChange }: { id?: string; label: string; known: { readonly id: string; readonly name: string }; error?: string | null; required?: boolean; onChange: (id: string, name: string) => void }) {
  const [words, setWords] = useState('');
  const found = useMemberSearch(words === known.name ? '' : words).members.map(({ id: value, name, email }) => ({ value, label: `${name} · ${email}` }));
  const chosen = found.find(({ value }) => value === known.id);
  const options = known.id === '' || chosen ? found : [{ value: known.id, label: known.name }, ...found];
  return (
    <Select
      id={id} label={label} required={required} searchable data={options} value={known.id === '' ? null : known.id} error={error} filter={({ options: all }) => all} onSearchChange={setWords}
      onChange={(value, option) => { if (value && option) onChange(value, option.label.split(' · ')[0] ?? ''); }}
    />
  );
}
