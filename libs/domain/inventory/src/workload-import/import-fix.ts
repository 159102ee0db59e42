import type { DuplicateRow } from './import-duplicate.repository.js';
import type { ImportOptions } from './import-options.js';
import type { IssueCauseRow } from './workload-import.repository.js';

/** What can be done about all rows with one cause at once. */
export const IMPORT_FIX_KINDS = ['use_suggestions', 'leave_blank', 'keep_as_custom_field', 'leave_column_out', 'formulas_as_text', 'formulas_as_result', 'identify_by_name', 'take_as_same', 'leave_out'] as const;
export type ImportFixKind = (typeof IMPORT_FIX_KINDS)[number];

/** A remedy: what to change in the options before the file is read again. */
export interface ImportFix {
  readonly kind: ImportFixKind;
  readonly options: Partial<ImportOptions>;
  /** Values, or rows, that it leaves as they are, because the options take no more. */
  readonly left?: number;
}

/** Cells that are what they are: the value does not fit the field, but it may be worth keeping. */
const UNREADABLE = new Set(['not_one_of', 'not_a_web_address', 'not_an_email', 'too_long', 'too_many_entries', 'not_a_date', 'not_a_number', 'not_yes_or_no', 'not_a_key']);
const isKept = (field: string | null): boolean => field?.startsWith('custom.') === true;

/**
 * The remedies of one cause that need nobody to open the file, the least lossy first. None of them invents a value: a cell is read as what the caller
 * confirms it means, kept elsewhere as it stands, or left blank with a warning.
 */
export const fixesOf = ({ severity, code, column, field, suggestions, suggested }: Pick<IssueCauseRow, 'severity' | 'code' | 'column' | 'field' | 'suggestions' | 'suggested'>, format: string | null): ImportFix[] => {
  if (severity !== 'error') return [];
  if (code === 'formula') return [{ kind: 'formulas_as_text', options: { formulas: 'text' } }, ...(format === 'xlsx' ? [{ kind: 'formulas_as_result', options: { formulas: 'result' } } as const] : [])];
  if (code === 'upsert_value_missing' || code === 'match_ambiguous') return [{ kind: 'identify_by_name', options: { upsertBy: null } }];
  if (column === null || field === 'name') return [];
  const leaveBlank: ImportFix = { kind: 'leave_blank', options: { leaveBlank: [column] } };
  if (code === 'spreadsheet_error' || code === 'retire_needs_record') return [leaveBlank];
  if (!UNREADABLE.has(code)) return [];
  return [
    ...(suggestions.length > 0 ? [{ kind: 'use_suggestions', options: { replacements: suggestions.map(({ from, to }) => ({ column, from, to })) }, left: suggested - suggestions.length } as const] : []),
    ...(isKept(field) ? [] : [{ kind: 'keep_as_custom_field', options: { mapping: { [column]: `custom.${column}` } } } as const]),
    leaveBlank,
    { kind: 'leave_column_out', options: { mapping: { [column]: null } } },
  ];
};

/**
 * What can be done about all likely duplicates at once; keeping all of them is doing nothing. One row a workload can be the same as it: the most likely.
 * @param duplicates most likely first, as many as the options still take
 * @param rows how many there are in all
 */
export const duplicateFixes = (duplicates: readonly Pick<DuplicateRow, 'line' | 'workload'>[], rows: number): ImportFix[] => {
  const left = rows - duplicates.length;
  const taken = new Set<string>();
  const same = duplicates.flatMap(({ line, workload }) => {
    if (workload === null || taken.has(workload)) return [];
    taken.add(workload);
    return [{ line, as: 'same' as const, workload }];
  });
  return [
    ...(same.length > 0 ? [{ kind: 'take_as_same', options: { duplicates: same }, left } as const] : []),
    ...(duplicates.length > 0 ? [{ kind: 'leave_out', options: { duplicates: duplicates.map(({ line }) => ({ line, as: 'left_out' as const })) }, left } as const] : []),
  ];
};
