import { FACT_COLUMNS, WORKLOAD_FIELDS } from '../workload/workload-field.js';
import { fieldChanges, type FieldChange } from './history-diff.js';
import type { HistoryRow } from './workload-history.repository.js';

/** Columns of a workload whose change people want to see, by their names in the API. */
const COLUMN_NAMES: ReadonlyMap<string, string> = new Map([
  ...WORKLOAD_FIELDS.map(([field, column]) => [column, field] as const), ...Object.entries(FACT_COLUMNS).map(([fact, column]) => [column, fact] as const),
  ['custom', 'custom'], ['stage', 'stage'], ['hardening', 'hardening'], ['undetermined', 'undetermined'], ['frozen', 'frozen'], ['next_review_due_at', 'nextReviewDueAt'],
  ['retire_reason', 'retireReason'], ['decommission_record', 'decommissionRecord'], ['withdrawn_at', 'withdrawnAt'], ['merged_into_id', 'mergedIntoId'], ['processes_real_data_answered', 'processesRealDataAnswered'],
]);

/**
 * What changed at one recorded instant, field by field. Empty when only bookkeeping changed (times, versions).
 * A whole part that appears or disappears is one change of that name.
 */
export function entryChanges({ part, item, before, after }: Pick<HistoryRow, 'part' | 'item' | 'before' | 'after'>): FieldChange[] {
  if (part === 'workload') return after === null ? [] : fieldChanges(before === null ? null : named(before), named(after));
  const field = part === 'fact' ? `facts.${item}` : part === 'owner' ? `owners.${item}` : part === 'component' ? `components.${item}` : part === 'relation' ? `relations.${item}` : `toolGrants.${item}`;
  return [{ field, from: before, to: after }];
}

const named = (row: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries([...COLUMN_NAMES].flatMap(([column, name]) => (column in row ? [[name, row[column]]] : [])));
