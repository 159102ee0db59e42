import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { ReevaluationMarkRepository, type ReevaluationMark } from './reevaluation-mark.repository.js';

export type { ReevaluationMark } from './reevaluation-mark.repository.js';

/** Workloads about which something changed that the tree reads. Set by database triggers, emptied by classification. */
@Injectable()
export class ReevaluationMarks {
  constructor(private readonly repository: ReevaluationMarkRepository) {}

  /**
   * Takes marks, oldest first, and locks their workloads until the transaction ends. Workloads that somebody else is writing are left for
   * the next time, so that evaluation never waits for a writer and never overlooks one. If the transaction rolls back, the marks are there again.
   * @param limit 1-10,000
   */
  claim(scope: TenantScope, limit: number): Promise<ReevaluationMark[]> {
    return this.repository.claim(scope, limit);
  }

  /** Whether something committed is not evaluated yet. */
  has(scope: TenantScope, workloadId: string): Promise<boolean> {
    return this.repository.has(scope, workloadId);
  }

  /** Takes the mark of one workload, waiting for writers; for an evaluation that must answer now. */
  clear(scope: TenantScope, workloadId: string): Promise<ReevaluationMark | null> {
    return this.repository.clear(scope, workloadId);
  }
}
