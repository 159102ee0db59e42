import { Injectable } from '@nestjs/common';
import { Clock, SystemScope, TenantScope } from '@roster/platform-context';
import { HandlesJob, type JobContext, type JobHandler } from '@roster/platform-queue';
import { FileStorage } from '@roster/platform-storage';
import { EvidenceUploadRepository } from './evidence-upload.repository.js';
import { uploadPrefix } from './evidence-upload.service.js';

const UPLOADS_PER_SWEEP = 500;

/**
 * System tick: removes the bytes and then the row of every upload that was used, refused, given up or forgotten. An upload is not evidence,
 * so nothing is written to the trail. Running it twice, or on two workers, removes nothing twice.
 */
@Injectable()
@HandlesJob('evidence.sweep-uploads')
export class SweepUploadsJob implements JobHandler<'evidence.sweep-uploads'> {
  constructor(private readonly uploads: EvidenceUploadRepository, private readonly storage: FileStorage, private readonly clock: Clock) {}

  async handle(_payload: Record<string, never>, { signal }: JobContext): Promise<void> {
    const now = this.clock.now();
    for (const { tenantId, id } of await this.uploads.ended(SystemScope.because('sweep of ended uploads'), now, UPLOADS_PER_SWEEP)) {
      if (signal.aborted) return;
      await this.storage.deleteFolder(uploadPrefix(tenantId, id));
      await this.uploads.remove(TenantScope.forSystem(tenantId, 'evidence.sweep-uploads'), id, now);
    }
  }
}
