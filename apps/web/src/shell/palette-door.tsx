import { UnstyledButton } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { KeyHint } from '@roster/ui';
import { IconSearch } from '@tabler/icons-react';
import { lazy, Suspense, useState, useSyncExternalStore } from 'react';
import { keepEarlyKeys, takeEarlyKeys } from './early-keys.js';
import classes from './palette-door.module.css';
import { closeShortcutSheet, useShortcutSheet } from './shortcut-sheet-state.js';

const PaletteDialog = lazy(async () => ({ default: (await import('./palette.js')).PaletteDialog }));
const ShortcutSheet = lazy(async () => ({ default: (await import('./shortcut-sheet.js')).ShortcutSheet }));

let opened = false;
const listeners = new Set<() => void>();
function set(next: boolean): void {
  opened = next;
  for (const listener of listeners) listener();
}
export function closePalette(): void {
  takeEarlyKeys();
  set(false);
}
/** Opens the palette. What is typed before it is there is for it: it is fetched when it is first opened. */
export function openPalette(): void {
  if (opened) return;
  keepEarlyKeys(closePalette);
  set(true);
}
const usePalette = (): boolean => useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => opened);

/** What is behind the door is fetched when it is first opened. */
export function Palette() {
  const open = usePalette();
  const sheet = useShortcutSheet();
  const [wanted, setWanted] = useState({ palette: false, sheet: false });
  if (open && !wanted.palette) setWanted({ ...wanted, palette: true });
  if (sheet && !wanted.sheet) setWanted({ ...wanted, sheet: true });
  return (
    <Suspense>
      {wanted.palette ? <PaletteDialog opened={open} onClose={closePalette} /> : null}
      {wanted.sheet ? <ShortcutSheet opened={sheet} onClose={closeShortcutSheet} /> : null}
    </Suspense>
  );
}

export function PaletteButton() {
  const { t } = useLingui();
  return (
    <UnstyledButton className={classes.door} data-no-act onClick={openPalette}>
      <IconSearch size={15} aria-hidden /><span className={classes.words}>{t`Search and commands`}</span><span className={classes.keys} aria-hidden><KeyHint keys={['mod', 'K']} /></span>
    </UnstyledButton>
  );
}
