import { Button, Group, Textarea } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { Panel, ProblemAlert, type ShownProblem } from '@roster/ui';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { shownProblem } from '../../api/problem.js';
import { useDraft } from '../../forms/use-draft.js';
import { ActButton } from '../../session/act-button.js';
import { useMay } from '../../session/may.js';
import { useMe } from '../../session/me.js';
import { toast } from '../../shell/toast.js';
import type { ReviewDetail } from '../reviews.queries.js';
import { useReviewAct } from '../use-review-act.js';
import classes from '../review-page.module.css';

/** What the second person does: sign off, or return with the reason. Who has had a hand in the review is told why they cannot (four eyes). */
export function SignOffPanel({ review }: { review: ReviewDetail }) {
  const { t } = useLingui();
  const me = useMe();
  const may = useMay('reviews:review:sign-off');
  const draft = useDraft(`sign-off:${review.id}`, { comment: '' });
  const [comment, setComment] = useState(draft.values.comment);
  const [missing, setMissing] = useState(false);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const mine = [review.startedBy, review.submittedBy].includes(me.member.id);
  const reviewer = review.people.find(({ memberId }) => memberId === review.submittedBy)?.name ?? '';
  const decide = useReviewAct(
    review.id,
    (decision: 'approve' | 'return') => bodyOf(api.POST('/api/v1/reviews/{id}/sign-off', { params: { path: { id: review.id } }, body: { decision, ...(comment.trim() === '' ? {} : { comment: comment.trim() }) } })),
    { onDone: ({ status }) => { draft.clear(); toast.done({ message: status === 'completed' ? t`Signed off. The review is completed.` : t`Returned. The reviewer is told.` }); }, onError: (error) => setProblem(shownProblem(error)) },
  );
  const change = (text: string): void => {
    setComment(text);
    setMissing(false);
    draft.keep({ comment: text });
  };
  const unless = mine ? t`You started or submitted it. A second person has to look at it.` : null;
  return (
    <Panel title={t`Awaiting sign-off`} description={<Trans>{reviewer} submitted it. Its risk tier asks for four eyes: somebody who neither started nor submitted it looks at the answers below, and signs it off or returns it.</Trans>}>
      {problem ? <ProblemAlert problem={problem} compact /> : null}
      {mine ? <p className={classes.text}><Trans>You are the first pair of eyes, so that the sign-off is somebody else's. Whoever may sign off was told.</Trans></p> : (
        <Textarea label={t`Comment`} description={t`Needed when you return it.`} autosize minRows={2} maxLength={4_000} value={comment} error={missing ? t`Say what is missing` : null} disabled={!may.allowed} onChange={(event) => change(event.currentTarget.value)} />
      )}
      <Group gap="xs" mt="sm">
        <ActButton permission="reviews:review:sign-off" unless={unless} loading={decide.isPending && decide.variables === 'approve'} onClick={() => { setProblem(null); decide.mutate('approve'); }}>{t`Sign off`}</ActButton>
        <ActButton permission="reviews:review:sign-off" unless={unless} variant="default" loading={decide.isPending && decide.variables === 'return'} onClick={() => { setProblem(null); if (comment.trim() === '') setMissing(true); else decide.mutate('return'); }}>{t`Return it`}</ActButton>
        {comment !== '' && !mine ? <Button variant="subtle" onClick={() => change('')}>{t`Clear the comment`}</Button> : null}
      </Group>
    </Panel>
  );
}
