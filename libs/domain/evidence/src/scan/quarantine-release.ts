import { Injectable } from '@nestjs/common';
import { Clock, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { Outbox } from '@roster/platform-queue';
import { FileStorage } from '@roster/platform-storage';
import { EvidenceBlobRepository, type EvidenceBlob } from '../file/evidence-blob.repository.js';
import { EvidenceItemRepository } from '../item/evidence-item.repository.js';
import { EvidenceWriter } from '../submission/evidence-writer.js';
import type { ScanVerdict } from './virus-scanner.js';

/** Acts on the verdict of the scanner: clean files wait for a reviewer, harmful ones are refused and their bytes deleted. */
@Injectable()
export class QuarantineRelease {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly blobs: EvidenceBlobRepository, private readonly items: EvidenceItemRepository, private readonly writer: EvidenceWriter,
    private readonly outbox: Outbox, private readonly storage: FileStorage, private readonly clock: Clock,
  ) {}

  /** Idempotent: the verdict is recorded once; deleting bytes that are gone is harmless. */
  async release(scope: TenantScope, blob: EvidenceBlob, verdict: ScanVerdict): Promise<void> {
    await this.unitOfWork.run(scope, async () => {
      const at = this.clock.now();
      if (!(await this.blobs.decide(scope, blob.sha256, verdict, at))) return;
      const clean = verdict.scanStatus === 'clean';
      for (const { itemId, version } of await this.items.release(scope, blob.sha256, clean ? 'submitted' : 'refused', at)) {
        await this.writer.record(scope, itemId, clean ? 'evidence.version.released' : 'evidence.version.refused', version, { sha256: blob.sha256, scan: verdict.result });
        if (!clean) await this.outbox.publish(scope, 'evidence.version.refused', { itemId, version });
      }
    });
    if (verdict.scanStatus === 'infected') await this.storage.delete(blob.storageKey);
  }
}
