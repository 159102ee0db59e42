import { Injectable, Optional } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { FreezeGaps } from './freeze-gaps.js';
import type { ScopeExpansion } from './scope-expansion.js';

/** Refuses that the scope of a frozen workload grows (domain.md section 6). */
@Injectable()
export class ScopeGuard {
  /** Without classification in the process, the flag that it left on the workload decides. */
  constructor(@Optional() private readonly freezes?: FreezeGaps) {}

  /** Those whose scope may not grow, by the same rule as asking for each alone. @param workloads at most a few thousand */
  async frozenAmong(scope: TenantScope, workloads: readonly { readonly id: string; readonly frozen: boolean }[]): Promise<ReadonlySet<string>> {
    if (workloads.length === 0) return new Set();
    return this.freezes ? this.freezes.frozenAmong(scope, workloads.map(({ id }) => id)) : new Set(workloads.filter(({ frozen }) => frozen).map(({ id }) => id));
  }

  /** @throws INVENTORY_WORKLOAD_FROZEN with the expansions and the gaps */
  async assertAllowed(scope: TenantScope, workload: { readonly id: string; readonly key: string; readonly frozen: boolean }, expansions: readonly ScopeExpansion[]): Promise<void> {
    if (expansions.length === 0) return;
    const gaps = this.freezes ? await this.freezes.inForce(scope, workload) : workload.frozen ? [] : null;
    if (gaps === null) return;
    throw problem('INVENTORY_WORKLOAD_FROZEN', `${workload.key} is frozen: its scope may not grow (${[...new Set(expansions.map(({ kind }) => kind))].join(', ')}) until the named gaps close. GET /workloads/${workload.key}/classification shows them.`, {
      errors: expansions.map(({ field, kind }) => ({ path: field, code: kind, message: 'goes beyond the scope that was stated before the freeze' })), extensions: { expansions, gaps },
    });
  }
}
