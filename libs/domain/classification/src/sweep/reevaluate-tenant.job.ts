import { Injectable } from '@nestjs/common';
import { TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { HandlesJob, OperationFailure, Operations, type JobContext, type JobHandler } from '@roster/platform-queue';
import { FullEvaluation } from './full-evaluation.js';

/** Evaluates every workload of an organization, with progress. Running it twice changes nothing more. */
@Injectable()
@HandlesJob('classification.reevaluate-tenant')
export class ReevaluateTenantJob implements JobHandler<'classification.reevaluate-tenant'> {
  constructor(private readonly full: FullEvaluation, private readonly operations: Operations, private readonly failure: OperationFailure) {}

  handle({ tenantId, operationId }: { tenantId: string; operationId: string }, context: JobContext): Promise<void> {
    const scope = TenantScope.forSystem(tenantId, 'classification');
    const stopped = problem('PLATFORM_INTERNAL_ERROR', 'The evaluation stopped because of an error on our side. What was evaluated stands. Evaluate again; if it fails again, tell your operator the id of this operation.');
    return this.failure.watch(scope, operationId, context, stopped, (run) => this.evaluate(scope, operationId, run, context));
  }

  private async evaluate(scope: TenantScope, operationId: string, run: number, context: JobContext): Promise<void> {
    const total = await this.full.count(scope);
    if (!(await this.operations.progress(scope, operationId, 0, total, run))) return;
    let stopped = false;
    const result = await this.full.run(scope, 'sweep', async (done) => {
      if (context.signal.aborted) throw new Error('The worker is stopping; the run starts again elsewhere');
      stopped = !(await this.operations.progress(scope, operationId, done, Math.max(total, done), run));
      return !stopped;
    });
    if (!stopped) await this.operations.succeed(scope, operationId, result, result.evaluated);
  }
}
