import { Injectable } from '@nestjs/common';
import { ReevaluationMarks } from '@roster/inventory';
import { Clock, SystemScope, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { HandlesJob, type JobContext, type JobHandler } from '@roster/platform-queue';
import { EvaluateWorkloadsUsecase } from '../classification/evaluate-workloads.usecase.js';
import { SweepRepository } from './sweep.repository.js';

const BATCH = 500;
const OVERDUE = 5_000;

/** Evaluates what was marked, and what has an expiry behind it (domain.md section 5, re-evaluation). Safe to run many times at once. */
@Injectable()
@HandlesJob('classification.sweep-due')
export class SweepDueJob implements JobHandler<'classification.sweep-due'> {
  constructor(
    private readonly sweeps: SweepRepository, private readonly marks: ReevaluationMarks, private readonly evaluation: EvaluateWorkloadsUsecase,
    private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  async handle(_payload: Record<string, never>, context: JobContext): Promise<void> {
    const errors: unknown[] = [];
    // One batch of each organization in turn, so that a large import does not hold up the others; one that fails does not either.
    let waiting = await this.sweeps.markedTenants(SystemScope.because('find organizations with workloads to evaluate'));
    while (waiting.length > 0 && !context.signal.aborted) {
      const next: string[] = [];
      for (const tenantId of waiting) {
        if (await this.evaluateMarked(TenantScope.forSystem(tenantId, 'classification'), errors)) next.push(tenantId);
      }
      waiting = next;
    }
    await this.evaluateOverdue(context, errors);
    if (errors.length > 0) throw new AggregateError(errors, `Evaluation failed ${errors.length} times: ${errors.slice(0, 5).map(String).join('; ')}`);
  }

  /** @returns whether there may be more */
  private async evaluateMarked(scope: TenantScope, errors: unknown[]): Promise<boolean> {
    let claimed: string[] = [];
    try {
      return await this.unitOfWork.run(scope, async () => {
        const marks = await this.marks.claim(scope, BATCH);
        claimed = marks.map((mark) => mark.workloadId);
        await this.evaluation.evaluate(scope, claimed, { trigger: 'change', reasons: new Map(marks.map((mark) => [mark.workloadId, mark.triggers])) });
        // An evaluation may mark neighbours, so it goes on until a claim finds nothing.
        return marks.length > 0;
      });
    } catch (error) {
      if (claimed.length === 0) errors.push(error);
      await this.evaluateOneByOne(scope, claimed, 'change', errors);
      return false;
    }
  }

  /** A workload that cannot be evaluated keeps its mark and is reported at every tick; it holds up none of the others. */
  private async evaluateOneByOne(scope: TenantScope, workloadIds: readonly string[], trigger: string, errors: unknown[]): Promise<void> {
    for (const id of workloadIds) {
      try {
        await this.evaluation.evaluate(scope, [id], { trigger });
      } catch (error) {
        errors.push(new Error(`Workload ${id} cannot be evaluated: ${error instanceof Error ? error.message : String(error)}`, { cause: error }));
      }
    }
  }

  private async evaluateOverdue(context: JobContext, errors: unknown[]): Promise<void> {
    for (;;) {
      const failed = errors.length;
      const overdue = await this.sweeps.overdue(SystemScope.because('find workloads with an expiry behind them'), this.clock.now(), OVERDUE);
      const byTenant = new Map<string, string[]>();
      for (const { tenantId, workloadId } of overdue) {
        const ids = byTenant.get(tenantId);
        if (ids) ids.push(workloadId);
        else byTenant.set(tenantId, [workloadId]);
      }
      for (const [tenantId, ids] of byTenant) {
        for (let start = 0; start < ids.length && !context.signal.aborted; start += BATCH) {
          await this.evaluateExpired(TenantScope.forSystem(tenantId, 'classification'), ids.slice(start, start + BATCH), errors);
        }
      }
      if (overdue.length < OVERDUE || context.signal.aborted || errors.length > failed) return;
    }
  }

  private async evaluateExpired(scope: TenantScope, workloadIds: readonly string[], errors: unknown[]): Promise<void> {
    try {
      await this.evaluation.evaluate(scope, workloadIds, { trigger: 'expiry' });
    } catch {
      // Which one it was is found and reported by evaluating each alone.
      await this.evaluateOneByOne(scope, workloadIds, 'expiry', errors);
    }
  }
}
