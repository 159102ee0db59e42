import { Injectable } from '@nestjs/common';
import type { TriState } from '@roster/contracts';
import { Clock, type TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { effectiveStatement, FACT_NAMES, overrulingStatement, withStatement, type FactName, type FactStatement } from './fact-statement.js';
import { WorkloadFactsRepository, type StatementRow } from './workload-facts.repository.js';

/** What is stated about facts, before it is written. */
export interface PlannedFacts {
  /** Effective values afterwards, for the columns of the workload. */
  readonly values: Partial<Record<FactName, TriState>>;
  readonly statements: readonly (FactStatement & { readonly fact: FactName })[];
}

/** Turns what somebody says about facts into statements and effective values (domain.md section 2). */
@Injectable()
export class FactRecorder {
  constructor(private readonly repository: WorkloadFactsRepository, private readonly clock: Clock) {}

  /**
   * @param workloadId null for a workload that is being registered
   * @throws INVENTORY_FACT_OVERRULED when a stronger statement says otherwise: storing a word without effect would look like success
   */
  async plan(scope: TenantScope, workloadId: string | null, said: Partial<Record<FactName, TriState>>, how: Pick<FactStatement, 'provenance' | 'source'> = { provenance: 'declared', source: null }): Promise<PlannedFacts> {
    const known = workloadId === null ? [] : await this.repository.statements(scope, workloadId);
    const at = this.clock.now().toISOString();
    const values: Partial<Record<FactName, TriState>> = {};
    const statements: (FactStatement & { fact: FactName })[] = [];
    const errors = FACT_NAMES.flatMap((fact) => {
      const value = said[fact];
      if (value === undefined) return [];
      const before = known.filter((statement) => statement.fact === fact);
      const added: FactStatement = { ...how, value, at, by: scope.actor.name };
      const stronger = overrulingStatement(before, added);
      if (stronger) return [{ path: fact, code: 'overruled', message: `${stronger.value} was ${stronger.provenance} by ${stronger.by ?? 'somebody'} on ${stronger.at.slice(0, 10)}; a statement of at least that strength can change it` }];
      values[fact] = effectiveStatement(withStatement(before, added))?.value ?? 'unknown';
      statements.push({ fact, ...added });
      return [];
    });
    if (errors.length > 0) throw problem('INVENTORY_FACT_OVERRULED', 'Stronger statements about these facts stand. Nothing was changed.', { errors });
    return { values, statements };
  }

  /** What was said about the facts of a workload so far. */
  known(scope: TenantScope, workloadId: string): Promise<StatementRow[]> {
    return this.repository.statements(scope, workloadId);
  }

  async record(scope: TenantScope, workloadId: string, planned: PlannedFacts): Promise<void> {
    if (planned.statements.length > 0) await this.repository.record(scope, workloadId, planned.statements);
  }
}
