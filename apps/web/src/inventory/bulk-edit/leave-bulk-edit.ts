import { i18n } from '@lingui/core';
import { msg, plural } from '@lingui/core/macro';
import { bodyOf, type Schemas } from '@roster/api-client';
import { api } from '../../api/client.js';
import { untilEnded } from '../../live/until-ended.js';
import { toast } from '../../shell/toast.js';

type BulkEdit = Schemas['BulkEditDto'];

export const hrefOf = (id: string): string => `/api/v1/workload-bulk-edits/${id}`;
export const readBulkEdit = (id: string, signal?: AbortSignal): Promise<BulkEdit> => bodyOf(api.GET('/api/v1/workload-bulk-edits/{id}', { params: { path: { id } }, signal: signal ?? null }));
export const startBulkEdit = (id: string, what: 'commit' | 'undo'): Promise<unknown> => bodyOf(what === 'commit'
  ? api.POST('/api/v1/workload-bulk-edits/{id}/commit', { params: { path: { id } } })
  : api.POST('/api/v1/workload-bulk-edits/{id}/undo', { params: { path: { id } } }));

/**
 * A bulk edit goes on without its dialog: says what it came to once it has ended, and offers to take back what it changed.
 * @param begun whether work is on its way; otherwise it has ended already, and `edit` is its end
 * @param onChanged told whenever workloads were changed or restored
 */
export function leaveBulkEdit(edit: BulkEdit, begun: boolean, onChanged: () => void): void {
  if (!begun) return offerUndo(edit, onChanged);
  ended(edit.id, onChanged).then((now) => (now.state === 'undone' ? tellUndone(now) : offerUndo(now, onChanged)), toast.failed);
}

async function ended(id: string, onChanged: () => void): Promise<BulkEdit> {
  try {
    await untilEnded(hrefOf(id));
  } finally {
    onChanged(); // what was done before it broke off is done
  }
  return readBulkEdit(id);
}

function offerUndo({ id, state, counts: { changed } }: BulkEdit, onChanged: () => void): void {
  if ((state !== 'committed' && state !== 'stopped') || changed === 0) return;
  toast.done({
    message: i18n._(msg`${plural(changed, { one: '# workload changed', other: '# workloads changed' })}`),
    undo: async () => {
      await startBulkEdit(id, 'undo');
      tellUndone(await ended(id, onChanged));
    },
  });
}

function tellUndone({ counts: { restored, keptChangedSince } }: BulkEdit): void {
  const kept = keptChangedSince;
  toast.done({
    message: kept === 0 ? i18n._(msg`${plural(restored, { one: '# workload restored', other: '# workloads restored' })}`)
      : i18n._(msg`${plural(restored, { one: '# workload restored', other: '# workloads restored' })}, ${plural(kept, { one: '# kept because it was changed since', other: '# kept because they were changed since' })}`),
  });
}
