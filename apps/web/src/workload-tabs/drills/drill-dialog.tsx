import { Modal } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { DrillForm } from './drill-form.js';
import { useDrillWords } from './drill-words.js';
import type { Drill } from '../tabs.queries.js';

/** Recording a rehearsal that was measured elsewhere. */
export function DrillDialog({ kind, run, onClose }: { kind: Drill['kind']; run: { startedAt: string; endedAt: string } | null; onClose: () => void }) {
  const { t } = useLingui();
  const name = useDrillWords().kinds[kind];
  return (
    <Modal opened onClose={onClose} title={t`Record a drill: ${name}`} closeButtonProps={{ 'aria-label': t`Close` }} size="lg">
      <DrillForm kind={kind} run={run} limitSeconds={null} onDone={onClose} />
    </Modal>
  );
}
