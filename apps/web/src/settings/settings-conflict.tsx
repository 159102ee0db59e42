import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { VersionsDialog } from '../forms/versions.js';

/** A setting in three versions: what the change started from, what one wants, what somebody else has saved. */
export interface SettingConflict {
  readonly key: string;
  readonly name: string;
  readonly before: string;
  readonly mine: string;
  readonly theirs: string;
}

/** Shows both versions when somebody else saved the settings meanwhile. Nothing is overwritten without being seen. */
export function SettingsConflict({ conflicts, busy, onMine, onTheirs, onClose }: { conflicts: readonly SettingConflict[]; busy: boolean; onMine: () => void; onTheirs: () => void; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <VersionsDialog title={t`Somebody else changed the settings meanwhile`} fields={conflicts.map(({ key, name, before, mine, theirs }) => ({ name: key, label: name, before, mine, theirs }))} onClose={onClose} lead={<Trans>Nothing of yours is lost, and nothing was overwritten. Compare both versions and choose.</Trans>}>
      <Button variant="default" onClick={onTheirs}>{t`Take what is saved`}</Button>
      <Button loading={busy} onClick={onMine}>{t`Save mine on top`}</Button>
    </VersionsDialog>
  );
}
