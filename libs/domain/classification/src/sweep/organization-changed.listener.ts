import { Injectable } from '@nestjs/common';
import type { EventPayloads } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { ListensTo, type EventListener } from '@roster/platform-queue';
import { ReevaluationService } from './reevaluation.service.js';

/** Settings that the tree reads; a change of any other one changes no stage. */
const READ = ['edition', 'tierPolicy', 'thresholds'];

/** Another edition, required set or threshold: every workload is evaluated again (domain.md section 5). */
@Injectable()
@ListensTo('classification.organization-changed', 'access.organization.changed')
export class OrganizationChangedListener implements EventListener<'access.organization.changed'> {
  constructor(private readonly reevaluations: ReevaluationService) {}

  async on(scope: TenantScope, payload: EventPayloads['access.organization.changed']): Promise<void> {
    if (payload.fields.some((field) => READ.includes(field.split('.')[0] ?? ''))) await this.reevaluations.start(scope, 'settings');
  }
}
