import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import type { ProblemError } from '@roster/platform-errors';
import type { JobContext } from './handler.decorator.js';
import { Operations } from './operation.js';
import { JOB_ATTEMPTS } from './queue-connection.js';

/** Ends the operation of a job that failed on its last attempt for a reason nobody foresaw: whoever watches it learns that nothing more comes. */
@Injectable()
export class OperationFailure {
  constructor(private readonly operations: Operations) {}

  /**
   * Runs `work`, unless the operation has ended. An error is passed on, so that the job is retried or kept.
   * @param why what people are told after the last attempt; an operation that has ended stays as it ended, and one that a newer run works on goes on
   * @param work is told which run it is; see {@link Operations.begin}
   */
  async watch(scope: TenantScope, operationId: string, { attempt }: Pick<JobContext, 'attempt'>, why: ProblemError, work: (run: number) => Promise<void>): Promise<void> {
    let run: number | null = null;
    try {
      run = await this.operations.begin(scope, operationId);
      if (run !== null) await work(run);
    } catch (error) {
      // Without a number not even the beginning could be written: then only the operation tells whether it is still wanted.
      if (attempt >= JOB_ATTEMPTS) await this.operations.fail(scope, operationId, why, run ?? undefined);
      throw error;
    }
  }
}
