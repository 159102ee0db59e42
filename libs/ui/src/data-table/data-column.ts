import type { ReactNode } from 'react';

/** What an inline edit of one cell looks like and where its value goes. */
export type CellEditor<Row> = TextEditor<Row> | ChoiceEditor<Row>;

interface EditorBase<Row> {
  /** Why this cell may not be edited (the missing permission and who grants it), or undefined when it may. Shown, never silent. */
  readonly refusal?: (row: Row) => string | undefined;
  /** What the cell shows while the save is on its way; without it the text of the value. */
  readonly preview?: (value: string) => ReactNode;
  /**
   * Saves the new value. The cell shows it at once; a rejection rolls the cell back and its message is shown at the cell.
   * @throws the error whose message tells the person what happened
   */
  readonly onSave: (row: Row, value: string) => Promise<void>;
}

/** A line of text. */
export interface TextEditor<Row> extends EditorBase<Row> {
  readonly kind: 'text';
  readonly value: (row: Row) => string;
  /** Most characters; the rule of the field, not of the table. */
  readonly maxLength?: number;
  /** An empty value is refused. */
  readonly required?: boolean;
}

/** One of a few values, or none where `clearable` says so (the empty string). */
export interface ChoiceEditor<Row> extends EditorBase<Row> {
  readonly kind: 'choice';
  readonly value: (row: Row) => string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

/** What an export writes for a cell: the plain value, not the words on the screen. Null where there is none. */
export type ExportedValue = string | number | null;

/** One column of a {@link DataTable}. */
export interface DataColumn<Row> {
  readonly id: string;
  /** The head, and the name of the column in menus and for screen readers. */
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** Width in px before a person changes it; preset 160. */
  readonly width?: number;
  /** Least width in px; preset 64. */
  readonly minWidth?: number;
  /** The server's name for sorting by this column; without it the column does not sort. */
  readonly sortKey?: string;
  readonly align?: 'start' | 'end';
  /** Pinned to the start until a person unpins it. The first visible column always is. */
  readonly pinned?: boolean;
  /** False for a column that a list cannot do without. */
  readonly hideable?: boolean;
  /** Not shown until a person asks for it. */
  readonly hiddenAtFirst?: boolean;
  /** Keeps its width when the table is wider than its columns. */
  readonly fixed?: boolean;
  readonly editor?: CellEditor<Row>;
  /** What an export writes: a code as it is (`unknown` too), an instant in RFC 3339, a name as text. */
  readonly exported?: (row: Row) => ExportedValue;
}

/** A column that an export can write. */
export type ExportColumn<Row> = DataColumn<Row> & Required<Pick<DataColumn<Row>, 'exported'>>;

export const COLUMN_WIDTH = 160;
export const COLUMN_MIN_WIDTH = 64;
export const COLUMN_MAX_WIDTH = 960;
