import { Injectable } from '@nestjs/common';
import type { EventPayloads } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { ListensTo, type EventListener } from '@roster/platform-queue';
import { Reaffirmation } from './reaffirmation.js';

/** Another period of re-affirmation counts for every owner, from the day they last affirmed. */
@Injectable()
@ListensTo('inventory.organization-changed', 'access.organization.changed')
export class PeriodChangedListener implements EventListener<'access.organization.changed'> {
  constructor(private readonly reaffirmation: Reaffirmation) {}

  async on(scope: TenantScope, { fields }: EventPayloads['access.organization.changed']): Promise<void> {
    if (fields.includes('thresholds')) await this.reaffirmation.follow(scope);
  }
}
