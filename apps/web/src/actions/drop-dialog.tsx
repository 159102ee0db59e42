import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Action } from './actions.queries.js';

/** Asks why an action is dropped. @param onClose told the reason; null when it is not dropped after all */
export function DropDialog({ action, onClose }: { action: Action; onClose: (note: string | null) => void }) {
  const { t } = useLingui();
  const [note, setNote] = useState('');
  const { title } = action;
  return (
    <Modal opened onClose={() => onClose(null)} title={t`Drop this action`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={(event) => { event.preventDefault(); if (note.trim() !== '') onClose(note.trim()); }}>
        <Stack gap="sm">
          <p style={{ margin: 0 }}><Trans><strong>{title}</strong> will not be done. The reason stays on record.</Trans></p>
          <Textarea label={t`Why it is dropped`} required data-autofocus autosize minRows={2} maxLength={4_000} value={note} onChange={(event) => setNote(event.currentTarget.value)} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => onClose(null)}>{t`Cancel`}</Button>
            <Button type="submit" color="red.9" disabled={note.trim() === ''}>{t`Drop it`}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
