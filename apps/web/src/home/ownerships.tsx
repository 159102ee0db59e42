import { Button, Modal } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { ConfirmDialog, Instant, ProblemAlert, TextSkeleton, useFormat, useOwnerRoleWords } from '@roster/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { usePagedList } from '../api/paged-list.js';
import { shownProblem } from '../api/problem.js';
import { ActButton } from '../session/act-button.js';
import { toast } from '../shell/toast.js';
import { Block, Row } from './block.js';
import { answerOwnership, ownershipPage, type Home, type Ownership } from './home.queries.js';
import classes from './home.module.css';

/** Ownerships that wait for the person's answer: proposed ones to accept or decline, or accepted ones to affirm again. */
export function Ownerships({ block, status }: { block: NonNullable<Home['ownershipsToAccept']>; status: 'proposed' | 'accepted' }) {
  const { t } = useLingui();
  const format = useFormat();
  const [all, setAll] = useState(false);
  const title = status === 'proposed' ? t`You are asked to answer for` : t`Affirm that you still answer for`;
  const total = format.number(block.count);
  return (
    <>
      <Block title={title} count={block.count} shown={block.items.length} more={block.count > block.items.length ? <Button variant="subtle" size="compact-sm" onClick={() => setAll(true)}><Trans>Show all {total}</Trans></Button> : <span />}>
        {block.items.map((ownership) => <OwnershipRow key={ownership.id} ownership={ownership} status={status} />)}
      </Block>
      {all ? <AllOwnerships title={title} status={status} onClose={() => setAll(false)} /> : null}
    </>
  );
}

function AllOwnerships({ title, status, onClose }: { title: string; status: 'proposed' | 'accepted'; onClose: () => void }) {
  const { t } = useLingui();
  const list = usePagedList<Ownership>(ownershipPage(status));
  return (
    <Modal opened onClose={onClose} size="xl" title={title} closeButtonProps={{ 'aria-label': t`Close` }}>
      {list.error ? <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} compact /> : null}
      {list.loading ? <TextSkeleton lines={6} /> : null}
      <ul className={classes.rows}>{list.rows.map((ownership) => <OwnershipRow key={ownership.id} ownership={ownership} status={status} />)}</ul>
      {list.hasMore ? <Button variant="default" mt="sm" loading={list.loadingMore} onClick={list.loadMore}>{t`Show more`}</Button> : null}
    </Modal>
  );
}

function OwnershipRow({ ownership, status }: { ownership: Ownership; status: 'proposed' | 'accepted' }) {
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
