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
  async ensure(scope: TenantScope, workloadId: string): Promise<void> {
    const found = await this.results.freshness(scope, workloadId);
    if (!found) return;
    const policy = await this.policies.of(scope);
    const expired = found.reevaluateAt !== null && found.reevaluateAt <= this.clock.now();
    if (!found.marked && !expired && found.treeDigest === policy.tree.digest && found.policyDigest === policy.digest) return;
    const trigger = expired ? 'expiry' : found.treeDigest === null ? 'registered' : 'policy';
    await this.evaluation.evaluate(TenantScope.forSystem(scope.tenantId, 'classification'), [workloadId], { trigger });
  }
}
