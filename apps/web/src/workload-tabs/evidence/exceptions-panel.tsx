import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { Instant, Panel, ProblemAlert, TextSkeleton, type ShownProblem } from '@roster/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { OUTLIVES_PAGE } from '../../api/leaving.js';
import { isConflict, shownProblem } from '../../api/problem.js';
import { VersionsDialog } from '../../forms/versions.js';
import { ActButton } from '../../session/act-button.js';
import { useMe } from '../../session/me.js';
import { toast } from '../../shell/toast.js';
import { useWorkload } from '../../workload/workload-context.js';
import { useWorkloadChanged } from '../../workload/workload.queries.js';
import { exceptionsQuery, type CoverageExceptionEntry } from '../tabs.queries.js';
import { ExceptionStatusMark } from './exception-words.js';
import classes from './evidence.module.css';

type Step = { readonly entry: CoverageExceptionEntry; readonly decision: 'approve' | 'decline' | 'withdraw' };

/** What each step leads to. */
const STANDS = { approve: 'approved', decline: 'declined', withdraw: 'withdrawn' } as const;

/**
 * Waivers and not-applicable statements of the workload, with who asked and who decided.
 * @param names number and title of criteria by key
 */
export function ExceptionsPanel({ names }: { names: ReadonlyMap<string, string> }) {
  const { t } = useLingui();
  const me = useMe();
  const { workload, asOf } = useWorkload();
  const { data, error, refetch } = useQuery(exceptionsQuery(workload.key));
  const [step, setStep] = useState<Step | null>(null);
  // What was asked for later was not known at the instant looked at.
  const items = data?.items.filter(({ requestedAt }) => asOf === null || Date.parse(requestedAt) <= Date.parse(asOf)) ?? [];
  const count = items.length;
  if (data && count === 0) return null;
  return (
    <Panel title={t`Exceptions and what does not apply`} description={asOf === null ? undefined : t`Those requested by then, as they stand now.`}>
      {error ? <ProblemAlert problem={shownProblem(error)} onRetry={() => void refetch()} compact /> : null}
      {!data && !error ? <TextSkeleton lines={3} /> : null}
      <ul className={classes.exceptions}>
        {items.map((entry) => {
          const own = entry.requestedBy.id === me.member.id;
          const asker = entry.requestedBy.name;
          const decider = entry.decidedBy?.name ?? '';
          return (
            <li key={entry.id} className={classes.exception}>
              <div className={classes.exceptionHead}>
                <ExceptionStatusMark status={entry.status} />
                <strong>{names.get(entry.criterion) ?? entry.criterion}</strong>
                <span className={classes.dim}>{entry.kind === 'exception' ? t`exception` : t`does not apply`}</span>
              </div>
              <p className={classes.reason}>{entry.reason}</p>
              {entry.compensatingControl ? <p className={classes.dim}><Trans>Meanwhile:</Trans> {entry.compensatingControl}</p> : null}
              <p className={classes.dim}>
                <Trans>asked by {asker}</Trans> <Instant at={entry.requestedAt} />
                {entry.decidedBy ? <>; <Trans>decided by {decider}</Trans> <Instant at={entry.decidedAt} /></> : null}
                {entry.comment ? <>: <q>{entry.comment}</q></> : null}
                {entry.expiresAt ? <>; <Trans>ends</Trans> <Instant at={entry.expiresAt} only="day" /></> : null}
              </p>
              {entry.status === 'requested' || entry.status === 'approved' ? (
                <Group gap={6} className="r-no-print">
                  {entry.status === 'requested' ? (
                    <>
                      <ActButton permission="evidence:exception:approve" unless={own ? t`You asked for it; somebody else has to decide.` : null} size="compact-sm" onClick={() => setStep({ entry, decision: 'approve' })}>{t`Approve`}</ActButton>
                      <ActButton permission="evidence:exception:approve" unless={own ? t`You asked for it; somebody else has to decide.` : null} size="compact-sm" variant="default" onClick={() => setStep({ entry, decision: 'decline' })}>{t`Decline`}</ActButton>
                    </>
                  ) : null}
                  <ActButton permission="evidence:exception:request" size="compact-sm" variant="subtle" onClick={() => setStep({ entry, decision: 'withdraw' })}>{entry.status === 'requested' ? t`Withdraw the request` : t`End it now`}</ActButton>
                </Group>
              ) : null}
            </li>
          );
        })}
      </ul>
      {data?.nextCursor ? <p className={classes.dim}><Trans>The newest {count} are shown. Older ones are in the trail of this workload.</Trans></p> : null}
      {step ? <StepDialog step={step} name={names.get(step.entry.criterion) ?? step.entry.criterion} onClose={() => setStep(null)} /> : null}
    </Panel>
  );
}

