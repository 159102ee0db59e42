import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf, type Schemas } from '@roster/api-client';
import { ConfirmDialog, MeaningBadge, Panel, ProblemAlert, ProgressLine, StageBadge, TableSkeleton, useFormat } from '@roster/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { usePagedList } from '../../api/paged-list.js';
import { isConflict, shownProblem } from '../../api/problem.js';
import { problemOf, useOperation } from '../../live/use-operation.js';
import { ActButton } from '../../session/act-button.js';
import { meQuery } from '../../session/me.js';
import { toast } from '../../shell/toast.js';
import { changeOrganization, organizationQuery, type Organization } from '../settings.queries.js';
import classes from '../settings.module.css';

interface Impact { readonly evaluated: number; readonly changed: number }

/** What another edition would change, workload by workload, computed live; only then it can be adopted. */
export function SwitchEdition({ edition, title, organization, onClose }: { edition: string; title: string; organization: Organization; onClose: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const client = useQueryClient();
  const [confirming, setConfirming] = useState(false);
  const preview = useQuery({ queryKey: ['settings', 'impact-preview', edition, organization.version], staleTime: Infinity, gcTime: 0, retry: false, queryFn: () => bodyOf(api.POST('/api/v1/organization/impact-preview', { body: { edition } })) });
  const operation = useOperation<Impact>(preview.data?.href ?? null);
  const done = operation?.status === 'succeeded';
  const adopt = useMutation({
    mutationFn: (version: number) => changeOrganization(version, { edition }),
    onSuccess: async (saved) => {
      client.setQueryData(organizationQuery.queryKey, saved);
      toast.done({ message: t`Your organization is measured against ${title} now.` });
      onClose();
      await Promise.all([client.invalidateQueries({ queryKey: meQuery.queryKey }), client.invalidateQueries({ queryKey: ['inventory'] }), client.invalidateQueries({ queryKey: ['workload'] })]);
    },
    onError: async (error) => { setConfirming(false); if (isConflict(error)) await client.invalidateQueries({ queryKey: organizationQuery.queryKey }); },
  });
  const [evaluated, changed] = [format.number(operation?.result?.evaluated ?? 0), format.number(operation?.result?.changed ?? 0)];
  const none = operation?.result?.changed === 0;
  return (
    <Panel title={t`What ${title} would change`} description={t`Every workload is evaluated as if the edition were adopted. Nothing is stored until you adopt it.`} actions={<Button variant="default" size="xs" onClick={onClose}>{t`Close`}</Button>}>
      {preview.error ? <ProblemAlert problem={shownProblem(preview.error)} onRetry={() => void preview.refetch()} /> : null}
      {operation?.status === 'failed' ? <ProblemAlert problem={shownProblem(problemOf(operation))} onRetry={() => void preview.refetch()} /> : null}
      {adopt.error ? <ProblemAlert problem={shownProblem(adopt.error)} compact /> : null}
      {!preview.error && !done && operation?.status !== 'failed' ? <ProgressLine done={operation?.progress?.done ?? 0} total={operation?.progress?.total} unit={t`workloads`} label={t`Impact preview`} /> : null}
      {done && preview.data ? (
        <>
          <p className={classes.text}>{none ? <Trans>{evaluated} workloads were evaluated; none changes its stage or freeze.</Trans> : <Trans>{evaluated} workloads were evaluated; <strong>{changed}</strong> would change.</Trans>}</p>
          {none ? null : <Impacted id={preview.data.id} />}
          <p className={classes.row} style={{ marginBlock: '12px 0' }}><ActButton permission="access:organization:manage" onClick={() => setConfirming(true)}>{t`Adopt this edition`}</ActButton></p>
        </>
      ) : null}
      <ConfirmDialog opened={confirming} title={t`Adopt ${title}`} act={t`Adopt edition`} busy={adopt.isPending} onClose={() => setConfirming(false)} onConfirm={() => adopt.mutate(organization.version)}>
        <Trans>{changed} workloads change their stage or freeze when they are evaluated again. Evidence stays where it is: it counts for the edition it was linked to. You can switch back at any time.</Trans>
      </ConfirmDialog>
    </Panel>
  );
}

function Impacted({ id }: { id: string }) {
  const { t } = useLingui();
  const list = usePagedList<Schemas['ImpactedWorkloadDto']>({
    queryKey: ['settings', 'impacted', id], fetchPage: (cursor, signal) => bodyOf(api.GET('/api/v1/organization/impact-previews/{id}/workloads', { params: { path: { id }, query: { limit: 50, ...(cursor === undefined ? {} : { cursor }) } }, signal })),
  });
  if (list.error) return <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} compact />;
  if (list.loading) return <TableSkeleton rows={4} columns={4} />;
  const state = ({ stage, hardening, frozen }: Schemas['ImpactStateDto']) => <StageBadge stage={stage} hardening={hardening} frozen={frozen} />;
  return (
    <>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t`Workloads that would change`}>
        <table className={`${classes.table} ${classes.middle}`}>
          <thead><tr><th scope="col">{t`Workload`}</th><th scope="col">{t`Now`}</th><th scope="col">{t`Then`}</th><th scope="col">{t`Gaps`}</th></tr></thead>
          <tbody>{list.rows.map((row) => <tr key={row.id}><th scope="row"><Link to="/workloads/$key" params={{ key: row.key }}><code className={classes.mono}>{row.key}</code></Link> {row.name}</th><td>{state(row.from)}</td><td>{state(row.to)}</td><td>{row.gapCount === 0 ? <MeaningBadge meaning="met" plain>{t`none`}</MeaningBadge> : row.gapCount}</td></tr>)}</tbody>
        </table>
      </div>
      {list.hasMore ? <p className={classes.more}><Button variant="default" size="compact-sm" loading={list.loadingMore} onClick={list.loadMore}>{t`Show more`}</Button></p> : null}
    </>
  );
}
