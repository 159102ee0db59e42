import type { Actor } from '@roster/platform-context';
import type { EvidenceActorDto, EvidenceDto, EvidenceLinkDto, EvidenceSummaryDto, EvidenceVersionDto } from './evidence.dto.js';
import type { EvidenceItemRow, EvidenceLinkRow, EvidenceVersionRow } from './evidence-item.repository.js';
import { previewTypeOf } from './evidence-preview.js';
import type { EvidenceDetail } from './evidence.query.js';

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));

export const toActor = (actor: Actor): EvidenceActorDto => ({ type: actor.type, id: actor.id, name: actor.name, ...(actor.type === 'api_key' ? { onBehalfOf: actor.onBehalfOf } : {}) });

export const toVersion = (row: EvidenceVersionRow, now: Date): EvidenceVersionDto => ({
  version: row.version, status: row.status === 'accepted' && row.expiresAt !== null && new Date(row.expiresAt) <= now ? 'expired' : row.status,
  sha256: row.sha256, size: row.size, fileName: row.fileName, mediaType: row.mediaType, scan: row.scanStatus,
  contentHref: row.sha256 === null || row.status === 'refused' ? null : `/api/v1/evidence/${row.itemId}/versions/${row.version}/content`,
  previewHref: row.sha256 === null || row.mediaType === null || ['refused', 'quarantined'].includes(row.status) || previewTypeOf(row.mediaType) === null ? null : `/api/v1/evidence/${row.itemId}/versions/${row.version}/preview`,
  url: row.url, urlSha256: row.urlSha256, effectiveFrom: instant(row.effectiveFrom), effectiveTo: instant(row.effectiveTo), expiresAt: instant(row.expiresAt), notes: row.notes,
  submittedAt: new Date(row.submittedAt), submittedBy: toActor(row.submittedBy),
  decision: row.decidedAt !== null && row.decidedBy !== null && (row.status === 'accepted' || row.status === 'rejected')
    ? { decision: row.status, comment: row.decisionComment, at: new Date(row.decidedAt), by: toActor(row.decidedBy) } : null,
});

export const toLink = (row: EvidenceLinkRow): EvidenceLinkDto => ({
  id: row.id, workload: { id: row.workloadId, key: row.workloadKey, name: row.workloadName }, criterion: row.requirementKey === '' ? null : row.requirementKey, status: row.status,
  proposedAt: new Date(row.proposedAt), proposedBy: toActor(row.proposedBy), decidedAt: instant(row.decidedAt),
  decision: row.decidedAt !== null && row.decidedBy !== null && row.status !== 'proposed' ? { decision: row.status, comment: row.decisionComment, at: new Date(row.decidedAt), by: toActor(row.decidedBy) } : null,
});

export function toSummary(row: EvidenceItemRow, now: Date): EvidenceSummaryDto {
  const latest = toVersion(row.latest, now);
  return {
    id: row.id, kind: row.kind, title: row.title, status: latest.status, version: latest.version, acceptedVersion: row.acceptedVersion, expiresAt: row.expiresAt,
    linkCount: row.linkCount, createdAt: row.createdAt, updatedAt: row.updatedAt, latest,
  };
}

export const toEvidence = ({ item, versions, links }: EvidenceDetail, now: Date): EvidenceDto => ({
  ...toSummary(item, now), versions: versions.map((row) => toVersion(row, now)), links: links.map(toLink),
});
