import { Trans, useLingui } from '@lingui/react/macro';
import { ConfirmDialog } from '@roster/ui';
import { useImpactLines } from './impact-words.js';
import type { ImpactPreview } from './use-impact-preview.js';
import classes from '../settings.module.css';

/** Asks before settings are saved that change what other people have, with the figures of the preview. */
export function ImpactConfirm({ opened, title, act, preview, busy, onConfirm, onClose }: { opened: boolean; title: string; act: string; preview: ImpactPreview; busy: boolean; onConfirm: () => void; onClose: () => void }) {
  const { t } = useLingui();
  const linesOf = useImpactLines();
  const { summary } = preview;
  const lines = summary ? linesOf(summary).filter(({ count }) => count > 0) : [];
  return (
    <ConfirmDialog opened={opened} title={title} act={act} busy={busy} onConfirm={onConfirm} onClose={onClose}>
      {summary === null ? <Trans>What this changes is not computed yet. You can wait for the figures, or save without them.</Trans> : null}
      {summary && lines.length === 0 ? <Trans>No workload changes by this: no stage, no review, no drill and no owner.</Trans> : null}
      {lines.length > 0 ? <ul className={classes.changes} aria-label={t`What this changes`}>{lines.map(({ effect, words }) => <li key={effect}>{words}</li>)}</ul> : null}
    </ConfirmDialog>
  );
}
