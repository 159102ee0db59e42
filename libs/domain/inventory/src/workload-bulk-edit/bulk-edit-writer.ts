import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { EventName, EventPayloads, OwnerRole } from '@roster/contracts';
import { Clock, newId, type TenantScope } from '@roster/platform-context';
import { Outbox } from '@roster/platform-queue';
import { Trail, type TrailEvent } from '@roster/trail';
import { effectiveStatement, FACT_NAMES, withStatement, type FactName, type FactStatement } from '../fact/fact-statement.js';
import { fieldChanges, type FieldChange } from '../history/history-diff.js';
import { scopeExpansions } from '../scope-expansion/scope-expansion.js';
import { ScopeGuard } from '../scope-expansion/scope-guard.js';
import type { FieldValues } from '../workload/workload.repository.js';
import { scopeOf, type BulkState, type RowPlan } from './bulk-change.js';
import type { ReadChange } from './bulk-change-reader.js';
import type { BulkUndo } from './bulk-edit-state.js';
import type { BeforeRow, PlannedRow, UndoRow, WrittenRow } from './bulk-edit.repository.js';
import { BulkPlanner } from './bulk-planner.js';
import { BulkWriteRepository, type StatementWrite, type WorkloadWrite } from './bulk-write.repository.js';

interface Applied {
  readonly row: PlannedRow;
  readonly state: BulkState;
  readonly plan: RowPlan;
}
interface OwnerWrite {
  readonly id: string;
  readonly workloadId: string;
  readonly role: OwnerRole;
  readonly memberId: string | null;
  readonly email: string | null;
  readonly shownEmail: string;
  readonly replaces: string | null;
}
/** What belongs to one edit and not to one workload. */
export interface EditContext {
  readonly id: string;
  readonly reason: string | null;
}

/**
 * Writes a batch of rows, or takes it back, in the caller's transaction. Every changed workload gets its trail entry, its event and, through the
 * triggers, its mark for evaluation, as if it were changed alone.
 */
@Injectable()
export class BulkEditWriter {
  constructor(
    private readonly writes: BulkWriteRepository, private readonly planner: BulkPlanner, private readonly guard: ScopeGuard, private readonly trail: Trail, private readonly outbox: Outbox, private readonly clock: Clock,
  ) {}

  /** A workload that no longer is what the preview showed is left alone. */
  async write(scope: TenantScope, edit: EditContext, rows: readonly PlannedRow[], read: ReadChange): Promise<WrittenRow[]> {
    const ids = rows.map(({ workloadId }) => workloadId);
    await this.writes.lock(scope, ids);
    const states = await this.writes.states(scope, ids);
    const said = { at: this.clock.now().toISOString(), by: scope.actor.name };
    const plans = await this.planner.plan(scope, states, read, said);
    const applied: Applied[] = [];
    const written: WrittenRow[] = [];
    const leave = (row: PlannedRow, outcome: 'conflict' | 'refused', reason: string): void => void written.push({ ordinal: row.ordinal, outcome, reason, before: null, versionAfter: null });
    for (const row of rows) {
      const state = states.get(row.workloadId);
      const plan = plans.get(row.workloadId);
      if (plan?.reason === 'frozen') leave(row, 'refused', 'frozen');
      else if (!state || !plan || !sameChanges(plan.changes, row.changes)) leave(row, 'conflict', 'changed_since_preview');
      else applied.push({ row, state, plan });
    }
    const owners = applied.flatMap((one) => this.ownerWrites(one));
    await this.store(scope, applied, said);
    await this.writes.propose(scope, applied.flatMap(({ plan }) => plan.owners.flatMap(({ ends }) => ends?.id ?? [])), owners, this.clock.now());
    await this.tell(scope, edit, applied.filter(({ plan }) => plan.touches).map(({ state, plan }) => ({ state, version: state.version + 1, changes: plan.changes.filter(({ field }) => !field.startsWith('owners.')) })), owners);
    return [...written, ...applied.map(({ row, state, plan }): WrittenRow => ({
      ordinal: row.ordinal, outcome: 'changed', reason: null, before: beforeOf(state, plan, owners.filter(({ workloadId }) => workloadId === state.id)), versionAfter: state.version + (plan.touches ? 1 : 0),
    }))];
  }

