export type IssueSeverity = 'error' | 'warning';

/** Something about the file as a whole that a person should know; it does not stop the import. */
export interface FileWarning {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/**
 * One thing wrong with, or worth saying about, one cell of one row. An error rejects its row; a warning does not.
 * `message` and `remedy` name no value and no line, so that equal issues group.
 */
export interface RowIssue {
  readonly severity: IssueSeverity;
  readonly code: string;
  /** Heading of the column in the file, or null when the issue is about the row. */
  readonly column: string | null;
  /** Field of the workload the column goes to. */
  readonly field: string | null;
  /** The cell as it stands in the file, shortened for display only. */
  readonly value: string | null;
  readonly message: string;
  readonly remedy: string;
  readonly didYouMean?: string;
}

/** Characters of a cell that an issue repeats; the whole cell is in `rejected.csv`. */
export const ISSUE_VALUE_CHARS = 120;

export const shownValue = (value: string): string => {
  const chars = [...value];
  return chars.length <= ISSUE_VALUE_CHARS ? value : `${chars.slice(0, ISSUE_VALUE_CHARS - 1).join('')}…`;
};
