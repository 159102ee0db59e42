import { Injectable } from '@nestjs/common';
import { Clock, TenantScope } from '@roster/platform-context';
import { ClassificationRepository } from './classification.repository.js';
import { EvaluateWorkloadsUsecase } from './evaluate-workloads.usecase.js';
import { EvaluationPolicies } from './evaluation-policy.js';

/** Keeps readers from being told something that is no longer so. */
@Injectable()
export class Freshness {
  constructor(
    private readonly results: ClassificationRepository, private readonly policies: EvaluationPolicies, private readonly evaluation: EvaluateWorkloadsUsecase,
    private readonly clock: Clock,
  ) {}

  /**
   * Evaluates a workload first when its result may be out of date: something changed, an expiry has passed, or it was decided by another
   * tree, edition or policy than the one in force. The evaluation is the system's own, not the reader's.
   */
  ensure(scope: TenantScope, workloadId: string): Promise<void> {
    return this.ensureAll(scope, [workloadId]);
  }

  /** The same for many at once. @param workloadIds at most a few thousand */
  async ensureAll(scope: TenantScope, workloadIds: readonly string[]): Promise<void> {
    const found = await this.results.freshness(scope, workloadIds);
    if (found.length === 0) return;
    const policy = await this.policies.of(scope);
    const now = this.clock.now();
    const due = { expiry: [] as string[], registered: [] as string[], policy: [] as string[] };
    for (const { workloadId, marked, reevaluateAt, treeDigest, policyDigest } of found) {
      const expired = reevaluateAt !== null && reevaluateAt <= now;
      if (!marked && !expired && treeDigest === policy.tree.digest && policyDigest === policy.digest) continue;
      due[expired ? 'expiry' : treeDigest === null ? 'registered' : 'policy'].push(workloadId);
    }
    const system = TenantScope.forSystem(scope.tenantId, 'classification');
    for (const [trigger, ids] of Object.entries(due)) await this.evaluation.evaluate(system, ids, { trigger });
  }
}