  /** Restores what was there, where the workload has not been changed since, nobody has answered the proposal, and no frozen scope grows. */
  async undo(scope: TenantScope, edit: EditContext, rows: readonly UndoRow[]): Promise<{ ordinal: number; undo: BulkUndo }[]> {
    const ids = rows.map(({ workloadId }) => workloadId);
    await this.writes.lock(scope, ids);
    const states = await this.writes.states(scope, ids);
    const results: { ordinal: number; undo: BulkUndo }[] = [];
    const open: { ordinal: number; state: BulkState; before: BeforeRow }[] = [];
    for (const { ordinal, workloadId, before, versionAfter } of rows) {
      const state = states.get(workloadId);
      const unanswered = before.owners.every(({ proposedId, ended }) => (proposedId !== null ? state?.owners.some(({ id, status }) => id === proposedId && status === 'proposed') : ended === null || !state?.owners.some(({ role, status }) => status === 'proposed' && before.owners.some((one) => one.role === role))));
      const untouched = state?.version === versionAfter && state.lifecycle !== 'retired' && unanswered;
      if (state && untouched) open.push({ ordinal, state, before });
      else results.push({ ordinal, undo: 'kept_changed_since' });
    }
    // Taking back is a change like any other: while frozen no scope grows (domain.md section 6).
    const growing = open.filter(({ state, before }) => scopeExpansions(scopeOf(state.fields), scopeOf({ ...state.fields, ...(before.fields as FieldValues) })).length > 0);
    const frozen = await this.guard.frozenAmong(scope, growing.map(({ state }) => state));
    const stays = new Set(growing.filter(({ state }) => frozen.has(state.id)).map(({ ordinal }) => ordinal));
    results.push(...open.map(({ ordinal }) => ({ ordinal, undo: stays.has(ordinal) ? 'kept_frozen' as const : 'restored' as const })));
    const restored = open.filter(({ ordinal }) => !stays.has(ordinal));
    const at = this.clock.now();
    const touched = restored.filter(({ before }) => before.touches).map(({ state, before }) => ({ state, before, after: restoredState(state, before) }));
    await this.writes.declare(scope, touched.flatMap(({ state, before }) => Object.entries(before.facts).flatMap(([fact, said]): StatementWrite[] => (said ? [{ workloadId: state.id, fact, ...said }] : []))));
    await this.writes.retract(scope, touched.flatMap(({ state, before }) => Object.entries(before.facts).flatMap(([fact, said]) => (said ? [] : [{ workloadId: state.id, fact }]))));
    if (touched.length > 0) await this.writes.update(scope, touched.map(({ state, before, after }) => ({ id: state.id, ...after, answered: before.answered })), at);
    const again = restored.flatMap(({ state, before }) => before.owners.flatMap(({ role, proposedId, ended }): OwnerWrite[] => (ended === null ? [] : [{
      id: newId(at), workloadId: state.id, role: role as OwnerRole, memberId: ended.memberId, email: ended.memberId === null ? ended.email : null, shownEmail: ended.email, replaces: proposedId,
    }])));
    await this.writes.propose(scope, restored.flatMap(({ before }) => before.owners.flatMap(({ proposedId }) => proposedId ?? [])), again, at);
    await this.tell(scope, edit, touched.map(({ state, after }) => {
      const was = { ...state.fields, ...state.facts, custom: state.custom };
      return { state, version: state.version + 1, changes: fieldChanges(was, { ...was, ...after.fields, ...after.facts, custom: after.custom }) };
    }), again);
    await this.tellEnded(scope, edit, restored.flatMap(({ state, before }) => before.owners.flatMap(({ role, proposedId }) => (proposedId === null ? [] : [{ workloadId: state.id, role, id: proposedId }]))));
    return results;
  }

  private ownerWrites({ state, plan }: Applied): OwnerWrite[] {
    const at = this.clock.now();
    return plan.owners.flatMap(({ role, ends, proposes }): OwnerWrite[] => (proposes === null ? [] : [{
      id: newId(at), workloadId: state.id, role, memberId: proposes.memberId, email: null, shownEmail: proposes.email, replaces: ends?.id ?? null,
    }]));
  }

  private async store(scope: TenantScope, applied: readonly Applied[], { at, by }: { at: string; by: string }): Promise<void> {
    const touching = applied.filter(({ plan }) => plan.touches);
    if (touching.length === 0) return;
    await this.writes.declare(scope, touching.flatMap(({ state, plan }) => plan.statements.map(({ fact, value }): StatementWrite => ({ workloadId: state.id, fact, value, source: null, at, by }))));
    await this.writes.update(scope, touching.map(({ state, plan }): WorkloadWrite => ({
      id: state.id, fields: plan.fields, facts: plan.facts, custom: plan.custom, answered: state.answered || plan.facts.processesRealData !== undefined,
    })), this.clock.now());
  }

