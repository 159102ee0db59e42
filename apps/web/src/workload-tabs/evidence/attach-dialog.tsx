import { Modal } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { AttachEvidence } from '../../evidence/attach-evidence.js';
import { useWorkload } from '../../workload/workload-context.js';
import type { Criterion } from '../tabs.queries.js';

/**
 * Files that were dropped on criteria, or chosen for them, become evidence for all of these. Closing keeps what was entered and what arrived; the
 * same criteria bring it back.
 * @param edition the criteria are of
 */
export default function AttachDialog({ criteria, edition, files, onClose, onDone }: { criteria: readonly Criterion[]; edition: string; files: readonly File[]; onClose: () => void; onDone: () => void }) {
  const { t } = useLingui();
  const { workload } = useWorkload();
  return (
    <Modal opened onClose={onClose} title={t`Attach evidence`} closeButtonProps={{ 'aria-label': t`Close` }} size="xl">
      <AttachEvidence
        workload={workload.key} criteria={criteria.map(({ key }) => key)} edition={edition} files={files} draftKey={[workload.key, ...criteria.map(({ key }) => key).sort()].join(' ')}
        onDiscard={onClose} onDone={() => { onDone(); onClose(); }}
      />
    </Modal>
  );
}
