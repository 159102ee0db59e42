import type { PackDto } from './pack.dto.js';
import type { PackStateRow } from './pack.repository.js';

/** @param keyFingerprint of the key that signs packs here */
export const toPackDto = (row: PackStateRow, keyFingerprint: string): PackDto => ({
  id: row.id, status: row.status, progress: { done: row.done, total: row.total, unit: row.unit },
  ...(row.fileName === null || row.size === null || row.sha256 === null || row.checkpoint === null ? {} : {
    result: { fileName: row.fileName, size: row.size, sha256: row.sha256, counts: { ...row.counts }, href: `/api/v1/packs/${row.id}/content`, checkpoint: row.checkpoint, keyFingerprint },
  }),
  ...(row.problem === null ? {} : { problem: { ...row.problem } }),
  scope: { ...row.scope },
  period: { ...(row.periodFrom === null ? {} : { from: row.periodFrom.toISOString() }), ...(row.periodTo === null ? {} : { to: row.periodTo.toISOString() }) },
  asOf: row.asOf, edition: row.edition, formats: row.formats, packKey: row.packKey, requestedAt: row.requestedAt, requestedBy: { ...row.requestedBy },
});
