import { Injectable } from '@nestjs/common';
import { WorkloadFactsQuery } from '@roster/inventory';
import type { TenantScope } from '@roster/platform-context';
import { EvaluateWorkloadsUsecase } from '../classification/evaluate-workloads.usecase.js';
import { PortfolioLinkRepository } from '../classification/portfolio-link.repository.js';

/** Workloads of one transaction: large enough to be set-based, small enough to let others at the rows. */
const BATCH = 1_000;

export interface FullEvaluationResult {
  readonly evaluated: number;
  readonly stored: number;
}

/** Evaluates every workload of an organization in batches. */
@Injectable()
export class FullEvaluation {
  constructor(private readonly facts: WorkloadFactsQuery, private readonly evaluation: EvaluateWorkloadsUsecase, private readonly portfolio: PortfolioLinkRepository) {}

  /** Number of workloads a run visits. */
  count(scope: TenantScope): Promise<number> {
    return this.facts.count(scope);
  }

  /**
   * First every workload by itself; then, when some entered or left production, the production workloads once more, since Scaled is a
   * predicate over all of them.
   * @param trigger why, for results that change
   * @param progress called after each batch with the number of workloads done; returning false stops the run
   */
  async run(scope: TenantScope, trigger: string, progress: (done: number) => Promise<boolean>): Promise<FullEvaluationResult> {
    let evaluated = 0;
    let stored = 0;
    let moved = 0;
    for (let after: string | null = null; ;) {
      const ids = await this.facts.page(scope, after, BATCH);
      if (ids.length === 0) break;
      const summary = await this.evaluation.evaluate(scope, ids, { trigger, leaveNeighbours: true });
      evaluated += summary.evaluated;
      stored += summary.stored;
      moved += summary.moved;
      if (!(await progress(evaluated))) return { evaluated, stored };
      after = ids.at(-1) ?? null;
    }
    for (let after: string | null = null; moved > 0;) {
      const ids = await this.portfolio.page(scope, after, BATCH);
      if (ids.length === 0) break;
      stored += (await this.evaluation.evaluate(scope, ids, { trigger: 'portfolio', leaveNeighbours: true })).stored;
      after = ids.at(-1) ?? null;
    }
    return { evaluated, stored };
  }
}
