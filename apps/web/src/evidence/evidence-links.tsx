import { ActionIcon, Anchor, Tooltip } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { ConfirmDialog, EmptyState, Instant } from '@roster/ui';
import { IconLinkOff } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api/client.js';
import { ActButton } from '../session/act-button.js';
import { useMay } from '../session/may.js';
import { useMe } from '../session/me.js';
import { toast } from '../shell/toast.js';
import { useCriterionNames } from './criterion-names.js';
import { DecisionDialog, type PendingDecision } from './decision-dialog.js';
import { useEvidenceChanged, type Evidence, type EvidenceLink } from './evidence.queries.js';
import { useLinkRefusal } from './four-eyes.js';
import { LinkStatusMark } from './link-status-mark.js';
import classes from './evidence-detail.module.css';

/** What an item supports, with the decision on each link. @param onlyWaiting only the links that wait for a decision */
export function EvidenceLinks({ evidence, onlyWaiting = false }: { evidence: Evidence; onlyWaiting?: boolean }) {
  const { t } = useLingui();
  const { organization } = useMe();
  const nameOf = useCriterionNames(organization.edition);
  const refusalOf = useLinkRefusal();
  const maySubmit = useMay('evidence:item:submit');
  const changed = useEvidenceChanged();
  const [removing, setRemoving] = useState<EvidenceLink | null>(null);
  const [deciding, setDeciding] = useState<PendingDecision | null>(null);
  const remove = useMutation({
    mutationFn: async (link: EvidenceLink) => { await api.DELETE('/api/v1/evidence/{id}/links/{linkId}', { params: { path: { id: evidence.id, linkId: link.id } } }); },
    onSuccess: async () => { setRemoving(null); await changed(); }, onError: toast.failed,
  });
  const links = onlyWaiting ? evidence.links.filter(({ status }) => status === 'proposed') : evidence.links;
  if (links.length === 0) {
    return <EmptyState title={t`It is linked to nothing yet`}><Trans>Evidence counts for the workloads and criteria it is linked to. One item can support many.</Trans></EmptyState>;
  }
  const removingWorkload = removing?.workload.key ?? '';
  return (
    <div className={classes.tableScroll}>
      <table className={classes.table}>
        <thead><tr><th scope="col">{t`Workload and criterion`}</th><th scope="col">{t`Link`}</th><th scope="col">{t`Made by`}</th><th scope="col"><span className="r-visually-hidden">{t`Acts`}</span></th></tr></thead>
        {byWorkload(links).map(([group, own]) => (
        <tbody key={group.id}>
          <tr className={classes.group}><th scope="rowgroup" colSpan={4}><Anchor component={Link} to={`/workloads/${encodeURIComponent(group.key)}`} size="sm">{group.key}</Anchor> <span className={classes.dim}>{group.name}</span></th></tr>
          {own.map((link) => {
            const { id, workload, criterion, status, proposedBy, proposedAt, decision } = link;
            const what = criterion === null ? workload.key : `${workload.key}, ${nameOf(criterion)}`;
            const ask = (wanted: 'accept' | 'reject'): void => setDeciding({ itemId: evidence.id, title: evidence.title, decision: wanted, about: { linkId: id, name: what } });
            const decider = decision?.by.name ?? '';
            return (
              <tr key={id}>
                <td>{criterion === null ? <span className={classes.dim}>{t`The workload only`}</span> : nameOf(criterion)}</td>
                <td><LinkStatusMark status={status} />{decision ? <span className={classes.decided}><Trans>by {decider}</Trans> <Instant at={decision.at} relative={false} only="day" />{decision.comment === null ? null : <q className={classes.prose}>{decision.comment}</q>}</span> : null}</td>
                <td>{proposedBy.name} <span className={classes.dim}><Instant at={proposedAt} relative={false} only="day" /></span></td>
                <td>
                  <div className={classes.rowActs}>
                    {status === 'proposed' ? (
                      <>
                        <ActButton permission="evidence:version:review" unless={refusalOf(link)} size="compact-sm" variant="default" aria-label={t`Accept link ${what}`} onClick={() => ask('accept')}>{t`Accept`}</ActButton>
                        <ActButton permission="evidence:version:review" unless={refusalOf(link)} size="compact-sm" variant="default" aria-label={t`Reject link ${what}`} onClick={() => ask('reject')}>{t`Reject`}</ActButton>
                      </>
                    ) : null}
                    {onlyWaiting ? null : (
                      <Tooltip label={maySubmit.why ?? t`Remove this link`} multiline maw={320}>
                        <ActionIcon size={24} aria-label={t`Remove link ${what}`} aria-disabled={maySubmit.allowed ? undefined : true} data-disabled={maySubmit.allowed ? undefined : true} onClick={() => { if (maySubmit.allowed) setRemoving(link); }}><IconLinkOff size={15} /></ActionIcon>
                      </Tooltip>
                    )}
                  </div>
                </td>
              </tr>
            );
          })}
        </tbody>
        ))}
      </table>
      {deciding ? <DecisionDialog pending={deciding} onClose={() => setDeciding(null)} onDecided={() => setDeciding(null)} /> : null}
      <ConfirmDialog opened={removing !== null} title={t`Remove link`} act={t`Remove link`} danger busy={remove.isPending} onClose={() => setRemoving(null)} onConfirm={() => { if (removing) remove.mutate(removing); }}>
        <Trans>What this evidence proved for {removingWorkload} is not proven by it any more, and the workload is classified again. The history keeps the link.</Trans>
      </ConfirmDialog>
    </div>
  );
}

function byWorkload(links: readonly EvidenceLink[]): [EvidenceLink['workload'], EvidenceLink[]][] {
  const groups = new Map<string, [EvidenceLink['workload'], EvidenceLink[]]>();
  for (const link of links) {
    const group = groups.get(link.workload.id);
    if (group) group[1].push(link);
    else groups.set(link.workload.id, [link.workload, [link]]);
  }
  return [...groups.values()];
}
