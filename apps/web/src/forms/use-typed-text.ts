import { useDebouncedCallback } from '@mantine/hooks';
import { useState } from 'react';

const PAUSE_MS = 250;

/**
 * The text of a field that is part of the address. It is shown as it is typed and told to the address after a pause; what changes the address in
 * another way (Back, a view, a link) is shown in the field.
 * @param address the text as the address has it
 * @param tell puts the text into the address, without spaces around it
 * @param pause ms without a key after which it is told
 * @returns the text to show and what takes the next one
 */
export function useTypedText(address: string, tell: (text: string) => void, pause = PAUSE_MS): readonly [text: string, type: (text: string) => void] {
  // Told: on their way to the address, which takes its time. Their arrival changes nothing in the field, where more may have been typed since.
  const [{ text, seen, told }, set] = useState<{ readonly text: string; readonly seen: string; readonly told: readonly string[] }>({ text: address, seen: address, told: [] });
  if (seen !== address) {
    const arrived = told.indexOf(address);
    set({ text: arrived < 0 ? address : text, seen: address, told: arrived < 0 ? [] : told.slice(arrived + 1) });
  }
  const pass = useDebouncedCallback((next: string) => {
    if (next === address) return;
    set((state) => ({ ...state, told: [...state.told, next] }));
    tell(next);
  }, pause);
  return [text, (next) => {
    set((state) => ({ ...state, text: next }));
    pass(next.trim());
  }];
}
