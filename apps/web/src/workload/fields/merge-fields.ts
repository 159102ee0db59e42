import type { Workload } from '../workload.queries.js';
import type { Changes } from './fields.js';

/** Whether two values say the same; lists by their members in order. */
export const sameValue = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** A value by its name; custom fields as `custom.<key>`. */
export function valueAt(source: Pick<Workload, 'custom'> | Changes, name: string): unknown {
  const record = source as Readonly<Record<string, unknown>>;
  if (!name.startsWith('custom.')) return record[name];
  const custom = record.custom as Readonly<Record<string, unknown>> | undefined;
  return custom?.[name.slice('custom.'.length)];
}

/** Names of everything a change touches, custom fields one by one. */
export const namesOf = (changes: Changes): string[] => Object.keys(changes).flatMap((name) => (name === 'custom' ? Object.keys(changes.custom ?? {}).map((key) => `custom.${key}`) : [name]));

/** A change of exactly these names. */
export function changesOf(names: readonly string[], valueOf: (name: string) => unknown): Changes {
  const changes: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  for (const name of names) {
    if (name.startsWith('custom.')) custom[name.slice('custom.'.length)] = valueOf(name) ?? null;
    else changes[name] = valueOf(name) ?? null;
  }
  return (Object.keys(custom).length > 0 ? { ...changes, custom } : changes) as Changes;
}

/** The fields on which somebody else was faster: changed since `base`, and to something other than what I want. */
export const conflictsOf = (base: Workload, theirs: Workload, mine: Changes): string[] =>
  namesOf(mine).filter((name) => !sameValue(valueAt(base, name), valueAt(theirs, name)) && !sameValue(valueAt(theirs, name), valueAt(mine, name)));
