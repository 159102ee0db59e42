import { AUTONOMY_LEVELS, EXPOSURES, type ScopeChangeKind } from '@roster/contracts';

/** The part of a workload whose growth is a scope change (domain.md section 6). */
export interface WorkloadScope {
  readonly exposure: string | null;
  readonly usersAffected: readonly string[];
  readonly dataClasses: readonly string[];
  readonly specialCategories: readonly string[];
  readonly jurisdictions: readonly string[];
  readonly autonomyLevel: string | null;
}

export interface ScopeExpansion {
  readonly kind: ScopeChangeKind;
  readonly field: keyof WorkloadScope | 'toolGrants';
  readonly from: unknown;
  readonly to: unknown;
}

/**
 * Which scope changes an edit amounts to. Stating for the first time what is already so is documentation and no expansion: only what goes
 * beyond something stated counts, so that a frozen workload can still be described.
 */
export function scopeExpansions(before: WorkloadScope, after: WorkloadScope): ScopeExpansion[] {
  const found: ScopeExpansion[] = [];
  const raised = (kind: ScopeChangeKind, field: 'exposure' | 'autonomyLevel', ladder: readonly string[]): void => {
    const [from, to] = [before[field], after[field]];
    if (from !== null && to !== null && ladder.indexOf(to) > ladder.indexOf(from)) found.push({ kind, field, from, to });
  };
  const added = (kind: ScopeChangeKind, field: 'usersAffected' | 'dataClasses' | 'specialCategories' | 'jurisdictions'): void => {
    if (before[field].length > 0 && after[field].some((value) => !before[field].includes(value))) found.push({ kind, field, from: before[field], to: after[field] });
  };
  raised('more_traffic', 'exposure', EXPOSURES);
  added('new_user_group', 'usersAffected');
  added('new_data_class', 'dataClasses');
  added('new_data_class', 'specialCategories');
  added('new_region', 'jurisdictions');
  raised('autonomy_raised', 'autonomyLevel', AUTONOMY_LEVELS);
  return found;
}

/**
 * Whether an edit of the tool grants is a scope change: something granted beyond what was stated. "Executes no tools" is such a statement
 * about an empty list.
 * @param before grants as texts of name, access and scope
 * @param executesTools the fact before the edit
 */
export function newToolGrants(before: readonly string[], after: readonly string[], executesTools: string): ScopeExpansion[] {
  const stated = before.length > 0 || executesTools === 'no';
  return stated && after.some((grant) => !before.includes(grant)) ? [{ kind: 'new_tool_grant', field: 'toolGrants', from: before, to: after }] : [];
}
