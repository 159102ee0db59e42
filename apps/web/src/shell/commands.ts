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

/** Where commands can be given: on the page that offers them, or everywhere. */
type Reach = 'page' | 'everywhere';

const sets = new Map<symbol, { readonly commands: readonly Command[]; readonly reach: Reach }>();
const listeners = new Set<() => void>();
let all: readonly Command[] = [];

function changed(): void {
  // A page wins over what can be done everywhere, whichever of them was drawn first; of two pages the one that came last.
  const byId = new Map<string, Command>();
  for (const reach of ['everywhere', 'page'] satisfies Reach[]) {
    for (const set of sets.values()) if (set.reach === reach) for (const command of set.commands) byId.set(command.id, command);
  }
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
export function useCommands(commands: readonly Command[], reach: Reach = 'page'): void {
  useEffect(() => {
    const set = Symbol('commands');
    sets.set(set, { commands, reach });
    changed();
    return () => {
      sets.delete(set);
      changed();
    };
  }, [commands, reach]);
}
