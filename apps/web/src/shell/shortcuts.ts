import { useEffect, useSyncExternalStore } from 'react';
import { currentCommands, type Command } from './commands.js';
import { toast } from './toast.js';

/** Between two keys of a series: also for slow hands and slow machines. */
const SEQUENCE_MS = 1_500;
const PREFERENCE = 'roster-single-keys';

const listeners = new Set<() => void>();
/** Single keys can be turned off for people whose tools type for them (WCAG 2.2, 2.1.4). */
export const singleKeysOn = (): boolean => localStorage.getItem(PREFERENCE) !== 'off';
export function setSingleKeys(on: boolean): void {
  localStorage.setItem(PREFERENCE, on ? 'on' : 'off');
  for (const listener of listeners) listener();
}
export const useSingleKeys = (): boolean => useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, singleKeysOn);

/** Whether a key press belongs to what has the focus: text fields, menus, dialogs and grids keep their keys. */
function belongsToFocus(event: KeyboardEvent): boolean {
  const target = event.target instanceof Element ? event.target : null;
  if (!target) return false;
  return target.closest('input, textarea, select, [contenteditable="true"], [role="dialog"], [role="menu"], [role="listbox"], [role="combobox"]') !== null;
}

const chordOf = (event: KeyboardEvent): string => `${event.ctrlKey || event.metaKey ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${event.key.length === 1 ? event.key.toLowerCase() : event.key}`;

/** What a series of pressed keys means: a command, the start of one, or nothing. */
export function matchKeys(pressed: readonly string[], commands: readonly Command[]): { command: Command | null; partial: boolean } {
  const candidates = commands.filter(({ keys }) => keys !== undefined && pressed.every((key, index) => keys[index] === key));
  const exact = candidates.findLast(({ keys }) => keys?.length === pressed.length) ?? null;
  return { command: exact, partial: candidates.some(({ keys }) => (keys?.length ?? 0) > pressed.length) };
}

/** Listens for the keys of all commands. @param refusalOf why the person may not do it, which is told instead; null when they may */
export function useShortcuts(refusalOf: (command: Command) => string | null): void {
  useEffect(() => {
    let pressed: string[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const forget = (): void => { pressed = []; };
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.key === 'Shift' || event.key === 'Control' || event.key === 'Meta' || event.key === 'Alt') return;
      const chord = chordOf(event);
      const isChord = chord.startsWith('mod+') || chord.startsWith('alt+');
      if (!isChord && (belongsToFocus(event) || !singleKeysOn())) return forget();
      clearTimeout(timer);
      timer = setTimeout(forget, SEQUENCE_MS);
      pressed = isChord ? [chord] : [...pressed, chord];
      let { command, partial } = matchKeys(pressed, currentCommands());
      if (!command && !partial && pressed.length > 1) {
        pressed = [chord];
        ({ command, partial } = matchKeys(pressed, currentCommands()));
      }
      if (command) {
        event.preventDefault();
        forget();
        const refusal = refusalOf(command);
        if (refusal === null) command.run();
        else toast.refused(refusal);
      } else if (!partial) forget();
    };
    addEventListener('keydown', onKey);
    return () => {
      clearTimeout(timer);
      removeEventListener('keydown', onKey);
    };
  }, [refusalOf]);
}