/** Asks before a step, which is final. Where somebody else was faster, both decisions are shown. */
function StepDialog({ step: { entry, decision }, name, onClose }: { step: Step; name: string; onClose: () => void }) {
  const { t } = useLingui();
  const { workload } = useWorkload();
  const changed = useWorkloadChanged(workload.key);
  const [comment, setComment] = useState('');
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const [theirs, setTheirs] = useState<CoverageExceptionEntry | null>(null);
  const words = {
    approve: { title: t`Approve: ${name}`, act: t`Approve it`, label: t`What you want to say about it`, done: t`Approved. The coverage follows.` },
    decline: { title: t`Decline: ${name}`, act: t`Decline it`, label: t`Why`, done: t`Declined.` },
    withdraw: { title: t`Withdraw: ${name}`, act: t`Withdraw it`, label: t`Why it ends`, done: t`Withdrawn. The criterion is open again.` },
  }[decision];
  const needsReason = decision !== 'approve';
  const send = useMutation({
    mutationFn: () => (decision === 'withdraw'
      ? bodyOf(api.POST('/api/v1/exceptions/{id}/withdraw', { ...OUTLIVES_PAGE, params: { path: { id: entry.id } }, body: { reason: comment.trim() } }))
      : bodyOf(api.POST('/api/v1/exceptions/{id}/decision', { ...OUTLIVES_PAGE, params: { path: { id: entry.id } }, body: { decision, comment: comment.trim() === '' ? null : comment.trim() } }))),
    onSuccess: async () => {
      await changed();
      toast.done({ message: words.done });
      onClose();
    },
    onError: async (error) => {
      if (isConflict(error)) setTheirs(await bodyOf(api.GET('/api/v1/exceptions/{id}', { params: { path: { id: entry.id } } })));
      else setProblem(shownProblem(error));
    },
  });
  if (theirs !== null) {
    const seen = (): void => { onClose(); void changed(); };
    return (
      <VersionsDialog
        title={t`Somebody else has decided already`} lead={name} onClose={seen} fields={[
          { name: 'status', label: t`Decision`, before: <ExceptionStatusMark status={entry.status} plain />, theirs: <ExceptionStatusMark status={theirs.status} plain />, mine: <ExceptionStatusMark status={STANDS[decision]} plain /> },
          { name: 'comment', label: t`Why`, before: entry.comment ?? '', theirs: theirs.comment ?? '', mine: comment.trim() },
          { name: 'by', label: t`By`, before: entry.decidedBy?.name ?? '', theirs: theirs.decidedBy ? <>{theirs.decidedBy.name} <Instant at={theirs.decidedAt} /></> : '', mine: t`you` },
        ]}
      >
        <Button data-autofocus onClick={seen}>{t`Go on`}</Button>
      </VersionsDialog>
    );
  }
  return (
    <Modal opened onClose={onClose} title={words.title} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={(event) => { event.preventDefault(); setProblem(null); send.mutate(); }}>
        <Stack gap="sm">
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          <p className={classes.reason}>{entry.reason}</p>
          <Textarea label={words.label} required={needsReason} maxLength={4_000} value={comment} onChange={(event) => setComment(event.currentTarget.value)} data-autofocus />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <ActButton permission={decision === 'withdraw' ? 'evidence:exception:request' : 'evidence:exception:approve'} type="submit" loading={send.isPending} unless={needsReason && comment.trim() === '' ? t`Say why first.` : null}>{words.act}</ActButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
