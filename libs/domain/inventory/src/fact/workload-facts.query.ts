import { Injectable } from '@nestjs/common';
import type { Lifecycle, OwnerRole, RiskTier } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { factValue, type FactName, type FactValue } from './fact-statement.js';
import { WorkloadFactsRepository } from './workload-facts.repository.js';

/** An owner who counts: accepted, and an active member. */
export interface ActiveOwner {
  readonly role: OwnerRole;
  readonly memberId: string;
  readonly acceptedAt: string;
}

/** What rules read about a workload: facts with provenance, owners who count, and its neighbours. */
export interface WorkloadFacts {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly lifecycle: Lifecycle;
  readonly riskTier: RiskTier | null;
  readonly processesRealData: FactValue;
  readonly handlesPii: FactValue;
  readonly executesTools: FactValue;
  readonly downstreamChange: FactValue;
  readonly owners: readonly ActiveOwner[];
  /** Ids of other workloads in the inventory that declare a component of this one, or are related as sharing one. */
  readonly sharesComponentWith: readonly string[];
  /** Ids of workloads that call this one. */
  readonly calledBy: readonly string[];
  readonly registeredAt: string;
}

/** What other areas may ask about the facts of workloads. Two statements, however many workloads. */
@Injectable()
export class WorkloadFactsQuery {
  constructor(private readonly repository: WorkloadFactsRepository) {}

  /**
   * Facts of the named workloads. Unknown, withdrawn and merged ones are not in the map.
   * @param options.neighbours false leaves out who shares a component and who calls: a component that thousands share makes that list long
   */
  async load(scope: TenantScope, workloadIds: readonly string[], options: { readonly neighbours?: boolean } = {}): Promise<Map<string, WorkloadFacts>> {
    if (workloadIds.length === 0) return new Map();
    const rows = await this.repository.load(scope, workloadIds, options.neighbours ?? true);
    return new Map(rows.map((row) => {
      const fact = (name: FactName): FactValue => factValue((row.statements ?? []).filter((statement) => statement.fact === name)
        .map(({ value, provenance, source, at, by }) => ({ value, provenance, source, at: new Date(at).toISOString(), by })), row.registeredAt.toISOString());
      return [row.id, {
        id: row.id, key: row.key, name: row.name, lifecycle: row.lifecycle, riskTier: row.riskTier,
        processesRealData: fact('processesRealData'), handlesPii: fact('handlesPii'), executesTools: fact('executesTools'), downstreamChange: fact('downstreamChange'),
        owners: (row.owners ?? []).map((owner) => ({ ...owner, acceptedAt: new Date(owner.acceptedAt).toISOString() })),
        sharesComponentWith: row.sharesComponentWith ?? [], calledBy: row.calledBy ?? [], registeredAt: row.registeredAt.toISOString(),
      }];
    }));
  }

  /**
   * Ids of all workloads in the inventory in id order, for full sweeps.
   * @param after last id of the previous page, null for the first
   * @param limit 1-10,000
   */
  page(scope: TenantScope, after: string | null, limit: number): Promise<string[]> {
    return this.repository.page(scope, after, limit);
  }

  /** Number of workloads in the inventory, for the total of a progress. */
  count(scope: TenantScope): Promise<number> {
    return this.repository.count(scope);
  }
}
