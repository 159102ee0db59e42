import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { ScopeGuard } from '../scope-expansion/scope-guard.js';
import { planRow, type BulkState, type RowPlan } from './bulk-change.js';
import type { ReadChange } from './bulk-change-reader.js';

/** Plans a batch of rows. Preview and commit decide by the same rule whether a workload is frozen: from its freshest result, asked for all at once. */
@Injectable()
export class BulkPlanner {
  constructor(private readonly guard: ScopeGuard) {}

  /** @param states at most a few thousand */
  async plan(scope: TenantScope, states: ReadonlyMap<string, BulkState>, { change, definitions }: ReadChange, said: { readonly at: string; readonly by: string }): Promise<Map<string, RowPlan>> {
    const plans = new Map([...states].map(([id, state]) => [id, planRow({ ...state, frozen: false }, change, definitions, said)]));
    const growing = [...states.values()].filter(({ id }) => (plans.get(id)?.expansions.length ?? 0) > 0);
    const frozen = await this.guard.frozenAmong(scope, growing);
    for (const state of growing) if (frozen.has(state.id)) plans.set(state.id, planRow({ ...state, frozen: true }, change, definitions, said));
    return plans;
  }
}
