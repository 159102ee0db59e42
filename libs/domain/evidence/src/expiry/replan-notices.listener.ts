import { Injectable } from '@nestjs/common';
import type { EventPayloads } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { ListensTo, type EventListener } from '@roster/platform-queue';
import { ExpiryService } from './expiry.service.js';

/** When an organization changes how early it wants to be warned, what is planned follows. */
@Injectable()
@ListensTo('evidence.replan-notices', 'access.organization.changed')
export class ReplanNoticesListener implements EventListener<'access.organization.changed'> {
  constructor(private readonly expiry: ExpiryService) {}

  async on(scope: TenantScope, { fields }: EventPayloads['access.organization.changed']): Promise<void> {
    if (fields.some((field) => field === 'thresholds' || field.startsWith('thresholds.'))) await this.expiry.replan(scope);
  }
}
