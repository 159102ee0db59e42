import { Injectable } from '@nestjs/common';
import { ReviewImpactPort, type ReviewImpact, type SupposedWorkload } from '@roster/classification';
import type { OrganizationSettings } from '@roster/contracts';
import { Clock, type TenantScope } from '@roster/platform-context';
import { ReviewScheduleRepository } from './review-schedule.repository.js';
import { rememberedNext } from './schedule-plan.js';
import { supposedReview } from './supposed-schedule.js';

/** Reviews under supposed settings, for impact previews. */
@Injectable()
export class ReviewImpactQuery extends ReviewImpactPort {
  constructor(private readonly schedules: ReviewScheduleRepository, private readonly clock: Clock) {
    super();
  }

  async impact(scope: TenantScope, workloads: readonly SupposedWorkload[], current: OrganizationSettings, supposed: OrganizationSettings): Promise<ReviewImpact[]> {
    const now = this.clock.now();
    const next = rememberedNext();
    const active = new Map((await this.schedules.ofWorkloads(scope, workloads.map(({ workloadId }) => workloadId))).map((schedule) => [schedule.workloadId, schedule]));
    return workloads.flatMap(({ workloadId, outcome }) => supposedReview(workloadId, active.get(workloadId) ?? null, outcome, current, supposed, now, next) ?? []);
  }
}
