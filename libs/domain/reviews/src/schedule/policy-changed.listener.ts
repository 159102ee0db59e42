import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { ListensTo, type EventListener } from '@roster/platform-queue';
import { ReviewScheduleService } from './review-schedule.service.js';

/** A new review policy or time zone moves every future review of the organization. */
@Injectable()
@ListensTo('reviews.policy-changed', 'access.organization.changed')
export class PolicyChangedListener implements EventListener<'access.organization.changed'> {
  constructor(private readonly schedules: ReviewScheduleService) {}

  async on(scope: TenantScope, { fields }: { fields: string[] }): Promise<void> {
    if (fields.includes('timeZone') || fields.includes('reviewPolicy')) await this.schedules.recompute(scope);
  }
}
