import { Trans, useLingui } from '@lingui/react/macro';
import { ConfirmDialog, Instant, useOwnerRoleWords } from '@roster/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ActButton } from '../session/act-button.js';
import { toast } from '../shell/toast.js';
import { Row } from './block.js';
import { answerOwnership, type Ownership } from './home.queries.js';
import classes from './home.module.css';

/** One ownership with the acts it waits for. */
export function OwnershipRow({ ownership, status }: { ownership: Ownership; status: 'proposed' | 'accepted' }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const roles = useOwnerRoleWords() as Readonly<Record<string, string>>;
  const [declining, setDeclining] = useState(false);
  const { workload, role, domain, position, at } = ownership;
  const key = workload.key;
  const answer = useMutation({
    mutationFn: (how: 'accept' | 'decline') => answerOwnership(ownership, how),
    onSuccess: async (_none, how) => {
      toast.done({ message: how === 'decline' ? t`Declined. Whoever proposed you is told.` : status === 'proposed' ? t`You answer for ${key} now.` : t`Affirmed for ${key}.` });
      await Promise.all([['home'], ['inventory'], ['workload', key]].map((queryKey) => client.invalidateQueries({ queryKey })));
    },
    onError: toast.failed,
  });
  const what = domain === null ? roles[role] ?? role : t`Domain ${domain}`;
  const by = ownership.proposedBy;
  return (
    <>
      <Row
        to={`/workloads/${key}/owners`} label={<><span className={classes.key}>{key}</span> {workload.name}</>}
        of={<>{position === 'deputy' ? t`${what}, deputy` : what}{status === 'proposed' && by ? <> · <Trans>proposed by {by}</Trans></> : null}</>} meta={status === 'proposed' ? <Instant at={at} only="relative" /> : <><Trans>by</Trans> <Instant at={at} only="day" relative={false} /></>}
        acts={<>
          <ActButton permission="inventory:owner:respond" size="compact-sm" loading={answer.isPending && answer.variables === 'accept'} aria-label={status === 'proposed' ? t`Accept for ${key}: ${what}` : t`Affirm for ${key}: ${what}`} onClick={() => answer.mutate('accept')}>{status === 'proposed' ? t`Accept` : t`Affirm`}</ActButton>
          {status === 'proposed' ? <ActButton permission="inventory:owner:respond" size="compact-sm" variant="default" aria-label={t`Decline for ${key}: ${what}`} onClick={() => setDeclining(true)}>{t`Decline`}</ActButton> : null}
        </>}
      />
      <ConfirmDialog opened={declining} title={t`Decline to answer for ${key}`} act={t`Decline`} busy={answer.isPending} onConfirm={() => { setDeclining(false); answer.mutate('decline'); }} onClose={() => setDeclining(false)}>
        <Trans>Nobody will answer for it in this role until somebody else is asked. Whoever proposed you is told.</Trans>
      </ConfirmDialog>
    </>
  );
}
