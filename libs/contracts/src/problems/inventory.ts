import type { ProblemTable } from './problem-table.js';

/** Imports (domain.md section 3). A file that is refused has written nothing. */
const importProblems = {
  INVENTORY_IMPORT_NOT_FOUND: { status: 404, title: 'No such import' },
  INVENTORY_IMPORT_OPTIONS_INVALID: { status: 400, title: 'The options of the import are not valid' },
  INVENTORY_IMPORT_STATE_CONFLICT: { status: 409, title: 'The import is not in a state that allows this' },
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

export const inventoryProblems = {
  ...importProblems,
} as const satisfies ProblemTable;
