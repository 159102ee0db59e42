import { Modal, Switch } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { KeyHint } from '@roster/ui';
import { useCommandList } from './commands.js';
import classes from './shortcut-sheet.module.css';
import { setSingleKeys, useSingleKeys } from './shortcuts.js';

/** Every key that does something here, and the switch that turns single keys off. */
export function ShortcutSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const commands = useCommandList().filter(({ keys }) => keys !== undefined);
  const single = useSingleKeys();
  const groups = Map.groupBy(commands, ({ group }) => group);
  const table: readonly { keys: readonly string[]; label: string }[] = [
    { keys: ['↑', '↓'], label: t`Move between rows` }, { keys: ['x'], label: t`Select the row` }, { keys: ['Shift', 'x'], label: t`Select up to this row` }, { keys: ['o'], label: t`Open the row` },
    { keys: ['Space'], label: t`Peek at the row` }, { keys: ['e'], label: t`Edit the row` }, { keys: ['/'], label: t`Filter the table` },
  ];
  const row = (keys: readonly string[], label: string) => <div key={label} className={classes.row}><dt>{label}</dt><dd><KeyHint keys={keys.flatMap((key) => key.split('+'))} /></dd></div>;
  return (
    <Modal opened={opened} onClose={onClose} title={t`Keyboard shortcuts`} size="lg" closeButtonProps={{ 'aria-label': t`Close` }}>
      <div className={classes.groups}>
        {[...groups].map(([group, members]) => <section key={group}><h3>{group}</h3><dl className={classes.list}>{members.map(({ keys, label }) => row(keys ?? [], label))}</dl></section>)}
        <section><h3>{t`In tables`}</h3><dl className={classes.list}>{table.map(({ keys, label }) => row(keys, label))}</dl></section>
      </div>
      <Switch mt="md" checked={single} onChange={(event) => setSingleKeys(event.currentTarget.checked)} label={t`Shortcuts of a single key`} description={<Trans>Turn them off if your tools type for you. Shortcuts with Ctrl or ⌘ stay.</Trans>} />
    </Modal>
  );
}
