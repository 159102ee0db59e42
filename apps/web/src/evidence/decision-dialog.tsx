import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { KeyHint, ProblemAlert } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/client.js';
import { shownProblem } from '../api/problem.js';
import { toast } from '../shell/toast.js';
import { useEvidenceChanged } from './evidence.queries.js';

export interface PendingDecision {
  readonly itemId: string;
  readonly title: string;
  readonly version: number;
  readonly decision: 'accept' | 'reject';
  /** Links that are accepted along with the version. */
  readonly waitingLinks: number;
}

/** Asks before a decision, which is final: a reason is needed to reject, a comment may go with accepting. */
export function DecisionDialog({ pending, onClose, onDecided }: { pending: PendingDecision; onClose: () => void; onDecided: () => void }) {
  const { t } = useLingui();
  const changed = useEvidenceChanged();
  const [comment, setComment] = useState('');
  const [missing, setMissing] = useState(false);
  const { itemId, title, version, decision, waitingLinks } = pending;
  const accept = decision === 'accept';
  const decide = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/v1/evidence/{id}/versions/{version}/decision', { params: { path: { id: itemId, version: String(version) } }, body: { decision, comment: comment.trim() === '' ? null : comment.trim() } })),
    onSuccess: async () => {
      toast.done({ message: accept ? t`Accepted: ${title}` : t`Rejected: ${title}` });
      onDecided();
      await changed();
    },
  });
  const go = (): void => {
    if (!accept && comment.trim() === '') setMissing(true);
    else if (!decide.isPending) decide.mutate();
  };
  return (
    <Modal opened onClose={onClose} title={accept ? t`Accept version ${version}` : t`Reject version ${version}`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); go(); }} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); go(); } }}>
        <Stack gap="sm">
          <div><strong>{title}</strong></div>
          {accept
            ? (waitingLinks > 0 ? <div><Trans>It counts from now on for what it is linked to: {waitingLinks} waiting links are accepted too, except those you made. The decision is final.</Trans></div> : <div><Trans>It counts from now on. The decision is final.</Trans></div>)
            : <div><Trans>It does not count. The submitter reads the reason and can submit another version. The decision is final.</Trans></div>}
          <Textarea label={accept ? t`Comment` : t`Reason`} required={!accept} value={comment} maxLength={4_000} error={missing && comment.trim() === '' ? t`Say why it is rejected.` : undefined} onChange={(event) => setComment(event.currentTarget.value)} {...(accept ? {} : { 'data-autofocus': true })} />
          {decide.error ? <ProblemAlert problem={shownProblem(decide.error)} compact /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <Button type="submit" color={accept ? undefined : 'red'} loading={decide.isPending} rightSection={<KeyHint keys={accept ? ['↵'] : ['mod', '↵']} />} {...(accept ? { 'data-autofocus': true } : {})}>{accept ? t`Accept evidence` : t`Reject evidence`}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
