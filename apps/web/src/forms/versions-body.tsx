import { Button, Group, Modal, Radio, Stack, Table } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Instant } from '@roster/ui';
import { useState } from 'react';
import type { ConflictDialogProps, Side, VersionsDialogProps, VersionsTableProps } from './versions.js';
import classes from './versions.module.css';

/**
 * Both versions side by side, field by field. Nothing is preselected: who merges decides.
 * @param kept what was chosen so far, by field
 * @param onKeep makes every field a choice
 */
export function VersionsTable({ fields, kept = {}, onKeep }: VersionsTableProps) {
  const { t } = useLingui();
  const sides = fields.every(({ mine }) => mine === undefined) ? ['theirs'] as const : ['theirs', 'mine'] as const;
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table aria-label={t`Both versions`}>
        <Table.Thead><Table.Tr><Table.Th>{t`Field`}</Table.Th><Table.Th>{t`It was`}</Table.Th><Table.Th>{t`Theirs`}</Table.Th>{sides.length > 1 ? <Table.Th>{t`Yours`}</Table.Th> : null}</Table.Tr></Table.Thead>
        <Table.Tbody>
          {fields.map((field) => {
            const { name, label } = field;
            return (
              <Table.Tr key={name}>
                <Table.Th scope="row">{label}</Table.Th>
                <Table.Td className={classes.value}>{field.before}</Table.Td>
                {sides.map((side) => (
                  <Table.Td key={side} className={classes.value}>
                    {onKeep === undefined ? field[side]
                      : <Radio name={`keep-${name}`} checked={kept[name] === side} onChange={() => onKeep(name, side)} aria-label={side === 'theirs' ? t`Keep theirs: ${label}` : t`Keep yours: ${label}`} label={field[side]} />}
                  </Table.Td>
                ))}
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/**
 * Somebody else was faster: both versions in a dialog.
 * @param title default: that somebody else changed this
 * @param theirsAt when the other version was saved
 * @param children what can be done, as buttons
 */
export function VersionsDialog({ title, lead, theirsAt, fields, kept, onKeep, onClose, children }: VersionsDialogProps) {
  const { t } = useLingui();
  return (
    <Modal opened onClose={onClose} size="xl" title={title ?? t`Somebody else changed this meanwhile`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <Stack>
        <p className={classes.lead}>{lead}{theirsAt === undefined ? null : <> <Instant at={theirsAt} /></>}</p>
        <VersionsTable fields={fields} {...(kept === undefined ? {} : { kept })} {...(onKeep === undefined ? {} : { onKeep })} />
        <Group justify="flex-end" gap="xs">{children}</Group>
      </Stack>
    </Modal>
  );
}

/**
 * Somebody else changed the same fields: one chooses for each of them.
 * @param fields only those that both changed
 * @param onSettle gets what stays by field; null when one's own change is dropped
 */
export function ConflictDialog({ title, theirsAt, fields, onSettle }: ConflictDialogProps) {
  const { t } = useLingui();
  const [kept, setKept] = useState<Readonly<Record<string, Side>>>({});
  return (
    <VersionsDialog
      title={title} theirsAt={theirsAt} fields={fields} kept={kept} onKeep={(name, side) => setKept({ ...kept, [name]: side })} onClose={() => onSettle(null)}
      lead={<Trans>Nothing is lost. Choose for each field what shall stand; every other field keeps what both of you changed.</Trans>}
    >
      <Button variant="default" onClick={() => onSettle(null)}>{t`Drop my change`}</Button>
      <Button disabled={fields.some(({ name }) => kept[name] === undefined)} onClick={() => onSettle(kept)}>{t`Save what I chose`}</Button>
    </VersionsDialog>
  );
}
