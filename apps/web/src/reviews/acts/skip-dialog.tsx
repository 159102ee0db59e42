import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { ProblemAlert, type ShownProblem } from '@roster/ui';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { shownProblem } from '../../api/problem.js';
import { useDraft } from '../../forms/use-draft.js';
import { ActButton } from '../../session/act-button.js';
import { useMe } from '../../session/me.js';
import { toast } from '../../shell/toast.js';
import type { ReviewDetail } from '../reviews.queries.js';
import { useReviewAct } from '../use-review-act.js';

/** Excuses the workload from one review, with the reason and whoever approves it on record. */
export function SkipDialog({ review, onClose }: { review: ReviewDetail; onClose: () => void }) {
  const { t } = useLingui();
  const me = useMe();
  const draft = useDraft(`skip-review:${review.id}`, { reason: '' });
  const [reason, setReason] = useState(draft.values.reason);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const skip = useReviewAct(
    review.id, () => bodyOf(api.POST('/api/v1/reviews/{id}/skip', { params: { path: { id: review.id } }, body: { reason: reason.trim() } })),
    { onDone: () => { draft.clear(); toast.done({ message: t`Skipped, with your reason on record.` }); onClose(); }, onError: (error) => setProblem(shownProblem(error)) },
  );
  const mine = review.owner?.memberId === me.member.id || review.startedBy === me.member.id;
  const name = me.user.name;
  return (
    <Modal opened onClose={onClose} title={t`Skip this review`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={(event) => { event.preventDefault(); setProblem(null); skip.mutate(undefined); }}>
        <Stack gap="sm">
          <p style={{ margin: 0 }}><Trans>This cannot be taken back. {name} is recorded as the one who approved it. The next review of the series stays; a review that is skipped after it fell due counts as not done.</Trans></p>
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          <Textarea label={t`Why it is skipped`} required autosize minRows={3} maxLength={4_000} value={reason} data-autofocus onChange={(event) => { setReason(event.currentTarget.value); draft.keep({ reason: event.currentTarget.value }); }} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <ActButton permission="reviews:review:skip" type="submit" color="red.9" loading={skip.isPending} unless={mine && review.signOffNeeded ? t`You owe or have started this review. In its risk tier somebody else has to approve skipping it.` : reason.trim() === '' ? t`Say why first.` : null}>{t`Skip the review`}</ActButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
