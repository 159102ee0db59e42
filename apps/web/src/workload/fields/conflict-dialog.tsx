import { Button, Group, Modal, Radio, Stack, Table } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { toast } from '../../shell/toast.js';
import type { Workload } from '../workload.queries.js';
import { ShownValue } from './field-value.js';
import type { Changes, FieldValue } from './fields.js';
import type { EditableField } from './field-row.js';
import { changesOf, namesOf, valueAt } from './merge-fields.js';
import type { FieldConflict } from './save-fields.js';
import classes from './fields.module.css';

/**
 * Somebody else changed the same field: what it was, what they made of it, what you want, field by field.
 * @param fields every field of the page by its path, for labels and words
 */
export function ConflictDialog({ conflict, fields, save, onClose }: {
  conflict: FieldConflict; fields: ReadonlyMap<string, EditableField>; save: (save: { changes: Changes; base: Workload }) => Promise<Workload | null>; onClose: () => void;
}) {
  const { t } = useLingui();
  const { base, theirs, mine } = conflict;
  const [kept, setKept] = useState<Readonly<Record<string, 'theirs' | 'mine'>>>({});
  const undecided = conflict.fields.filter((name) => kept[name] === undefined);
  const settle = async (): Promise<void> => {
    const names = namesOf(mine).filter((name) => !conflict.fields.includes(name) || kept[name] === 'mine');
    onClose();
    if (names.length > 0) await save({ changes: changesOf(names, (name) => valueAt(mine, name)), base: theirs }).catch(toast.failed);
  };
  const shown = (name: string, value: unknown) => <ShownValue field={fields.get(name) ?? { type: 'text' }} value={value as FieldValue} />;
  return (
    <Modal opened onClose={onClose} size="xl" title={t`Somebody else changed this meanwhile`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <Stack>
        <p className={classes.lead}><Trans>Nothing is lost. Choose for each field what shall stand; every other field keeps what both of you changed.</Trans></p>
        <Table.ScrollContainer minWidth={560}>
          <Table aria-label={t`Both versions`}>
            <Table.Thead><Table.Tr><Table.Th>{t`Field`}</Table.Th><Table.Th>{t`It was`}</Table.Th><Table.Th>{t`Theirs`}</Table.Th><Table.Th>{t`Yours`}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {conflict.fields.map((name) => {
                const label = fields.get(name)?.label ?? name;
                return (
                  <Table.Tr key={name}>
                    <Table.Th scope="row">{label}</Table.Th>
                    <Table.Td>{shown(name, valueAt(base, name))}</Table.Td>
                    {(['theirs', 'mine'] as const).map((side) => (
                      <Table.Td key={side}>
                        <Radio name={`keep-${name}`} checked={kept[name] === side} onChange={() => setKept({ ...kept, [name]: side })} aria-label={side === 'theirs' ? t`Keep theirs: ${label}` : t`Keep yours: ${label}`} label={shown(name, valueAt(side === 'theirs' ? theirs : mine, name))} />
                      </Table.Td>
                    ))}
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>{t`Drop my change`}</Button>
          <Button disabled={undecided.length > 0} onClick={() => void settle()}>{t`Save what I chose`}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
