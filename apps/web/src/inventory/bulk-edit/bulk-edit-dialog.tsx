import { Modal } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { bodyOf, type Schemas } from '@roster/api-client';
import type { ShownProblem } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api } from '../../api/client.js';
import { shownProblem } from '../../api/problem.js';
import { useDraft } from '../../forms/use-draft.js';
import { type BulkLine, type BulkSelection, toChanges } from './bulk-change.js';
import { ChangeStep } from './change-step.js';
import { ResultStep } from './result-step.js';

/**
 * Changes many workloads at once: what shall change, what that does to each row, and the result of each row with its undo. Nothing is changed before the
 * preview was seen.
 * @param count how many are selected, where that is known
 * @param onChanged told when workloads were changed or restored
 */
export default function BulkEditDialog({ selection, count, onClose, onChanged }: { selection: BulkSelection; count: number | null; onClose: () => void; onChanged: () => void }) {
  const { t } = useLingui();
  const draft = useDraft<{ lines: readonly BulkLine[]; reason: string }>('bulk-edit', { lines: [], reason: '' });
  const [{ lines, reason }, setWanted] = useState(draft.values);
  const set = (change: Partial<typeof draft.values>): void => {
    const next = { lines, reason, ...change };
    setWanted(next);
    draft.keep(next);
  };
  const leaving = useRef(onClose);
  const [failure, setFailure] = useState<ShownProblem | null>(null);
  const [edit, setEdit] = useState<Schemas['BulkEditDto'] | null>(null);
  const preview = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/v1/workload-bulk-edits', { body: { selection, changes: toChanges(lines), ...(reason.trim() === '' ? {} : { reason: reason.trim() }) } })),
    onSuccess: (prepared) => { setFailure(null); setEdit(prepared); },
    onError: (error) => setFailure(shownProblem(error)),
  });
  return (
    <Modal opened onClose={() => leaving.current()} size={edit === null ? 'lg' : 'xl'} title={edit === null ? t`Change the selected workloads` : t`What it does, row by row`} closeButtonProps={{ 'aria-label': t`Close` }}>
      {edit === null
        ? <ChangeStep count={count} lines={lines} onLines={(next) => set({ lines: next })} reason={reason} onReason={(next) => set({ reason: next })} failure={failure} busy={preview.isPending} onPreview={() => preview.mutate()} />
        : <ResultStep edit={edit} leaving={leaving} onBack={() => setEdit(null)} onClose={onClose} onBegun={draft.clear} onChanged={onChanged} />}
    </Modal>
  );
}
