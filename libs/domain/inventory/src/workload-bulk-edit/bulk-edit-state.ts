export const BULK_EDIT_STATES = ['previewed', 'committing', 'committed', 'undoing', 'undone', 'stopped', 'expired'] as const;
export type BulkEditState = (typeof BULK_EDIT_STATES)[number];
export const BULK_OUTCOMES = ['will_change', 'unchanged', 'refused', 'changed', 'conflict'] as const;
export type BulkOutcome = (typeof BULK_OUTCOMES)[number];
export const BULK_UNDOS = ['restored', 'kept_changed_since', 'kept_frozen'] as const;
export type BulkUndo = (typeof BULK_UNDOS)[number];

/** Most workloads of one bulk edit. */
export const MAX_BULK_ROWS = 10_000;
/** How long a preview can be committed: afterwards its rows go, because the inventory has moved on. */
export const PREVIEW_MILLISECONDS = 86_400_000;
/** Rows that are written in one transaction. */
export const BULK_BATCH = 500;
