import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import type { EventPayloads } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { ListensTo, type EventListener } from '@roster/platform-queue';
import { OutOfCycleService } from '../review/out-of-cycle.service.js';
import { ReviewEditions } from '../template/review-editions.port.js';
import { blockingRequirements } from '../template/review-template.js';
import { TriggerSourceRepository } from './trigger-source.repository.js';

type Triggering = 'inventory.owner.orphaned' | 'inventory.workload.changed' | 'classification.scope-change.recorded' | 'evidence.version.expired';

/** Fields of a workload whose change asks for a review (domain.md section 8). */
const CHANGED_FIELDS: Readonly<Record<string, { kind: string; detail: string }>> = {
  components: { kind: 'component_change', detail: 'A model, provider or other component was changed.' },
  toolGrants: { kind: 'tool_grant', detail: 'Tool grants were changed.' },
};

/** Events that ask for a review out of cycle (domain.md section 8). */
@Injectable()
@ListensTo('reviews.out-of-cycle', 'inventory.owner.orphaned', 'inventory.workload.changed', 'classification.scope-change.recorded', 'evidence.version.expired')
export class ReviewTriggerListener implements EventListener<Triggering> {
  constructor(
    private readonly outOfCycle: OutOfCycleService, private readonly sources: TriggerSourceRepository, private readonly editions: ReviewEditions,
    private readonly organizations: OrganizationQuery,
  ) {}

  async on(scope: TenantScope, payload: EventPayloads[Triggering], event: { id: string; name: Triggering; at: Date }): Promise<void> {
    for (const { workloadId, kind, detail } of await this.asked(scope, payload, event.name)) {
      await this.outOfCycle.trigger(scope, workloadId, { key: `${kind}:${event.id}`, kind, detail, at: event.at });
    }
  }

  private async asked(scope: TenantScope, payload: EventPayloads[Triggering], name: Triggering): Promise<{ workloadId: string; kind: string; detail: string }[]> {
    switch (name) {
      case 'inventory.owner.orphaned': {
        const { workloadId, role } = payload as EventPayloads['inventory.owner.orphaned'];
        return [{ workloadId, kind: 'owner_orphaned', detail: `The ${role.replaceAll('_', ' ')} is no longer there.` }];
      }
      case 'inventory.workload.changed': {
        const { workloadId, fields } = payload as EventPayloads['inventory.workload.changed'];
        return fields.flatMap((field) => { const asks = CHANGED_FIELDS[field]; return asks ? [{ workloadId, ...asks }] : []; });
      }
      case 'classification.scope-change.recorded': {
        const { workloadId, scopeChangeId } = payload as EventPayloads['classification.scope-change.recorded'];
        const change = await this.sources.scopeChange(scope, scopeChangeId);
        return change ? [{ workloadId, kind: change.kind === 'new_tool_grant' ? 'tool_grant' : 'scope_change', detail: `${change.kind.replaceAll('_', ' ')}: ${change.detail}`.slice(0, 4_000) }] : [];
      }
      case 'evidence.version.expired': {
        const { itemId } = payload as EventPayloads['evidence.version.expired'];
        const blocking = blockingRequirements(this.editions.edition((await this.organizations.settings(scope)).edition));
        const hit = new Map((await this.sources.linksOf(scope, itemId)).filter(({ requirementKey }) => blocking.has(requirementKey)).map((link) => [link.workloadId, link]));
        return [...hit.values()].map(({ workloadId, requirementKey, title }) => ({ workloadId, kind: 'evidence_expired', detail: `Evidence "${title}" for ${requirementKey} has expired.` }));
      }
    }
  }
}
