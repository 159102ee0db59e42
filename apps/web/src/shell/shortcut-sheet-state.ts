import { useSyncExternalStore } from 'react';

let opened = false;
const listeners = new Set<() => void>();
function set(next: boolean): void {
  opened = next;
  for (const listener of listeners) listener();
}

export const openShortcutSheet = (): void => set(true);
export const closeShortcutSheet = (): void => set(false);
export const useShortcutSheet = (): boolean => useSyncExternalStore((listener) => { listeners.add(listener); return () => listeners.delete(listener); }, () => opened);
