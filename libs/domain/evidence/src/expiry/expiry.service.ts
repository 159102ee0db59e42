import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import type { EventName, EventPayloads } from '@roster/contracts';
import { Clock, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { Outbox } from '@roster/platform-queue';
import { EvidenceWriter, type EvidenceAct } from '../submission/evidence-writer.js';
import { Trail } from '@roster/trail';
import { dueNotice, firstNoticeAt, nextNoticeAfter } from './expiry-notice.js';
import { ExpiryRepository } from './expiry.repository.js';

const BATCH = 500;
type Event = { name: EventName; payload: EventPayloads[EventName] };

/** Says what is due about expiry, once each: warnings ahead, and the expiry itself (domain.md section 7). */
@Injectable()
export class ExpiryService {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly repository: ExpiryRepository, private readonly organizations: OrganizationQuery, private readonly writer: EvidenceWriter,
    private readonly trail: Trail, private readonly outbox: Outbox, private readonly clock: Clock,
  ) {}

  /** Everything of one organization that is due now. Claimed rows and their events are one transaction, so a second worker says nothing twice. */
  async sweep(scope: TenantScope): Promise<number> {
    const { evidenceWarnDays } = (await this.organizations.settings(scope)).thresholds;
    let said = 0;
    for (;;) {
      const batch = await this.unitOfWork.run(scope, () => this.batch(scope, evidenceWarnDays));
      said += batch;
      if (batch < BATCH) return said;
    }
  }

  /** Plans the notices anew after the organization changed when it wants to be warned. */
  async replan(scope: TenantScope): Promise<void> {
    const { evidenceWarnDays } = (await this.organizations.settings(scope)).thresholds;
    await this.unitOfWork.run(scope, async () => {
      const now = this.clock.now();
      const versions = await this.repository.countingVersions(scope, now);
      await this.repository.planVersions(scope, versions.map(({ itemId, version, expiresAt }) => ({ itemId, version, nextNoticeAt: firstNoticeAt(expiresAt, evidenceWarnDays, now) })));
      const exceptions = await this.repository.countingExceptions(scope, now);
      await this.repository.planExceptions(scope, exceptions.map(({ id, expiresAt }) => ({ id, nextNoticeAt: firstNoticeAt(expiresAt, evidenceWarnDays, now) })));
    });
  }

  private async batch(scope: TenantScope, warnDays: readonly number[]): Promise<number> {
    const now = this.clock.now();
    const events: Event[] = [];
    const versions = await this.repository.claimVersions(scope, now, BATCH);
    const expired: EvidenceAct[] = [];
    for (const { itemId, version, expiresAt } of versions) {
      const notice = dueNotice(expiresAt, warnDays, now);
      if (notice?.kind === 'expiring') events.push({ name: 'evidence.version.expiring', payload: { itemId, version, days: notice.days } });
      if (notice?.kind !== 'expired') continue;
      events.push({ name: 'evidence.version.expired', payload: { itemId, version } });
      expired.push({ itemId, version, action: 'evidence.version.expired', payload: { expiresAt: expiresAt.toISOString() } });
    }
    await this.writer.recordMany(scope, expired);
    await this.repository.planVersions(scope, versions.map(({ itemId, version, expiresAt }) => ({ itemId, version, nextNoticeAt: nextNoticeAfter(expiresAt, warnDays, now) })));
    const exceptions = versions.length < BATCH ? await this.repository.claimExceptions(scope, now, BATCH - versions.length) : [];
    const expiredWorkloads: string[] = [];
    for (const { id, expiresAt, workloadId } of exceptions) {
      const notice = dueNotice(expiresAt, warnDays, now);
      if (notice?.kind === 'expiring') events.push({ name: 'evidence.exception.expiring', payload: { exceptionId: id, days: notice.days } });
      if (notice?.kind !== 'expired') continue;
      expiredWorkloads.push(workloadId);
      events.push({ name: 'evidence.exception.expired', payload: { exceptionId: id } });
      await this.trail.record(scope, { action: 'evidence.exception.expired', object: { type: 'exception', id }, workloadId, payload: { expiresAt: expiresAt.toISOString() } });
    }
    await this.repository.planExceptions(scope, exceptions.map(({ id, expiresAt }) => ({ id, nextNoticeAt: nextNoticeAfter(expiresAt, warnDays, now) })));
    if (expired.length + expiredWorkloads.length > 0) await this.repository.markWorkloads(scope, expired.map((act) => act.itemId), expiredWorkloads);
    await this.outbox.publishMany(scope, events);
    return versions.length + exceptions.length;
  }
}
