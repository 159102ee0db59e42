import { Button, Group, Modal, Stack } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import type { ConfirmDialogProps } from './confirm-dialog.js';

/** What a ConfirmDialog shows, with everything that a dialog needs. */
export function ConfirmDialogBody({ opened, title, act, danger = false, busy = false, disabled = false, onConfirm, onClose, children }: ConfirmDialogProps) {
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
