import { Injectable } from '@nestjs/common';
import type { EvidenceKind } from '@roster/contracts';
import { Clock, newId, responsibleMemberId, type TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { Outbox } from '@roster/platform-queue';
import { Trail, type TrailEvent } from '@roster/trail';
import { EvidenceBlobRepository } from '../file/evidence-blob.repository.js';
import type { StoredFile } from '../file/upload-intake.js';
import { EvidenceItemRepository, type EvidenceVersionRow } from '../item/evidence-item.repository.js';
import { EvidenceLinkRepository, type LinkTarget } from '../link/evidence-link.repository.js';
import type { EvidencePeriod } from './evidence-period.js';

/** What one version holds: a stored file, or an address. */
export type VersionContent = EvidencePeriod & { readonly notes: string | null }
  & ({ readonly file: StoredFile } | { readonly url: string; readonly urlSha256: string | null });

export interface SubmittedVersion {
  readonly id: string;
  readonly version: number;
  readonly sha256: string | null;
  readonly status: 'quarantined' | 'submitted';
}

/** One thing that happened to a version. */
export interface EvidenceAct {
  readonly itemId: string;
  readonly version: number;
  readonly action: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly reason?: string | null;
}

/** Writes submissions with their trail and events. Every method runs in the caller's transaction. */
@Injectable()
export class EvidenceWriter {
  constructor(
    private readonly items: EvidenceItemRepository, private readonly links: EvidenceLinkRepository, private readonly blobs: EvidenceBlobRepository,
    private readonly trail: Trail, private readonly outbox: Outbox, private readonly clock: Clock,
  ) {}

  /** A new item with its first version and links. */
  async submitItem(scope: TenantScope, item: { kind: EvidenceKind; title: string }, content: VersionContent, links: readonly LinkTarget[]): Promise<SubmittedVersion> {
    const at = this.clock.now();
    const id = newId(at);
    await this.items.insert(scope, { id, ...item }, at);
    await this.links.insertMany(scope, id, links.map((link) => ({ ...link, id: newId(at) })), responsibleMemberId(scope.actor), at);
    return this.submitVersion(scope, id, content, item);
  }

  /** The next version of an item. @throws EVIDENCE_ITEM_NOT_FOUND */
  async submitVersion(scope: TenantScope, itemId: string, content: VersionContent, created?: { kind: EvidenceKind; title: string }): Promise<SubmittedVersion> {
    const at = this.clock.now();
    if (!(await this.items.lock(scope, itemId))) throw problem('EVIDENCE_ITEM_NOT_FOUND', 'There is no such evidence.');
    const file = 'file' in content ? content.file : null;
    const address = 'url' in content ? { url: content.url, urlSha256: content.urlSha256 } : { url: null, urlSha256: null };
    const status = file ? await this.keepFile(scope, file, at) : 'submitted';
    const { effectiveFrom, effectiveTo, expiresAt, notes } = content;
    const sha256 = file?.blob.sha256 ?? null;
    const version = await this.items.insertVersion(scope, itemId, {
      sha256, fileName: file?.fileName ?? null, mediaType: file?.mediaType ?? null, ...address, effectiveFrom, effectiveTo, expiresAt, notes, status,
      submitterMemberId: responsibleMemberId(scope.actor),
    }, at);
    await this.record(scope, itemId, 'evidence.version.submitted', version, {
      ...(created ?? {}), sha256, fileName: file?.fileName ?? null, mediaType: file?.mediaType ?? null, size: file?.blob.size ?? null, ...address, status,
      effectiveFrom: effectiveFrom?.toISOString() ?? null, effectiveTo: effectiveTo?.toISOString() ?? null, expiresAt: expiresAt?.toISOString() ?? null,
    });
    await this.outbox.publish(scope, 'evidence.version.submitted', { itemId, version });
    return { id: itemId, version, sha256: sha256 ?? address.urlSha256, status };
  }

  /** Tells trail and listeners about a decision that was stored. */
  async decided(scope: TenantScope, row: EvidenceVersionRow, decision: 'accepted' | 'rejected', comment: string | null): Promise<void> {
    const { itemId, version, sha256, url } = row;
    await this.record(scope, itemId, 'evidence.version.decided', version, { decision, sha256, url }, comment);
    await this.outbox.publish(scope, 'evidence.version.decided', { itemId, version, decision });
  }

  /** One trail entry for each workload the item is linked to, so that the history of each tells it; one without workload when there is none. */
  record(scope: TenantScope, itemId: string, action: string, version: number, payload: Readonly<Record<string, unknown>>, reason: string | null = null): Promise<void> {
    return this.recordMany(scope, [{ itemId, version, action, payload, reason }]);
  }

  /** Like `record`, for many items in few statements. */
  async recordMany(scope: TenantScope, acts: readonly EvidenceAct[]): Promise<void> {
    const links = new Map<string, { workloadId: string; requirementKey: string }[]>();
    for (const { itemId, ...link } of await this.links.pairsOf(scope, [...new Set(acts.map((act) => act.itemId))])) {
      const own = links.get(itemId);
      if (own) own.push(link);
      else links.set(itemId, [link]);
    }
    await this.trail.recordMany(scope, acts.flatMap(({ itemId, version, action, payload, reason }): TrailEvent[] => {
      const object = { type: 'evidence', id: itemId, version };
      const own = links.get(itemId) ?? [];
      const workloads = [...new Set(own.map((link) => link.workloadId))];
      return workloads.length === 0 ? [{ action, object, workloadId: null, reason: reason ?? null, payload }] : workloads.map((workloadId) => ({
        action, object, workloadId, reason: reason ?? null,
        payload: { ...payload, requirements: own.filter((l) => l.workloadId === workloadId && l.requirementKey !== '').map((l) => l.requirementKey) },
      }));
    }));
  }

  private async keepFile(scope: TenantScope, file: StoredFile, at: Date): Promise<SubmittedVersion['status']> {
    const { scanStatus, scanNeeded } = await this.blobs.keep(scope, file.blob, at);
    if (scanStatus === 'infected') throw problem('EVIDENCE_FILE_REFUSED', 'The virus scanner found this file harmful. Nothing was stored.', { errors: [{ path: 'file', code: 'harmful', message: 'The virus scanner found this file harmful.' }] });
    if (scanNeeded) await this.outbox.enqueue(scope, 'evidence.scan-file', { tenantId: scope.tenantId, sha256: file.blob.sha256 });
    return scanStatus === 'pending' ? 'quarantined' : 'submitted';
  }
}
