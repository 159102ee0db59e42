import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { STAGES, type EventPayloads, type Stage } from '@roster/contracts';
import { Notifier } from '@roster/notifications';
import { type TenantScope, writtenDay } from '@roster/platform-context';
import { ListensTo, type EventListener } from '@roster/platform-queue';
import { recipientsAt } from '../reminder/reminder-plan.js';
import { ReviewAudience } from '../review/review-audience.js';
import { TriggerSourceRepository } from '../trigger/trigger-source.repository.js';

type Told = 'classification.stage.changed' | 'classification.fall.announced' | 'evidence.version.expiring' | 'evidence.version.expired' | 'inventory.owner.orphaned'
  | 'inventory.owner.changed' | 'inventory.owner.reaffirmation-due';

interface WorkloadNotice {
  readonly workloadId: string;
  /** Rung of the escalation path that is told as well. */
  readonly level: number;
  /** Told instead of the path, when it concerns one person alone. */
  readonly memberId?: string;
  readonly key: string;
  readonly title: (workloadKey: string) => string;
  readonly body: (workloadName: string) => string;
}

const rank = (stage: string | null): number => STAGES.indexOf(stage as Stage);

/**
 * Tells the people who answer for a workload what happened to it: a fall of stage and its announcement, evidence that expires, an owner who is
 * gone; and the person who is asked to answer for it, at first and again (domain.md sections 4, 5 and 7).
 */
@Injectable()
@ListensTo('reviews.workload-notices', 'classification.stage.changed', 'classification.fall.announced', 'evidence.version.expiring', 'evidence.version.expired', 'inventory.owner.orphaned',
  'inventory.owner.changed', 'inventory.owner.reaffirmation-due')
export class WorkloadNoticeListener implements EventListener<Told> {
  constructor(private readonly audience: ReviewAudience, private readonly sources: TriggerSourceRepository, private readonly notifier: Notifier, private readonly organizations: OrganizationQuery) {}

  async on(scope: TenantScope, payload: EventPayloads[Told], event: { id: string; name: Told; at: Date }): Promise<void> {
    const notices = await this.notices(scope, payload, event);
    const audiences = await this.audience.of(scope, [...new Set(notices.map(({ workloadId }) => workloadId))]);
    await this.notifier.notifyMany(scope, notices.flatMap((notice) => {
      const audience = audiences.get(notice.workloadId);
      if (!audience?.facts) return [];
      const { key, name } = audience.facts;
      return [{ memberIds: notice.memberId ? [notice.memberId] : recipientsAt(audience.path, notice.level), kind: event.name, key: `${notice.key}:${notice.workloadId}`, title: notice.title(key), body: notice.body(`${name} (${key})`.slice(0, 600)), workloadId: notice.workloadId, href: `/workloads/${key}`, mail: true }];
    }));
  }

  private async day(scope: TenantScope, at: Date): Promise<string> {
    return writtenDay(at, (await this.organizations.settings(scope)).timeZone);
  }

  private async notices(scope: TenantScope, payload: EventPayloads[Told], { id, name }: { id: string; name: Told }): Promise<WorkloadNotice[]> {
    switch (name) {
      case 'classification.stage.changed': {
        const { workloadId, from, to, classificationId } = payload as EventPayloads['classification.stage.changed'];
        if (rank(to) >= rank(from)) return [];
        return [{ workloadId, level: 1, key: `stage:${classificationId}`, title: (key) => `${key} fell from ${from} to ${to}`,
          body: (workload) => `${workload} is no longer ${from}. Its classification lists the gaps that have to close.` }];
      }
      case 'classification.fall.announced': {
        const { workloadId, fallsAt } = payload as EventPayloads['classification.fall.announced'];
        const day = await this.day(scope, new Date(fallsAt));
        return [{ workloadId, level: 0, key: `fall:${fallsAt}`, title: (key) => `${key} will lose its stage on ${day}`,
          body: (workload) => `Unless what expires is renewed, the stage of ${workload} falls on ${day}.` }];
      }
      case 'evidence.version.expiring': case 'evidence.version.expired': {
        const { itemId, version } = payload as EventPayloads['evidence.version.expired'];
        const expiresAt = await this.sources.expiryOf(scope, itemId, version);
        const links = new Map((await this.sources.linksOf(scope, itemId)).map((link) => [link.workloadId, link.title]));
        const days = 'days' in payload ? payload.days : 0;
        const when = expiresAt ? ` on ${await this.day(scope, expiresAt)}` : '';
        return [...links].map(([workloadId, title]) => ({
          workloadId, level: 0, key: `evidence:${itemId}:${version}:${days}`,
          title: (key) => (name === 'evidence.version.expired' ? `Evidence of ${key} has expired` : `Evidence of ${key} expires in ${days} ${days === 1 ? 'day' : 'days'}`),
          body: (workload) => `"${title}" (version ${version}), which supports ${workload}, ${name === 'evidence.version.expired' ? 'expired' : 'expires'}${when}. Submit a new version to keep what it proves.`,
        }));
      }
      case 'inventory.owner.changed': {
        const { workloadId, role, memberId, status } = payload as EventPayloads['inventory.owner.changed'];
        if (status !== 'proposed' || memberId === null) return [];
        const label = role.replaceAll('_', ' ');
        return [{ workloadId, level: 0, memberId, key: `proposed:${id}`, title: (key) => `You are asked to be ${label} of ${key}`, body: (workload) => `Accept or decline to answer for ${workload} as ${label}. Until you accept, nobody does.` }];
      }
      case 'inventory.owner.reaffirmation-due': {
        const { workloadId, role, memberId } = payload as EventPayloads['inventory.owner.reaffirmation-due'];
        const label = role.replaceAll('_', ' ');
        return [{ workloadId, level: 0, memberId, key: `reaffirm:${id}`, title: (key) => `Do you still answer for ${key}?`, body: (workload) => `Confirm that you are still ${label} of ${workload}, or hand it on.` }];
      }
      case 'inventory.owner.orphaned': {
        const { workloadId, role, memberId } = payload as EventPayloads['inventory.owner.orphaned'];
        const label = role.replaceAll('_', ' ');
        return [{ workloadId, level: 1, key: `orphaned:${role}:${memberId}`, title: (key) => `${key} has lost its ${label}`, body: (workload) => `The ${label} of ${workload} is no longer there. Name somebody who accepts.` }];
      }
    }
  }
}
