/** A column of a file as the import sees it (GET /workload-imports/{id}). */
export interface MappedFileColumn {
  readonly position: number;
  readonly column: string;
  /** Field it fills, `custom.<key>`, or null: not imported. */
  readonly field: string | null;
  readonly createsCustomField: boolean;
  readonly source: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly alternatives: readonly { readonly field: string; readonly confidence: number }[];
  readonly filled: number;
  readonly blank: number;
  readonly samples: readonly string[];
}

/** A field that a column can fill. */
export interface ImportTarget {
  readonly name: string;
  readonly label: string;
  readonly kind: string;
  readonly values: readonly string[];
}

/** What somebody decided about columns and is not read yet: column -> field, `custom.<name>` or null. */
export type ColumnChanges = Readonly<Record<string, string | null>>;

/** The choice for "a new custom field of the column's name". */
export const NEW_CUSTOM = 'custom';
/** The choice for "not imported". */
export const LEFT_OUT = '';
/** Below this a guess is worth a look. */
export const SURE_FROM = 0.8;

/** Where a column goes now, as a choice of its list. @param known names of the targets */
export function choiceOf(column: MappedFileColumn, changes: ColumnChanges, known: ReadonlySet<string>): string {
  const field = column.column in changes ? (changes[column.column] ?? null) : column.field;
  if (field === null) return LEFT_OUT;
  return known.has(field) ? field : NEW_CUSTOM;
}

/**
 * The changes after one column was given another place. Two columns cannot fill one field: the one that had it becomes a custom field.
 * @param choice a name of a target, NEW_CUSTOM or LEFT_OUT
 */
export function withChoice(columns: readonly MappedFileColumn[], changes: ColumnChanges, column: MappedFileColumn, choice: string, known: ReadonlySet<string>): ColumnChanges {
  const next: Record<string, string | null> = { ...changes };
  if (choice !== NEW_CUSTOM && choice !== LEFT_OUT) {
    for (const other of columns) if (other.column !== column.column && choiceOf(other, changes, known) === choice) next[other.column] = `custom.${other.column}`;
  }
  const field = choice === LEFT_OUT ? null : choice === NEW_CUSTOM ? `custom.${column.column}` : choice;
  // Back to where the file stands: no change to read.
  if (choiceOf(column, {}, known) === choice) delete next[column.column];
  else next[column.column] = field;
  return next;
}

export type ColumnGroup = 'check' | 'field' | 'custom' | 'left_out';

/** In which part of the list a column stands: what is worth a look first. */
export function groupOf(column: MappedFileColumn, changes: ColumnChanges, known: ReadonlySet<string>): ColumnGroup {
  const choice = choiceOf(column, changes, known);
  if (!(column.column in changes) && column.source === 'guessed' && column.confidence < SURE_FROM) return 'check';
  if (choice === LEFT_OUT) return 'left_out';
  return choice === NEW_CUSTOM || choice.startsWith('custom.') ? 'custom' : 'field';
}
