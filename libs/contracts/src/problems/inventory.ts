import type { ProblemTable } from './problem-table.js';

/** Imports (domain.md section 3). A file that is refused has written nothing. */
const importProblems = {
  INVENTORY_IMPORT_NOT_FOUND: { status: 404, title: 'No such import' },
  INVENTORY_IMPORT_OPTIONS_INVALID: { status: 400, title: 'The options of the import are not valid' },
  INVENTORY_IMPORT_STATE_CONFLICT: { status: 409, title: 'The import is not in a state that allows this' },
  INVENTORY_IMPORT_EXPIRED: { status: 409, title: 'The file and the rows of the import are gone' },
  INVENTORY_IMPORT_FILE_EMPTY: { status: 422, title: 'The file has nothing to import' },
  INVENTORY_IMPORT_FILE_TOO_LARGE: { status: 413, title: 'The file is too large' },
  INVENTORY_IMPORT_FILE_TRUNCATED: { status: 422, title: 'The file ends too early' },
  INVENTORY_IMPORT_FILE_MALFORMED: { status: 422, title: 'The file cannot be read' },
  INVENTORY_IMPORT_FORMAT_MISMATCH: { status: 422, title: 'The file is not what its name says' },
  INVENTORY_IMPORT_ARCHIVE_UNSAFE: { status: 422, title: 'The workbook is not safe to open' },
  INVENTORY_IMPORT_SHEET_NOT_FOUND: { status: 422, title: 'The workbook has no such sheet' },
  INVENTORY_IMPORT_ENCODING_UNKNOWN: { status: 422, title: 'The encoding of the file is not clear' },
  INVENTORY_IMPORT_NUL_BYTE: { status: 422, title: 'The file contains NUL bytes' },
  INVENTORY_IMPORT_LINE_TOO_LONG: { status: 422, title: 'A record of the file is too long' },
  INVENTORY_IMPORT_TOO_MANY_COLUMNS: { status: 422, title: 'The file has too many columns' },
  INVENTORY_IMPORT_TOO_MANY_ROWS: { status: 422, title: 'The file has too many rows' },
  INVENTORY_IMPORT_MAPPING_INVALID: { status: 422, title: 'The columns cannot be mapped to fields' },
} as const satisfies ProblemTable;

/** Workloads, owners, components and custom fields (domain.md sections 3 and 4). */
const workloadProblems = {
  INVENTORY_WORKLOAD_NOT_FOUND: { status: 404, title: 'No such workload' },
  INVENTORY_WORKLOAD_RETIRED: { status: 409, title: 'The workload is retired, which is final' },
  INVENTORY_WORKLOAD_FROZEN: { status: 409, title: 'The scope of the workload is frozen' },
  INVENTORY_KEY_TAKEN: { status: 409, title: 'This key is or was in use' },
  INVENTORY_MERGE_CONFLICT: { status: 409, title: 'These workloads cannot be merged' },
  INVENTORY_FACT_OVERRULED: { status: 409, title: 'A stronger statement about this fact stands' },
  INVENTORY_OWNER_NOT_FOUND: { status: 404, title: 'Nobody is assigned' },
  INVENTORY_OWNER_NOT_YOURS: { status: 403, title: 'Only the person concerned can answer' },
  INVENTORY_OWNER_STATE_CONFLICT: { status: 409, title: 'The assignment is not in a state that allows this' },
  INVENTORY_COMPONENT_NOT_FOUND: { status: 404, title: 'No such component' },
  INVENTORY_CUSTOM_FIELD_NOT_FOUND: { status: 404, title: 'No such custom field' },
  INVENTORY_CUSTOM_FIELD_TAKEN: { status: 409, title: 'This custom field exists already' },
} as const satisfies ProblemTable;

/** Saved views, bulk edits and exports of the inventory. */
const viewProblems = {
  INVENTORY_VIEW_NOT_FOUND: { status: 404, title: 'No such view' },
  INVENTORY_VIEW_BUILT_IN: { status: 409, title: 'A built-in view cannot be changed' },
  INVENTORY_VIEW_NOT_YOURS: { status: 403, title: 'Only the person who made the view can make it personal' },
  INVENTORY_VIEW_LIMIT_REACHED: { status: 409, title: 'There are too many views' },
  INVENTORY_BULK_EDIT_NOT_FOUND: { status: 404, title: 'No such bulk edit' },
  INVENTORY_BULK_EDIT_STATE_CONFLICT: { status: 409, title: 'The bulk edit is not in a state that allows this' },
  INVENTORY_BULK_EDIT_TOO_LARGE: { status: 422, title: 'Too many workloads for one bulk edit' },
  INVENTORY_BULK_EDIT_EMPTY: { status: 422, title: 'There is nothing to change' },
  INVENTORY_EXPORT_NOT_FOUND: { status: 404, title: 'No such export' },
  INVENTORY_EXPORT_NOT_READY: { status: 409, title: 'The export has no file' },
} as const satisfies ProblemTable;

export const inventoryProblems = {
  ...importProblems,
  ...workloadProblems,
  ...viewProblems,
} as const satisfies ProblemTable;