  private async tell(scope: TenantScope, edit: EditContext, changed: readonly { state: BulkState; version: number; changes: readonly FieldChange[] }[], owners: readonly OwnerWrite[]): Promise<void> {
    const telling = changed.filter(({ changes }) => changes.length > 0);
    await this.trail.recordMany(scope, [
      ...telling.map(({ state, version, changes }): TrailEvent => ({
        action: 'inventory.workload.changed', object: { type: 'workload', id: state.id, version }, workloadId: state.id, reason: edit.reason, payload: { key: state.key, changes, bulkEdit: edit.id },
      })),
      ...owners.map(({ id, workloadId, role, memberId, shownEmail, replaces }): TrailEvent => ({
        action: 'inventory.owner.proposed', object: { type: 'owner_assignment', id }, workloadId, reason: edit.reason,
        payload: { role, domain: null, position: 'owner', memberId, email: shownEmail, replaces, invitation: 'not_needed', bulkEdit: edit.id },
      })),
    ]);
    const events: { name: EventName; payload: EventPayloads[EventName] }[] = [
      ...telling.map(({ state, changes }) => ({ name: 'inventory.workload.changed' as const, payload: { workloadId: state.id, fields: changes.map(({ field }) => field) } })),
      ...owners.map(({ workloadId, role, memberId }) => ({ name: 'inventory.owner.changed' as const, payload: { workloadId, role, memberId, status: 'proposed' } })),
    ];
    await this.outbox.publishMany(scope, events);
  }

  private async tellEnded(scope: TenantScope, edit: EditContext, ended: readonly { workloadId: string; role: string; id: string }[]): Promise<void> {
    await this.trail.recordMany(scope, ended.map(({ workloadId, role, id }): TrailEvent => ({
      action: 'inventory.owner.ended', object: { type: 'owner_assignment', id }, workloadId, reason: edit.reason, payload: { role, domain: null, position: 'owner', bulkEdit: edit.id },
    })));
    await this.outbox.publishMany(scope, ended.map(({ workloadId, role }) => ({ name: 'inventory.owner.changed' as const, payload: { workloadId, role, memberId: null, status: 'ended' } })));
  }
}

/** Whether both say the same of the same fields, in whatever order: a change that was kept comes back with its fields in another one. */
function sameChanges(planned: readonly FieldChange[], previewed: readonly FieldChange[]): boolean {
  const byField = (changes: readonly FieldChange[]): Record<string, unknown> => Object.fromEntries(changes.map(({ field, from, to }) => [field, [from, to]]));
  return isDeepStrictEqual(JSON.parse(JSON.stringify(byField(planned))), byField(previewed));
}

function beforeOf(state: BulkState, plan: RowPlan, owners: readonly OwnerWrite[]): BeforeRow {
  const fields = Object.fromEntries(Object.keys(plan.fields).map((field) => [field, state.fields[field as keyof FieldValues] ?? null]));
  const facts = Object.fromEntries(plan.statements.map(({ fact }) => {
    const said = state.statements.find((one) => one.fact === fact && one.provenance === 'declared');
    return [fact, said ? { value: said.value, source: said.source, at: said.at, by: said.by } : null];
  }));
  return {
    fields, facts, custom: state.custom, answered: state.answered, touches: plan.touches,
    owners: plan.owners.map(({ role, ends }) => ({ role, proposedId: owners.find((one) => one.role === role)?.id ?? null, ended: ends ? { memberId: ends.memberId, email: ends.email } : null })),
  };
}

/** What a workload is once the declarations are as before. */
function restoredState(state: BulkState, before: BeforeRow): Omit<WorkloadWrite, 'id' | 'answered'> {
  const facts = Object.fromEntries(FACT_NAMES.flatMap((fact: FactName) => {
    if (!(fact in before.facts)) return [];
    const others: FactStatement[] = state.statements.filter((one) => one.fact === fact && one.provenance !== 'declared');
    const said = before.facts[fact];
    const all = said ? withStatement(others, { value: said.value as FactStatement['value'], provenance: 'declared', source: said.source, at: said.at, by: said.by }) : others;
    return [[fact, effectiveStatement(all)?.value ?? 'unknown']];
  }));
  return { fields: before.fields as FieldValues, facts, custom: before.custom };
}
