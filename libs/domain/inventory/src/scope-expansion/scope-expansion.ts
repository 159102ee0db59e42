import { AUTONOMY_LEVELS, EXPOSURES, type ScopeChangeKind } from '@roster/contracts';

/** The part of a workload whose growth is a scope change (domain.md section 6). */
export interface WorkloadScope {
  readonly exposure: string | null;
  readonly usersAffected: readonly string[];
  readonly dataClasses: readonly string[];
  readonly specialCategories: readonly string[];
  readonly jurisdictions: readonly string[];
  readonly autonomyLevel: string | null;
  /** Granted tools as `name access scope`. */
  readonly toolGrants: readonly string[];
  readonly executesTools: string;
}

export interface ScopeExpansion {
  readonly kind: ScopeChangeKind;
  readonly field: keyof WorkloadScope;
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
  const added = (kind: ScopeChangeKind, field: 'usersAffected' | 'dataClasses' | 'specialCategories' | 'jurisdictions' | 'toolGrants', stated: boolean): void => {
    if (stated && after[field].some((value) => !before[field].includes(value))) found.push({ kind, field, from: before[field], to: after[field] });
  };
  raised('more_traffic', 'exposure', EXPOSURES);
  added('new_user_group', 'usersAffected', before.usersAffected.length > 0);
  added('new_data_class', 'dataClasses', before.dataClasses.length > 0);
  added('new_data_class', 'specialCategories', before.specialCategories.length > 0);
  added('new_region', 'jurisdictions', before.jurisdictions.length > 0);
  raised('autonomy_raised', 'autonomyLevel', AUTONOMY_LEVELS);
  // "Executes no tools" is a statement about the list: the first grant after it is new.
  added('new_tool_grant', 'toolGrants', before.toolGrants.length > 0 || before.executesTools === 'no');
  return found;
}
