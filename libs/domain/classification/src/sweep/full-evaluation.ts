import { Injectable } from '@nestjs/common';
import { WorkloadFactsQuery } from '@roster/inventory';
import type { TenantScope } from '@roster/platform-context';
import { EvaluateWorkloadsUsecase } from '../classification/evaluate-workloads.usecase.js';
import { PortfolioLinkRepository } from '../classification/portfolio-link.repository.js';

/** Workloads of one transaction: large enough to be set-based, small enough to let others at the rows and to stay in the young heap. */
const BATCH = 500;
/** Batches at once: while one waits for the database, the other computes. */
const LANES = 2;

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
    const total = { evaluated: 0, stored: 0, moved: 0 };
    const finished = await this.inLanes((after) => this.facts.page(scope, after, BATCH), async (ids) => {
      const summary = await this.evaluation.evaluate(scope, ids, { trigger, leaveNeighbours: true });
      total.evaluated += summary.evaluated;
      total.stored += summary.stored;
      total.moved += summary.moved;
      return progress(total.evaluated);
    });
    if (finished && total.moved > 0) {
      await this.inLanes((after) => this.portfolio.page(scope, after, BATCH), async (ids) => {
        total.stored += (await this.evaluation.evaluate(scope, ids, { trigger: 'portfolio', leaveNeighbours: true })).stored;
        return true;
      });
    }
    return { evaluated: total.evaluated, stored: total.stored };
  }

  /** Works through pages in id order in a few lanes, each batch in a transaction of its own. @returns false when the work asked to stop */
  private async inLanes(page: (after: string | null) => Promise<string[]>, work: (ids: string[]) => Promise<boolean>): Promise<boolean> {
    let turn: Promise<string | null> = Promise.resolve(null);
    let open = true;
    const next = async (): Promise<string[]> => {
      const before = turn;
      let ids: string[] = [];
      turn = before.then(async (after) => {
        ids = open ? await page(after) : [];
        return ids.at(-1) ?? after;
      });
      await turn;
      return ids;
    };
    const lane = async (): Promise<boolean> => {
      for (let ids = await next(); ids.length > 0; ids = await next()) {
        try {
          if (await work(ids)) continue;
        } catch (error) {
          open = false;
          throw error;
        }
        open = false;
        return false;
      }
      return true;
    };
    // Every lane is waited for, also after a failure, so that nothing goes on behind the caller's back.
    const lanes = await Promise.allSettled(Array.from({ length: LANES }, lane));
    const failed = lanes.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    return lanes.every((result) => result.status === 'fulfilled' && result.value);
  }
}
