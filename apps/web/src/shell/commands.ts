import type { Permission } from '@roster/contracts';
import { useEffect, useSyncExternalStore } from 'react';

/** Something a person can do from here: found in the palette, and by its keys. */
export interface Command {
  /** Unique, such as `inventory.register`. */
  readonly id: string;
  readonly label: string;
  /** Heading in the palette and the shortcut sheet. */
  readonly group: string;
  /** Keys pressed one after the other, such as `['g', 'i']` or `['c']`; `mod+k` for a chord. */
  readonly keys?: readonly string[];
  readonly permission?: Permission;
  /** Further words under which it is found. */
  readonly keywords?: readonly string[];
  readonly run: () => void;
}

const sets = new Map<symbol, readonly Command[]>();
const listeners = new Set<() => void>();
let all: readonly Command[] = [];

function changed(): void {
  // The page that came last wins where two use the same id or keys.
  const byId = new Map<string, Command>();
  for (const set of sets.values()) for (const command of set) byId.set(command.id, command);
  all = [...byId.values()];
  for (const listener of listeners) listener();
}

export const currentCommands = (): readonly Command[] => all;
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** All commands that can be given now. */
export const useCommandList = (): readonly Command[] => useSyncExternalStore(subscribe, currentCommands);

/** Offers commands while the component is mounted. @param commands stable between renders (useMemo), or they register again each time */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => {
    const set = Symbol('commands');
    sets.set(set, commands);
    changed();
    return () => {
      sets.delete(set);
      changed();
    };
  }, [commands]);
}
