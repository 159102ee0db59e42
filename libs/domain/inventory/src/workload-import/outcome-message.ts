import type { RejectedRow } from './workload-import.repository.js';

/** Rejections that only the inventory can tell, not the row alone: what they mean and what helps. */
export const PLANNED_REJECTIONS: Readonly<Record<'workload_retired' | 'match_ambiguous', { readonly message: string; readonly remedy: string }>> = {
  workload_retired: { message: 'The workload is retired, which is final, and the row would change it.', remedy: 'Leave the row out, or register what runs now as a new workload.' },
  match_ambiguous: { message: 'Several workloads of the inventory have the values that identify this row.', remedy: 'Import by key, or identify workloads by more fields in options.upsertBy.' },
};

/** What only the inventory can tell and is worth a look, though it stops nothing. */
export const PLANNED_WARNINGS = {
  likely_duplicate: { message: 'The row may mean a workload that is there already, or the same as an earlier row.', remedy: 'Compare them: take the row as that workload, leave it out, or keep both.' },
  name_in_use: { message: 'The name of this new workload is also the name of another one, in the inventory or in this file.', remedy: 'Compare them: merge them if they are one, or give them names that tell them apart.' },
  owner_not_member: { message: 'The owner who is named is not a member of the organization yet.', remedy: 'Invite the address; the person can accept the ownership after joining.' },
} as const;

/** Everything wrong with a row in one cell of `rejected.csv`. */
export const errorText = ({ reason, issues }: Pick<RejectedRow, 'reason' | 'issues'>): string => {
  const errors = issues.filter(({ severity }) => severity === 'error').map(({ column, message, remedy, didYouMean }) => `${column === null ? '' : `${column}: `}${message} ${didYouMean ? `Did you mean "${didYouMean}"? ` : ''}${remedy}`);
  if (reason === 'workload_retired' || reason === 'match_ambiguous') errors.push(`${PLANNED_REJECTIONS[reason].message} ${PLANNED_REJECTIONS[reason].remedy}`);
  return errors.join(' | ');
};
