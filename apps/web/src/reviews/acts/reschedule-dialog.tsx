import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { ProblemAlert, useFormat, type ShownProblem } from '@roster/ui';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { shownProblem } from '../../api/problem.js';
import { useDraft } from '../../forms/use-draft.js';
import { ActButton } from '../../session/act-button.js';
import { toast } from '../../shell/toast.js';
import { instantOfLocal, localOf } from '../../clock/calendar.js';
import type { ReviewDetail } from '../reviews.queries.js';
import { useReviewAct } from '../use-review-act.js';

/** Moves a review that is not due yet. */
export function RescheduleDialog({ review, onClose }: { review: ReviewDetail; onClose: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const { timeZone } = format;
  const draft = useDraft(`move-review:${review.id}`, { dueAt: localOf(review.dueAt, timeZone), reason: '' });
  const [values, setValues] = useState(draft.values);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const keep = (next: typeof values): void => {
    setValues(next);
    draft.keep(next);
  };
  const move = useReviewAct(
    review.id, async () => bodyOf(api.POST('/api/v1/reviews/{id}/reschedule', { params: { path: { id: review.id } }, body: { dueAt: await instantOfLocal(values.dueAt, timeZone), reason: values.reason.trim() } })),
    { onDone: ({ dueAt }) => { draft.clear(); const at = format.instant(dueAt); toast.done({ message: t`Moved to ${at}.` }); onClose(); }, onError: (error) => setProblem(shownProblem(error)) },
  );
  return (
    <Modal opened onClose={onClose} title={t`Move this review`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={(event) => { event.preventDefault(); setProblem(null); move.mutate(undefined); }}>
        <Stack gap="sm">
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          <TextInput type="datetime-local" label={t`Due`} required data-autofocus value={values.dueAt} description={<Trans>Time of {timeZone}. Ahead, and before the next regular review, so that no period is lost.</Trans>} onChange={(event) => keep({ ...values, dueAt: event.currentTarget.value })} />
          <Textarea label={t`Why it is moved`} required autosize minRows={2} maxLength={4_000} value={values.reason} onChange={(event) => keep({ ...values, reason: event.currentTarget.value })} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <ActButton permission="reviews:review:conduct" type="submit" loading={move.isPending} unless={values.dueAt === '' ? t`Choose the new time first.` : values.reason.trim() === '' ? t`Say why first.` : null}>{t`Move the review`}</ActButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
