import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { ProblemAlert, type ShownProblem } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { shownProblem } from '../../api/problem.js';
import { useDraftValues } from '../../forms/use-draft.js';
import { ActButton } from '../../session/act-button.js';

/** Of the service: `note` of an answer. */
const NOTE_MAX = 4_000;

/**
 * Asks before somebody declines to answer for a workload, and lets them say why: the owners page shows it to whoever looks for the next one.
 * @param workloadKey key of the workload
 * @param what the role in words, or number and name of the domain
 * @param draft names the ownership among the drafts of this person
 * @param decline sends the answer. @throws what the service refuses; shown in the dialog, with what was typed
 * @param onDeclined told once it is declined; closes the dialog
 */
export default function DeclineDialog({ workloadKey, what, draft, decline, onDeclined, onClose }: { workloadKey: string; what: string; draft: string; decline: (note: string | null) => Promise<unknown>; onDeclined: () => void; onClose: () => void }) {
  const { t } = useLingui();
  const { values: { note }, set, clear } = useDraftValues(`decline-ownership:${draft}`, { note: '' });
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const answer = useMutation({
    mutationFn: () => decline(note.trim() === '' ? null : note.trim()),
    onSuccess: () => { clear(); onDeclined(); },
    onError: (error) => setProblem(shownProblem(error)),
  });
  return (
    <Modal opened onClose={onClose} title={t`Decline to answer for ${workloadKey}`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={(event) => { event.preventDefault(); setProblem(null); answer.mutate(); }}>
        <Stack gap="sm">
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          <p style={{ margin: 0 }}><Trans><strong>{what}</strong>: nobody new will answer for it until somebody else is asked. Whoever proposed you is told.</Trans></p>
          <Textarea label={t`Why not?`} description={t`Optional. Everybody who may see the owners can read it.`} data-autofocus autosize minRows={2} maxLength={NOTE_MAX} value={note} onChange={(event) => set({ note: event.currentTarget.value })} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <ActButton permission="inventory:owner:respond" type="submit" loading={answer.isPending}>{t`Decline`}</ActButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
