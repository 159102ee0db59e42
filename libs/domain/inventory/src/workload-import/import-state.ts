/** Where an import stands. pending -> previewed (dry run) | committed | failed | canceled; previewed -> committing -> committed; committed -> rolling_back -> rolled_back. */
export const IMPORT_STATES = ['pending', 'previewed', 'committing', 'committed', 'rolling_back', 'rolled_back', 'failed', 'canceled'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What becomes of a row; every row has exactly one outcome. */
export const IMPORT_OUTCOMES = ['created', 'updated', 'unchanged', 'merged', 'rejected'] as const;
export type ImportOutcome = (typeof IMPORT_OUTCOMES)[number];

/** What became of a row when its import was rolled back. */
export const IMPORT_ROLLBACKS = ['withdrawn', 'restored', 'kept_changed_since'] as const;

/** Why it has that outcome. */
export const IMPORT_REASONS = ['new', 'reinstated', 'says_something_else', 'says_the_same', 'same_as_other_row', 'workload_was_merged', 'left_out_as_duplicate', 'errors', 'workload_retired', 'match_ambiguous'] as const;
export type ImportReason = (typeof IMPORT_REASONS)[number];
