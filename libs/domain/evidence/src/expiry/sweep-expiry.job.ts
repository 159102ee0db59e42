import { Injectable } from '@nestjs/common';
import { Clock, SystemScope, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { HandlesJob, Outbox, type JobContext, type JobHandler } from '@roster/platform-queue';
import { EvidenceBlobRepository } from '../file/evidence-blob.repository.js';
import { ExpiryRepository } from './expiry.repository.js';
import { ExpiryService } from './expiry.service.js';

/** A scan that has not answered for this long was lost and is asked for again. */
const SCAN_LOST_MILLISECONDS = 10 * 60_000;
const SCANS_PER_SWEEP = 100;

/** System tick: says what is due about expiry in every organization, and asks again for scans that were lost. */
@Injectable()
@HandlesJob('evidence.sweep-expiry')
export class SweepExpiryJob implements JobHandler<'evidence.sweep-expiry'> {
  constructor(
    private readonly repository: ExpiryRepository, private readonly expiry: ExpiryService, private readonly blobs: EvidenceBlobRepository, private readonly unitOfWork: UnitOfWork,
    private readonly outbox: Outbox, private readonly clock: Clock,
  ) {}

  async handle(_payload: Record<string, never>, { signal }: JobContext): Promise<void> {
    const now = this.clock.now();
    for (const tenantId of await this.repository.dueTenants(SystemScope.because('sweep of evidence expiry'), now)) {
      if (signal.aborted) return;
      await this.expiry.sweep(TenantScope.forSystem(tenantId, 'evidence.sweep-expiry'));
    }
    const lost = await this.blobs.waiting(SystemScope.because('sweep of lost virus scans'), new Date(now.getTime() - SCAN_LOST_MILLISECONDS), SCANS_PER_SWEEP);
    for (const { tenantId, sha256 } of lost) {
      const scope = TenantScope.forSystem(tenantId, 'evidence.sweep-expiry');
      await this.unitOfWork.run(scope, () => this.outbox.enqueue(scope, 'evidence.scan-file', { tenantId, sha256 }));
    }
  }
}
