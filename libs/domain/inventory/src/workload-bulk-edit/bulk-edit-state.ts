export const BULK_EDIT_STATES = ['previewed', 'committing', 'committed', 'undoing', 'undone', 'stopped'] as const;
export type BulkEditState = (typeof BULK_EDIT_STATES)[number];
export const BULK_OUTCOMES = ['will_change', 'unchanged', 'refused', 'changed', 'conflict'] as const;
export type BulkOutcome = (typeof BULK_OUTCOMES)[number];
export const BULK_UNDOS = ['restored', 'kept_changed_since'] as const;
export type BulkUndo = (typeof BULK_UNDOS)[number];

/** Most workloads of one bulk edit. */
export const MAX_BULK_ROWS = 10_000;
/** Rows that are written in one transaction. */
export const BULK_BATCH = 500;
