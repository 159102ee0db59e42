import { Injectable } from '@nestjs/common';
import type { Readable } from 'node:stream';
import type { TenantScope } from '@roster/platform-context';
import { FileStorage } from '@roster/platform-storage';
import { EvidenceItemRepository, type EvidenceItemRow, type EvidenceLinkRow, type EvidenceVersionRow } from './evidence-item.repository.js';
import { EvidenceLinkRepository } from '../link/evidence-link.repository.js';
import { EvidenceExportRepository, type EvidenceChange, type ExportedEvidence, type ExportedException } from './evidence-export.repository.js';

/** One item with everything about it. */
export interface EvidenceDetail {
  readonly item: EvidenceItemRow;
  /** Newest first. */
  readonly versions: readonly EvidenceVersionRow[];
  readonly links: readonly EvidenceLinkRow[];
}

/** What other areas may ask about evidence. */
@Injectable()
export class EvidenceQuery {
  constructor(
    private readonly items: EvidenceItemRepository, private readonly links: EvidenceLinkRepository, private readonly exports: EvidenceExportRepository,
    private readonly storage: FileStorage,
  ) {}

  /** @returns null when there is no such item */
  async find(scope: TenantScope, itemId: string): Promise<EvidenceDetail | null> {
    const item = await this.items.find(scope, itemId);
    return item && { item, versions: await this.items.versions(scope, itemId), links: await this.links.ofItem(scope, itemId) };
  }

  /**
   * Items that are linked to any of some workloads, as they were known at an instant, in id order.
   * @param after id of the last item of the previous page, null for the first
   * @param limit 1-1,000
   */
  export(scope: TenantScope, workloadIds: readonly string[], asOf: Date, after: string | null, limit: number): Promise<ExportedEvidence[]> {
    return this.exports.items(scope, workloadIds, asOf, after, limit);
  }

  /** Exceptions and not-applicable statements of some workloads, as they were known at an instant, in id order. */
  exportExceptions(scope: TenantScope, workloadIds: readonly string[], asOf: Date): Promise<ExportedException[]> {
    return this.exports.exceptions(scope, workloadIds, asOf);
  }

  /** Streams the bytes of a file whose storage key was exported. @throws when they are not in storage */
  open(storageKey: string): Promise<Readable> {
    return this.storage.open(storageKey);
  }

  /**
   * What changed in the evidence of a workload in a period, for a review (domain.md section 8).
   * @returns oldest first, at most `limit`
   */
  changes(scope: TenantScope, workloadId: string, from: Date, to: Date, limit: number): Promise<EvidenceChange[]> {
    return this.exports.changes(scope, workloadId, from, to, limit);
  }
}
