import type { TrailEntryDto } from './trail.dto.js';
import type { TrailEntryRow } from './trail-query.repository.js';

/** What the two recorded texts say. Written only by {@link buildTrailEntry}, so their shape is known. */
interface RecordedEntry {
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly actor: { readonly type: string; readonly id: string; readonly onBehalfOf?: string };
  readonly object: { readonly type: string; readonly id: string; readonly version?: number };
  readonly workload: string | null;
  readonly reason: string | null;
  readonly requestId: string | null;
}
interface RecordedDisclosure {
  readonly actorName: string;
  readonly payload: Record<string, unknown>;
}

/** Shows an entry from the recorded texts themselves, not from the search columns, so that what people read is what the tree proves. */
export const toTrailEntryDto = (row: TrailEntryRow): TrailEntryDto => {
  const { id, at, action, actor, object, workload, reason, requestId } = JSON.parse(row.entry) as RecordedEntry;
  const { actorName, payload } = JSON.parse(row.disclosure) as RecordedDisclosure;
  return { id, at, action, actor: { ...actor, name: actorName }, object, workloadId: workload, reason, payload, requestId, leafIndex: row.leafIndex };
};
