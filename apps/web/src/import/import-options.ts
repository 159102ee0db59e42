import type { ColumnChanges } from '@roster/ui';
import { decisionsOf, withDecisions } from './duplicate-decisions.js';
import type { ImportFix, ImportOptions } from './import.queries.js';

/** What an import was read with, as the service keeps it: with nulls for what nobody said. */
type KeptOptions = Readonly<Record<string, unknown>>;

/** What somebody decided on the page and is not read yet. */
export interface PendingOptions {
  readonly columns: ColumnChanges;
  /** Other options; `undefined` leaves the choice to the service again. */
  readonly others: Readonly<Partial<ImportOptions>>;
}

export const NOTHING_PENDING: PendingOptions = { columns: {}, others: {} };

export const isPending = ({ columns, others }: PendingOptions): boolean => Object.keys(columns).length > 0 || Object.keys(others).length > 0;

/** As a draft keeps it: `undefined`, which leaves the choice to the service again, would be lost in it; null says the same. */
export const asDraft = ({ columns, others }: PendingOptions): PendingOptions => ({ columns, others: Object.fromEntries(Object.entries(others).map(([name, value]) => [name, value ?? null])) });

const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {});
const list = <T>(value: unknown): T[] => (Array.isArray(value) ? (value as T[]) : []);

/** The options to read the file with again: those it was read with, and what was decided since. */
export function nextOptions(kept: KeptOptions, { columns, others }: PendingOptions): ImportOptions {
  const all = { ...kept, ...others, mapping: { ...record(kept.mapping), ...columns } };
  return { ...(Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null && value !== undefined)) as ImportOptions), dryRun: true };
}

/** The options with one remedy added: columns and defaults by name, replacements, decisions about duplicates and columns to leave blank added, others replaced. */
export function withFix(kept: KeptOptions, fix: ImportFix): ImportOptions {
  const { mapping, replacements, leaveBlank, duplicates, ...others } = fix.options as ImportOptions & Record<string, unknown>;
  const column = (item: { column: string; from: string }): string => `${item.column}\u0000${item.from}`;
  const added = list<{ column: string; from: string; to: string }>(replacements);
  const replaced = new Set(added.map(column));
  return nextOptions({
    ...kept, ...others,
    replacements: [...list<{ column: string; from: string; to: string }>(kept.replacements).filter((item) => !replaced.has(column(item))), ...added],
    duplicates: withDecisions(decisionsOf(kept.duplicates), decisionsOf(duplicates)),
    leaveBlank: [...new Set([...list<string>(kept.leaveBlank), ...list<string>(leaveBlank)])],
  }, { columns: record(mapping) as ColumnChanges, others: {} });
}
