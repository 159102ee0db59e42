import { Inject, Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { ROSTER_CONFIG, type RosterConfig } from '@roster/platform-config';
import { TenantScope } from '@roster/platform-context';
import { FileStorage } from '@roster/platform-storage';
import { HandlesJob, type JobHandler } from '@roster/platform-queue';
import { EvidenceBlobRepository } from '../file/evidence-blob.repository.js';
import { QuarantineRelease } from './quarantine-release.js';
import { scanStream } from './virus-scanner.js';

/** Asks the scanner about one file in quarantine. Without a clear answer the file stays there and the job is tried again. */
@Injectable()
@HandlesJob('evidence.scan-file')
export class ScanFileJob implements JobHandler<'evidence.scan-file'> {
  constructor(
    private readonly blobs: EvidenceBlobRepository, private readonly storage: FileStorage, private readonly quarantine: QuarantineRelease,
    @Inject(ROSTER_CONFIG) private readonly config: RosterConfig,
  ) {}

  async handle({ tenantId, sha256 }: JobPayloads['evidence.scan-file']): Promise<void> {
    const scope = TenantScope.forSystem(tenantId, 'evidence.scan-file');
    const blob = await this.blobs.find(scope, sha256);
    if (!blob || blob.scanStatus !== 'pending') return;
    if (this.config.clamavUrl === null) throw new Error('CLAMAV_URL was removed while files are in quarantine: set it, so that they can be scanned');
    const verdict = await scanStream(this.config.clamavUrl, await this.storage.open(blob.storageKey));
    await this.quarantine.release(scope, blob, verdict);
  }
}
