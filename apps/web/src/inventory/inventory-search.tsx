import { useLingui } from '@lingui/react/macro';
import { SearchBox } from '@roster/ui';
import { useMemo, useRef } from 'react';
import { useTypedText } from '../forms/use-typed-text.js';
import { useCommands, type Command } from '../shell/commands.js';

/** Shorter than elsewhere: the first rows of a search over 100,000 workloads are there within milliseconds. */
const PAUSE_MS = 120;

/** The text search of the inventory. @param q what is searched for @param onSearch told when typing pauses */
export function InventorySearch({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const { t } = useLingui();
  const [text, type] = useTypedText(q, onSearch, PAUSE_MS);
  const box = useRef<HTMLInputElement>(null);
  useCommands(useMemo((): Command[] => [{ id: 'inventory.search', label: t`Search the inventory`, group: t`This page`, keys: ['/'], run: () => box.current?.focus() }], [t]));
  return <SearchBox ref={box} label={t`Search workloads`} text={text} onType={type} />;
}
