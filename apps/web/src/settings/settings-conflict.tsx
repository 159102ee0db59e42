import { Button, Group, Modal, Stack } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import classes from './settings.module.css';

/** A setting in three versions: what the change started from, what one wants, what somebody else has saved. */
export interface SettingConflict {
  readonly key: string;
  readonly name: string;
  readonly before: string;
  readonly mine: string;
  readonly theirs: string;
}

/** Shows both versions when somebody else saved meanwhile. Nothing is overwritten without being seen. */
export function SettingsConflict({ conflicts, busy, onMine, onTheirs, onClose }: { conflicts: readonly SettingConflict[]; busy: boolean; onMine: () => void; onTheirs: () => void; onClose: () => void }) {
  const { t } = useLingui();
  return (
    <Modal opened onClose={onClose} size="lg" title={t`Somebody else changed the settings meanwhile`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <Stack gap="md">
        <p className={classes.text}><Trans>Nothing of yours is lost, and nothing was overwritten. Compare both versions and choose.</Trans></p>
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={t`Both versions`}>
          <table className={classes.table}>
            <thead><tr><th scope="col">{t`Setting`}</th><th scope="col">{t`Before`}</th><th scope="col">{t`Yours`}</th><th scope="col">{t`Saved by somebody else`}</th></tr></thead>
            <tbody>{conflicts.map(({ key, name, before, mine, theirs }) => (
              <tr key={key}><th scope="row">{name}</th><td>{before}</td><td><strong>{mine}</strong></td><td>{theirs === before ? <span className={classes.dim}>{t`unchanged`}</span> : <strong>{theirs}</strong>}</td></tr>
            ))}</tbody>
          </table>
        </div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onTheirs}>{t`Take what is saved`}</Button>
          <Button loading={busy} onClick={onMine}>{t`Save mine on top`}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
