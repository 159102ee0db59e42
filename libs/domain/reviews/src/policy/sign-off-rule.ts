import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { WorkloadLookup, type WorkloadReference } from '@roster/inventory';
import type { TenantScope } from '@roster/platform-context';
import { needsSignOff } from './review-obligation.js';

/** Whether the reviews of a workload need a second person now. */
@Injectable()
export class SignOffRule {
  constructor(private readonly workloads: WorkloadLookup, private readonly organizations: OrganizationQuery) {}

  async of(scope: TenantScope, workloadId: string): Promise<{ required: boolean; workload: WorkloadReference }> {
    const workload = await this.workloads.require(scope, workloadId);
    const { reviewPolicy } = await this.organizations.settings(scope);
    return { required: needsSignOff(workload.riskTier, reviewPolicy), workload };
  }
}
