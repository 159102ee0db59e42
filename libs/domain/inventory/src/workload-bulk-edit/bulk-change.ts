import type { OwnerRole, TriState } from '@roster/contracts';
import { editCustomValues, type CustomFieldDefinition, type CustomValues } from '../custom-field/custom-value.js';
import { effectiveStatement, FACT_NAMES, overrulingStatement, withStatement, type FactName, type FactStatement } from '../fact/fact-statement.js';
import { fieldChanges, type FieldChange } from '../history/history-diff.js';
import { scopeExpansions, type ScopeExpansion, type WorkloadScope } from '../scope-expansion/scope-expansion.js';
import type { FieldValue, FieldValues, WorkloadState } from '../workload/workload.repository.js';

/** Lists that values can be added to or taken from, with how many they hold at most. */
export const EDITABLE_LISTS = { tags: 100, environments: 50, jurisdictions: 250, usersAffected: 4, dataClasses: 4, specialCategories: 50 } as const;
export type EditableList = keyof typeof EDITABLE_LISTS;
export type ListEdit = Readonly<Partial<Record<EditableList, readonly string[]>>>;

/** A member who is to be asked, found already. */
export interface ProposedPerson {
  readonly memberId: string;
  readonly email: string;
  readonly name: string;
}

/** The same change for every selected workload. */
export interface BulkChange {
  readonly set: FieldValues;
  readonly add: ListEdit;
  readonly remove: ListEdit;
  readonly facts: Readonly<Partial<Record<FactName, TriState>>>;
  readonly custom: Readonly<Record<string, unknown>>;
  readonly owners: Readonly<Partial<Record<OwnerRole, ProposedPerson>>>;
}

/** Somebody who answers for a role of a workload, or is asked to. */
export interface CurrentOwner {
  readonly id: string;
  readonly role: OwnerRole;
  readonly status: 'accepted' | 'proposed';
  readonly memberId: string | null;
  readonly email: string;
}

/** Everything that a row is planned from. */
export interface BulkState extends WorkloadState {
  readonly answered: boolean;
  readonly statements: readonly (FactStatement & { readonly fact: FactName })[];
  readonly owners: readonly CurrentOwner[];
}

export type Refusal = 'retired' | 'fact_overruled' | 'frozen' | 'list_too_long';

/** Proposing one owner for one workload. */
export interface OwnerStep {
  readonly role: OwnerRole;
  /** The proposal that ends; null when nobody was asked. */
  readonly ends: CurrentOwner | null;
  /** Null when the person answers already and only the proposal to somebody else is withdrawn. */
  readonly proposes: ProposedPerson | null;
}

export interface RowPlan {
  readonly outcome: 'will_change' | 'unchanged' | 'refused';
  readonly reason: Refusal | null;
  readonly changes: readonly FieldChange[];
  readonly fields: FieldValues;
  readonly facts: Readonly<Partial<Record<FactName, TriState>>>;
  readonly statements: readonly (FactStatement & { readonly fact: FactName })[];
  readonly custom: CustomValues;
  readonly owners: readonly OwnerStep[];
  readonly expansions: readonly ScopeExpansion[];
  /** Whether the workload itself changes, and not only who is asked to own it. */
  readonly touches: boolean;
}

/**
 * What a change does to one workload, by the same rules as changing it alone: a stronger statement is not overruled, a retired workload is not
 * changed, the scope of a frozen one does not grow.
 * @param definitions custom fields of the change, checked before
 */
