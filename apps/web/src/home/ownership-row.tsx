import { Trans, useLingui } from '@lingui/react/macro';
import { Instant, useOwnerRoleWords } from '@roster/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { ActButton } from '../session/act-button.js';
import { toast } from '../shell/toast.js';
import { Row } from './block.js';
import { answerHere, type Ownership } from './home.queries.js';
import classes from './home.module.css';

const DeclineDialog = lazy(() => import('../workload-tabs/owners/decline-dialog.js'));

/** One ownership with the acts it waits for. */
export function OwnershipRow({ ownership, status }: { ownership: Ownership; status: 'proposed' | 'accepted' }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const roles = useOwnerRoleWords() as Readonly<Record<string, string>>;
  const [declining, setDeclining] = useState(false);
  const { workload, role, domain, position, at } = ownership;
  const key = workload.key;
  const changed = () => Promise.all([['home'], ['inventory'], ['workload', key]].map((queryKey) => client.invalidateQueries({ queryKey })));
  const accept = useMutation({
    mutationFn: () => answerHere(ownership, 'accept', null),
    onSuccess: async () => {
      toast.done({ message: status === 'proposed' ? t`You answer for ${key} now.` : t`Affirmed for ${key}.` });
      await changed();
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
          <ActButton permission="inventory:owner:respond" size="compact-sm" loading={accept.isPending} aria-label={status === 'proposed' ? t`Accept for ${key}: ${what}` : t`Affirm for ${key}: ${what}`} onClick={() => accept.mutate()}>{status === 'proposed' ? t`Accept` : t`Affirm`}</ActButton>
          {status === 'proposed' ? <ActButton permission="inventory:owner:respond" size="compact-sm" variant="default" aria-label={t`Decline for ${key}: ${what}`} onClick={() => setDeclining(true)}>{t`Decline`}</ActButton> : null}
        </>}
      />
      {declining ? (
        <Suspense>
          <DeclineDialog
            workloadKey={key} what={position === 'deputy' ? t`${what}, deputy` : what} draft={ownership.id} decline={(note) => answerHere(ownership, 'decline', note)} onClose={() => setDeclining(false)}
            onDeclined={() => { setDeclining(false); toast.done({ message: t`Declined. Whoever proposed you is told.` }); void changed(); }}
          />
        </Suspense>
      ) : null}
    </>
  );
}
