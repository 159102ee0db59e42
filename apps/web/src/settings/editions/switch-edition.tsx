import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { ConfirmDialog, Panel, ProblemAlert, ProgressLine, useFormat } from '@roster/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isConflict, shownProblem } from '../../api/problem.js';
import { ActButton } from '../../session/act-button.js';
import { meQuery } from '../../session/me.js';
import { toast } from '../../shell/toast.js';
import { ImpactRows } from '../impact/impact-rows.js';
import { useImpactPreview } from '../impact/use-impact-preview.js';
import { changeOrganization, organizationQuery, type Organization } from '../settings.queries.js';
import classes from '../settings.module.css';

/** What another edition would change, workload by workload, computed live; only then it can be adopted. */
export function SwitchEdition({ edition, title, organization, onClose }: { edition: string; title: string; organization: Organization; onClose: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const client = useQueryClient();
  const [confirming, setConfirming] = useState(false);
  const { id, summary, progress, error, retry } = useImpactPreview({ edition }, organization.version);
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
  const [evaluated, changed] = [format.number(summary?.evaluated ?? 0), format.number(summary?.changed ?? 0)];
  const none = summary?.changed === 0;
  return (
    <Panel title={t`What ${title} would change`} description={t`Every workload is evaluated as if the edition were adopted. Nothing is stored until you adopt it.`} actions={<Button variant="default" size="xs" onClick={onClose}>{t`Close`}</Button>}>
      {error ? <ProblemAlert problem={shownProblem(error)} onRetry={retry} /> : null}
      {adopt.error ? <ProblemAlert problem={shownProblem(adopt.error)} compact /> : null}
      {!error && !summary ? <ProgressLine done={progress?.done ?? 0} total={progress?.total} unit={t`workloads`} label={t`Impact preview`} /> : null}
      {summary && id ? (
        <>
          <p className={classes.text}>{none ? <Trans>{evaluated} workloads were evaluated; none changes its stage or freeze.</Trans> : <Trans>{evaluated} workloads were evaluated; <strong>{changed}</strong> would change.</Trans>}</p>
          {none ? null : <ImpactRows id={id} effect="stage" total={summary.changed} edition={edition} />}
          <p className={classes.row} style={{ marginBlock: '12px 0' }}><ActButton permission="access:organization:manage" onClick={() => setConfirming(true)}>{t`Adopt this edition`}</ActButton></p>
        </>
      ) : null}
      <ConfirmDialog opened={confirming} title={t`Adopt ${title}`} act={t`Adopt edition`} busy={adopt.isPending} onClose={() => setConfirming(false)} onConfirm={() => adopt.mutate(organization.version)}>
        <Trans>{changed} workloads change their stage or freeze when they are evaluated again. Evidence stays where it is: it counts for the edition it was linked to. You can switch back at any time.</Trans>
      </ConfirmDialog>
    </Panel>
  );
}
