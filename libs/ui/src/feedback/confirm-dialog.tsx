import { Button, Group, Modal, Stack } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';

/**
 * Asks before what cannot be undone.
 * @param act what the button does, in words ("Retire workload")
 * @param children the consequences
 */
export function ConfirmDialog({ opened, title, act, danger = false, busy = false, disabled = false, onConfirm, onClose, children }: {
  opened: boolean; title: string; act: string; danger?: boolean; busy?: boolean; disabled?: boolean; onConfirm: () => void; onClose: () => void; children: ReactNode;
}) {
  const { t } = useLingui();
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t`Close` }}>
      <Stack gap="md">
        <div>{children}</div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>{t`Cancel`}</Button>
          <Button color={danger ? 'red.9' : undefined} loading={busy} disabled={disabled} onClick={onConfirm}>{act}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
