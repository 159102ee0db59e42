import { useLingui } from '@lingui/react/macro';
import type { PageOf, PagesOf } from '../../api/paged-list.js';
import type { ExportedColumn } from '../../table-export/exported-list.js';
import { TableExport } from '../../table-export/table-export.js';
import type { TrailEntry } from '../tabs.queries.js';

const rowId = ({ id }: TrailEntry): string => id;

/** Exports entries of the trail with all that an entry shows when it is opened. @param of whose trail, for the name of the file: a workload; null for the organization's */
export function TrailExport({ label, of, fetchPage, total, asOf = null }: { label: string; of: string | null; fetchPage: PagesOf<PageOf<TrailEntry>>['fetchPage']; total: number | null; asOf?: string | null }) {
  const { t } = useLingui();
  const columns: readonly ExportedColumn<TrailEntry>[] = [
    { id: 'at', header: t`When`, exported: ({ at }) => at }, { id: 'action', header: t`Act`, exported: ({ action }) => action }, { id: 'actor', header: t`Who`, exported: ({ actor }) => actor.name },
    { id: 'actorType', header: t`Kind of actor`, exported: ({ actor }) => actor.type }, { id: 'objectType', header: t`About`, exported: ({ object }) => object.type }, { id: 'objectId', header: t`Id`, exported: ({ object }) => object.id },
    { id: 'version', header: t`Version`, exported: ({ object }) => object.version ?? null }, { id: 'reason', header: t`Why`, exported: ({ reason }) => reason }, { id: 'leaf', header: t`Place in the tree`, exported: ({ leafIndex }) => leafIndex },
    { id: 'payload', header: t`What changed`, exported: ({ payload }) => JSON.stringify(payload) },
  ];
  return <TableExport<TrailEntry> label={label} file={of === null ? 'trail' : `trail-${of}`} api="/api/v1/trail" columns={columns} rowId={rowId} fetchPage={fetchPage} total={total} asOf={asOf} size="compact-sm" />;
}