export function planRow(state: BulkState, change: BulkChange, definitions: ReadonlyMap<string, CustomFieldDefinition>, said: { readonly at: string; readonly by: string }): RowPlan {
  if (state.lifecycle === 'retired') return refused('retired');
  const fields: FieldValues = { ...change.set };
  for (const list of Object.keys(EDITABLE_LISTS) as EditableList[]) {
    const edited = editedList(listOf(fields[list] ?? state.fields[list]), change.add[list] ?? [], change.remove[list] ?? []);
    if (edited === null) continue;
    if (edited.length > EDITABLE_LISTS[list]) return refused('list_too_long');
    fields[list] = edited;
  }
  const facts: Partial<Record<FactName, TriState>> = {};
  const statements: (FactStatement & { fact: FactName })[] = [];
  for (const fact of FACT_NAMES) {
    const value = change.facts[fact];
    if (value === undefined) continue;
    const known = state.statements.filter((statement) => statement.fact === fact);
    const added: FactStatement = { value, provenance: 'declared', source: null, ...said };
    if (overrulingStatement(known, added)) return refused('fact_overruled');
    facts[fact] = effectiveStatement(withStatement(known, added))?.value ?? 'unknown';
    statements.push({ fact, ...added });
  }
  const { values: custom } = editCustomValues(state.custom, change.custom, definitions);
  const was = { ...state.fields, ...state.facts, custom: state.custom };
  const ownFields = [...fieldChanges(was, { ...was, ...fields, ...facts, custom }), ...newStatements(state, statements)];
  const expansions = scopeExpansions(scopeOf(state.fields), scopeOf({ ...state.fields, ...fields }));
  if (expansions.length > 0 && state.frozen) return refused('frozen');
  const owners = ownerSteps(state.owners, change.owners);
  const changes = [...ownFields, ...owners.map(({ role, ends, proposes }) => ({ field: `owners.${role}`, from: ends?.email ?? null, to: proposes?.email ?? null }))];
  return { outcome: changes.length === 0 ? 'unchanged' : 'will_change', reason: null, changes, fields, facts, statements, custom, owners, expansions, touches: ownFields.length > 0 };
}

const refused = (reason: Refusal): RowPlan =>
  ({ outcome: 'refused', reason, changes: [], fields: {}, facts: {}, statements: [], custom: {}, owners: [], expansions: [], touches: false });

const listOf = (value: FieldValue | undefined): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** @returns null when nothing is added or taken away */
function editedList(before: readonly string[], add: readonly string[], remove: readonly string[]): string[] | null {
  if (add.length === 0 && remove.length === 0) return null;
  const gone = new Set(remove.map((value) => value.toLowerCase()));
  const kept = before.filter((value) => !gone.has(value.toLowerCase()));
  const known = new Set(kept.map((value) => value.toLowerCase()));
  return [...kept, ...add.filter((value) => !known.has(value.toLowerCase()))];
}

/** A fact that is declared for the first time changes though its value stays. */
function newStatements(state: BulkState, statements: readonly (FactStatement & { fact: FactName })[]): FieldChange[] {
  return statements.flatMap(({ fact, value }) => {
    const said = state.statements.find((one) => one.fact === fact && one.provenance === 'declared')?.value ?? null;
    return said === value || state.facts[fact] !== value ? [] : [{ field: `facts.${fact}`, from: said === null ? null : { value: said, provenance: 'declared' }, to: { value, provenance: 'declared' } }];
  });
}

/** By the rule of proposing an owner alone: whoever answers stays until the new person accepts, an earlier proposal ends. */
function ownerSteps(current: readonly CurrentOwner[], wanted: BulkChange['owners']): OwnerStep[] {
  return (Object.entries(wanted) as [OwnerRole, ProposedPerson][]).flatMap(([role, person]): OwnerStep[] => {
    const ofRole = current.filter((one) => one.role === role);
    const same = ofRole.find((one) => one.memberId === person.memberId);
    const proposed = ofRole.find((one) => one.status === 'proposed') ?? null;
    if (same && (same.status === 'proposed' || !proposed)) return [];
    return [{ role, ends: proposed, proposes: same ? null : person }];
  });
}

/** The part of a workload whose growth is a scope change. */
export function scopeOf({ exposure, usersAffected, dataClasses, specialCategories, jurisdictions, autonomyLevel }: FieldValues): WorkloadScope {
  return {
    exposure: typeof exposure === 'string' ? exposure : null, usersAffected: listOf(usersAffected), dataClasses: listOf(dataClasses), specialCategories: listOf(specialCategories),
    jurisdictions: listOf(jurisdictions), autonomyLevel: typeof autonomyLevel === 'string' ? autonomyLevel : null,
  };
}
