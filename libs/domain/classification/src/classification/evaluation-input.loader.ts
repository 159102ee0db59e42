import { Injectable } from '@nestjs/common';
import type { DrillKind, EvidenceKind } from '@roster/contracts';
import { computeCoverage, countingEvidenceOfKind, CoverageQuery, noEvidence, type CoverageInputs } from '@roster/evidence';
import { DrillQuery, type DrillSummary } from '@roster/incidents';
import { WorkloadFactsQuery, type FactValue, type WorkloadFacts } from '@roster/inventory';
import type { TenantScope } from '@roster/platform-context';
import type { CoverageNow, FactInput, Statement } from '../fact/fact-input.js';
import { ConcentrationReviewPort } from '../port/concentration-review.port.js';
import type { EvaluationPolicy } from './evaluation-policy.js';

const NOT_REVIEWED: Statement = { value: 'no', provenance: 'observed', source: null, at: null };

/** Reads what the tree needs to know about a batch of workloads, in a fixed number of statements. */
@Injectable()
export class EvaluationInputLoader {
  constructor(
    private readonly facts: WorkloadFactsQuery, private readonly coverage: CoverageQuery, private readonly drills: DrillQuery,
    private readonly concentration: ConcentrationReviewPort,
  ) {}

  /**
   * Inputs by workload; withdrawn and merged workloads are absent. The portfolio is empty: it is asked for later, and only for what is
   * in production.
   */
  async load(scope: TenantScope, workloadIds: readonly string[], policy: EvaluationPolicy): Promise<Map<string, FactInput>> {
    const facts = await this.facts.load(scope, workloadIds, { neighbours: false });
    const coverage = await this.coverage.load(scope, workloadIds, policy.edition.id);
    const drills = new Map<DrillKind, Map<string, DrillSummary>>();
    for (const kind of drillKindsOf(policy)) drills.set(kind, await this.drills.latestPassed(scope, workloadIds, kind));
    const coverages = new Coverages(policy);
    return new Map([...facts].map(([id, workload]) => [id, toInput(workload, coverage.get(id) ?? noEvidence(id), drills, coverages)]));
  }

  /** What the last reviews said about concentration. */
  async concentrationOf(scope: TenantScope, workloadIds: readonly string[]): Promise<Map<string, Statement>> {
    const reviews = await this.concentration.lastReviewed(scope, workloadIds);
    return new Map([...reviews].map(([id, review]) => [id, {
      value: review.lookedAt ? 'yes' as const : 'no' as const, provenance: 'attested' as const, source: `review:${review.reviewId}`, at: review.at,
    }]));
  }
}

const drillKindsOf = ({ tree }: EvaluationPolicy): DrillKind[] =>
  [...new Set(tree.facts.flatMap(({ from }) => (from.kind === 'drill' ? [from.drill] : [])))];

function toInput(workload: WorkloadFacts, inputs: CoverageInputs, drills: ReadonlyMap<DrillKind, ReadonlyMap<string, DrillSummary>>, coverages: Coverages): FactInput {
  return {
    workloadId: workload.id, lifecycle: workload.lifecycle, riskTier: workload.riskTier,
    statements: {
      processesRealData: statement(workload.processesRealData), handlesPii: statement(workload.handlesPii),
      executesTools: statement(workload.executesTools), downstreamChange: statement(workload.downstreamChange),
    },
    owners: workload.owners,
    drills: Object.fromEntries([...drills].flatMap(([kind, byWorkload]) => {
      const drill = byWorkload.get(workload.id);
      return drill ? [[kind, { id: drill.id, endedAt: drill.endedAt, durationSeconds: drill.durationSeconds }]] : [];
    })),
    coverageAt: (now) => coverages.at(workload, inputs, now),
    evidenceOfKindAt: (kind, now) => longestLasting(inputs, kind, now),
    portfolio: { otherProductionCount: 0, linkedProductionWorkloads: [], concentrationReviewed: NOT_REVIEWED },
  };
}

const statement = ({ value, provenance, source, at }: FactValue): Statement => ({ value, provenance, source, at });

/** Coverage of the workloads of one batch. Those about which nothing is recorded are all alike: theirs is computed once per tier and tools. */
class Coverages {
  private readonly empty = new Map<string, CoverageNow>();

  constructor(private readonly policy: EvaluationPolicy) {}

  at(workload: WorkloadFacts, inputs: CoverageInputs, now: Date): CoverageNow {
    if (inputs.links.length > 0 || inputs.exceptions.length > 0) return this.compute(workload, inputs, now);
    const alike = `${workload.riskTier ?? ''}:${workload.executesTools.value}`;
    const known = this.empty.get(alike) ?? this.compute(workload, inputs, now);
    this.empty.set(alike, known);
    return known;
  }

  private compute({ riskTier, executesTools }: WorkloadFacts, inputs: CoverageInputs, now: Date): CoverageNow {
    const { edition, requirements, facts } = this.policy;
    return computeCoverage({ edition, requirements, inputs, tier: riskTier, tierPolicy: facts.tierPolicy, executesTools: executesTools.value, now });
  }
}

function longestLasting(inputs: CoverageInputs, kind: EvidenceKind, now: Date): { itemId: string; expiresAt: string | null } | null {
  const counting = countingEvidenceOfKind(inputs, kind, now);
  return counting.find((item) => item.expiresAt === null) ?? counting.sort((a, b) => Date.parse(b.expiresAt ?? '') - Date.parse(a.expiresAt ?? ''))[0] ?? null;
}
