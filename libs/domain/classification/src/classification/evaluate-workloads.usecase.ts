import { Injectable } from '@nestjs/common';
import { Clock, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import type { FactInput } from '../fact/fact-input.js';
import { forecastDecay, type Fall } from '../forecast/decay-forecast.js';
import { ClassificationLedger, type Decision } from './classification-ledger.js';
import { ClassificationRepository, type StandingRow } from './classification.repository.js';
import { EvaluationInputLoader } from './evaluation-input.loader.js';
import { EvaluationPolicies, type EvaluationPolicy } from './evaluation-policy.js';
import { inProduction, outcomeOf, withPortfolio, type Outcome } from './outcome.js';
import { PortfolioLinkRepository } from './portfolio-link.repository.js';

export interface EvaluationOptions {
  /** Why, when no mark says so: `requested`, `expiry`, `sweep`. */
  readonly trigger: string;
  /** Reasons of marks that the caller has taken already. */
  readonly reasons?: ReadonlyMap<string, readonly string[]>;
  /** Store a result even when it says the same as the current one. */
  readonly store?: boolean;
  /** Leave the neighbours of workloads that enter or leave production to the caller (full runs visit them in a second pass). */
  readonly leaveNeighbours?: boolean;
}
export interface EvaluationSummary {
  readonly evaluated: number;
  readonly stored: number;
  /** Workloads that entered or left production. */
  readonly moved: number;
}
/** Evaluates workloads and stores what changed, in one transaction (domain.md section 5). */
@Injectable()
export class EvaluateWorkloadsUsecase {
  constructor(
    private readonly policies: EvaluationPolicies, private readonly loader: EvaluationInputLoader, private readonly results: ClassificationRepository,
    private readonly portfolio: PortfolioLinkRepository, private readonly ledger: ClassificationLedger, private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Locks the workloads, reads everything, evaluates and stores. Two evaluations of one workload follow each other, and the second finds
   * nothing new. Retired workloads keep the result they have.
   * @param workloadIds at most a few thousand
   */
  evaluate(scope: TenantScope, workloadIds: readonly string[], options: EvaluationOptions): Promise<EvaluationSummary> {
    if (workloadIds.length === 0) return Promise.resolve({ evaluated: 0, stored: 0, moved: 0 });
    return this.unitOfWork.run(scope, async () => {
      const standing = await this.results.lock(scope, workloadIds);
      const reasons = new Map((await this.results.takeMarks(scope, workloadIds)).map((mark) => [mark.workloadId, mark.triggers]));
      const now = this.clock.now();
      // An expiry that has passed is a reason too, also when a mark or a request came first: the record must say why a stage fell.
      const reasonsOf = ({ workloadId: id, reevaluateAt }: StandingRow): string[] => {
        const expired = reevaluateAt !== null && reevaluateAt <= now ? ['expiry'] : [];
        const known = [...new Set([...(options.reasons?.get(id) ?? []), ...(reasons.get(id) ?? []), ...expired])];
        return known.length > 0 ? known : [options.trigger];
      };
      const policy = await this.policies.of(scope);
      const due = standing.filter((row) => row.lifecycle !== 'retired' || row.classificationId === null);
      const outcomes = await this.outcomes(scope, due.map((row) => row.workloadId), policy, now);
      const decisions = due.flatMap((row): Decision[] => {
        const outcome = outcomes.get(row.workloadId);
        return outcome ? [{ ...outcome, standing: row, triggers: reasonsOf(row), falls: fallsOf(outcome, policy, now) }] : [];
      });
      const stored = await this.ledger.store(scope, decisions, policy, now, options.store ?? false);
      await this.ledger.settle(scope, standing.filter((row) => !outcomes.has(row.workloadId)));
      const moved = decisions.filter((d) => inProduction(d.standing.stage) !== inProduction(d.evaluation.stage));
      if (moved.length > 0 && !options.leaveNeighbours) await this.markNeighbours(scope, standing, decisions, moved, policy);
      return { evaluated: decisions.length, stored, moved: moved.length };
    });
  }

  /**
   * Evaluates without storing, such as for an impact preview. Locks nothing.
   * @param change what to suppose about each input
   */
  async outcomes(
    scope: TenantScope, workloadIds: readonly string[], policy: EvaluationPolicy, now: Date, change: (input: FactInput) => FactInput = (input) => input,
  ): Promise<Map<string, Outcome>> {
    const inputs = new Map([...(await this.loader.load(scope, workloadIds, policy))].map(([id, input]) => [id, change(input)]));
    const outcomes = new Map([...inputs].map(([id, input]) => [id, outcomeOf(input, policy, now)]));
    // Scaled is a predicate over production workloads: what is not in production by itself is not asked.
    const producing = [...outcomes].filter(([, outcome]) => inProduction(outcome.evaluation.stage) && outcome.input.lifecycle !== 'retired').map(([id]) => id);
    for (const [id, input] of await this.withPortfolio(scope, producing, workloadIds, inputs, policy)) {
      const alone = outcomes.get(id);
      if (alone) outcomes.set(id, withPortfolio(alone, input, policy));
    }
    return outcomes;
  }

  /**
   * Inputs of workloads that are (or would be) in production, with what the portfolio says about them.
   * @param batch workloads that are being evaluated: their stored stage is out of date
   */
  async withPortfolio(
    scope: TenantScope, producing: readonly string[], batch: readonly string[], inputs: ReadonlyMap<string, FactInput>, policy: EvaluationPolicy,
  ): Promise<Map<string, FactInput>> {
    const found = new Map<string, FactInput>();
    if (producing.length === 0) return found;
    const minimum = policy.facts.scaledMinProductionWorkloads;
    const outside = await this.portfolio.countOutside(scope, batch, minimum);
    const linked = await this.portfolio.linked(scope, producing, batch, producing);
    const concentration = await this.loader.concentrationOf(scope, producing);
    for (const id of producing) {
      const input = inputs.get(id);
      if (!input) continue;
      const link = linked.get(id);
      found.set(id, {
        ...input,
        portfolio: {
          // More than enough makes no difference, and a number that moves with every workload would make every result new.
          otherProductionCount: Math.min(outside + producing.length - 1, minimum), linkedProductionWorkloads: link ? [link] : [],
          concentrationReviewed: concentration.get(id) ?? input.portfolio.concentrationReviewed,
        },
      });
    }
    return found;
  }

  /** What enters or leaves production may make its neighbours scaled, or no longer so. */
  private async markNeighbours(scope: TenantScope, standing: readonly StandingRow[], decisions: readonly Decision[], moved: readonly Decision[], policy: EvaluationPolicy): Promise<void> {
    const batch = standing.map((row) => row.workloadId);
    const minimum = policy.facts.scaledMinProductionWorkloads;
    const outside = await this.portfolio.countOutside(scope, batch, minimum);
    const before = outside + decisions.filter((d) => inProduction(d.standing.stage)).length;
    const after = outside + decisions.filter((d) => inProduction(d.evaluation.stage)).length;
    if ((before >= minimum) !== (after >= minimum)) await this.portfolio.markAll(scope, batch);
    else await this.portfolio.markNeighbours(scope, moved.map((d) => d.standing.workloadId), batch);
  }
}

function fallsOf({ evaluation, input }: Outcome, policy: EvaluationPolicy, now: Date): Fall[] {
  return inProduction(evaluation.stage) && evaluation.nextChangeAt !== null ? forecastDecay(policy.tree, input, policy.facts, now, null, evaluation) : [];
}
