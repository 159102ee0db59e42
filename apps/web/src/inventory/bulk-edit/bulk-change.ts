import type { Schemas } from '@roster/api-client';
import { isNothingSelected, type RowSelection } from '@roster/ui';
import { customValue, type CustomType, isCustomText } from '../custom-values.js';
import type { WorkloadItem } from '../inventory.queries.js';

export type BulkChanges = Schemas['BulkChangesDto'];
export type BulkSelection = Schemas['BulkSelectionDto'];

/** Where a bulk change goes: a field that is set, a list that grows or shrinks, a fact, an owner who is asked, a field of the organization with what it accepts. */
export type BulkTarget =
  | { readonly kind: 'set' | 'facts'; readonly field: string }
  | { readonly kind: 'add' | 'remove'; readonly field: string }
  | { readonly kind: 'owners'; readonly field: string }
  | { readonly kind: 'custom'; readonly field: string; readonly type: CustomType };

/** One line of the dialog. */
export interface BulkLine {
  readonly target: BulkTarget;
  /** The value, or the values of a list; '' clears where that is possible. */
  readonly values: readonly string[];
}

/** Fields that may be emptied for all. */
export const CLEARABLE: ReadonlySet<string> = new Set(['businessUnit', 'riskTier', 'riskTierRationale', 'exposure', 'operation', 'autonomyLevel', 'euAiActRole', 'euAiActClass', 'runsOn', 'runbookLink', 'escalationPath']);

export function isFinished({ target, values }: BulkLine): boolean {
  const stated = values.filter((value) => value.trim() !== '');
  if (target.kind === 'custom') return values.length > 0 && stated.every((value) => isCustomText(value, target.type));
  return stated.length > 0 || (target.kind === 'set' && values.length === 1 && CLEARABLE.has(target.field));
}

/** The lines as the service takes them. */
export function toChanges(lines: readonly BulkLine[]): BulkChanges {
  const changes: Record<string, Record<string, unknown>> = {};
  for (const { target, values } of lines) {
    const [first = ''] = values;
    const value = target.kind === 'custom' ? customValue(values, target.type) : target.kind === 'add' || target.kind === 'remove' ? values : target.kind === 'set' && first.trim() === '' ? null : first.trim();
    changes[target.kind] = { ...changes[target.kind], [target.field]: value };
  }
  return changes as BulkChanges;
}

/** The selection as the service takes it: keys, or the query with what is left out of it. */
export function toSelection(selection: RowSelection, query: string, rows: readonly Pick<WorkloadItem, 'id' | 'key'>[]): BulkSelection | null {
  if (isNothingSelected(selection)) return null;
  // Ids are addresses too: rows that left the window stay selected.
  if (selection.kind === 'rows') return { keys: [...selection.ids] };
  const keyOf = new Map(rows.map((row) => [row.id, row.key]));
  return { query, except: [...selection.except].map((id) => keyOf.get(id) ?? id) };
}
