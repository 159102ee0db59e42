import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { Ref } from 'react';
import classes from './filter-bar.module.css';

/**
 * The text search of a list. Escape empties it, and leaves it when it is empty.
 * @param label what is searched; also its placeholder
 * @param ref the input, for the `/` key
 */
export function SearchBox({ label, text, onType, ref }: { label: string; text: string; onType: (text: string) => void; ref?: Ref<HTMLInputElement> }) {
  return (
    <TextInput ref={ref} className={classes.search} size="xs" type="search" aria-label={label} placeholder={label} leftSection={<IconSearch size={14} aria-hidden />} value={text}
      onChange={(event) => onType(event.currentTarget.value)} onKeyDown={(event) => { if (event.key === 'Escape') { if (text !== '') onType(''); else event.currentTarget.blur(); } }} />
  );
}
