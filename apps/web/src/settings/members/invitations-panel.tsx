import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { ConfirmDialog, EmptyState, Instant, Panel, ProblemAlert, TableSkeleton } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { usePagedList } from '../../api/paged-list.js';
import { shownProblem } from '../../api/problem.js';
import { ActButton } from '../../session/act-button.js';
import { toast } from '../../shell/toast.js';
import type { ExportedColumn } from '../../table-export/exported-list.js';
import { TableExport } from '../../table-export/table-export.js';
import { useRoleNames } from '../role-words.js';
import type { Invitation } from '../settings.queries.js';
import { useMembersChanged } from './members-changed.js';
import classes from '../settings.module.css';

const rowId = ({ id }: Invitation): string => id;
const fetchPage = (cursor: string | undefined, signal: AbortSignal, limit = 50) =>
  bodyOf(api.GET('/api/v1/invitations', { params: { query: { limit, 'filter[status]': ['open'], ...(cursor === undefined ? {} : { cursor }) } }, signal }));

/** Who is asked to join and has not answered yet. */
export function InvitationsPanel({ onInvite }: { onInvite: () => void }) {
  const { t } = useLingui();
  const roles = useRoleNames();
  const changed = useMembersChanged();
  const [revoking, setRevoking] = useState<Invitation | null>(null);
  const list = usePagedList<Invitation>({ queryKey: ['settings', 'invitations'], fetchPage });
  const columns: readonly ExportedColumn<Invitation>[] = [
    { id: 'email', header: t`E-mail`, exported: (invitation) => invitation.email }, { id: 'role', header: t`Role`, exported: ({ role }) => role },
    { id: 'invited', header: t`Invited`, exported: ({ createdAt }) => createdAt }, { id: 'until', header: t`Works until`, exported: ({ expiresAt }) => expiresAt },
  ];
  const revoke = useMutation({
    mutationFn: (id: string) => api.DELETE('/api/v1/invitations/{id}', { params: { path: { id } } }),
    onSuccess: async () => { setRevoking(null); toast.done({ message: t`The invitation is revoked.` }); await changed(); },
    onError: toast.failed,
  });
  const email = revoking?.email ?? '';
  return (
    <Panel title={t`Open invitations`} description={t`Links that still work. Each works once.`} flush={list.rows.length > 0} actions={list.rows.length > 0 ? <TableExport<Invitation> label={t`Open invitations`} file="invitations" api="/api/v1/invitations" columns={columns} rowId={rowId} fetchPage={fetchPage} total={null} size="compact-sm" /> : undefined}>
      {list.error ? <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} compact /> : null}
      {list.loading ? <TableSkeleton rows={2} columns={4} /> : null}
      {!list.loading && !list.error && list.rows.length === 0 ? <EmptyState title={t`Nobody is invited`} action={<ActButton permission="access:member:manage" variant="default" onClick={onInvite}>{t`Invite a member`}</ActButton>}><Trans>Four eyes need two people: who submits evidence cannot accept it.</Trans></EmptyState> : null}
      {list.rows.length > 0 ? (
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={t`Open invitations`}>
          <table className={`${classes.table} ${classes.middle}`}>
            <thead><tr><th scope="col">{t`E-mail`}</th><th scope="col">{t`Role`}</th><th scope="col">{t`Invited`}</th><th scope="col">{t`Works until`}</th><th scope="col" className={classes.act}><span className="r-visually-hidden">{t`Acts`}</span></th></tr></thead>
            <tbody>{list.rows.map((invitation) => {
              const { email: whom } = invitation;
              return (
                <tr key={invitation.id}>
                  <th scope="row">{whom}</th><td>{roles[invitation.role]}</td><td><Instant at={invitation.createdAt} relative={false} /></td><td><Instant at={invitation.expiresAt} /></td>
                  <td className={classes.act}><ActButton permission="access:member:manage" variant="subtle" color="red" size="compact-sm" aria-label={t`Revoke the invitation of ${whom}`} onClick={() => setRevoking(invitation)}>{t`Revoke`}</ActButton></td>
                </tr>
              );
            })}</tbody>
          </table>
        </div>
      ) : null}
      {list.hasMore ? <p className={classes.more}><Button variant="default" size="compact-sm" loading={list.loadingMore} onClick={list.loadMore}>{t`Show more`}</Button></p> : null}
      <ConfirmDialog opened={revoking !== null} title={t`Revoke the invitation`} act={t`Revoke invitation`} danger busy={revoke.isPending} onClose={() => setRevoking(null)} onConfirm={() => { if (revoking) revoke.mutate(revoking.id); }}>
        <Trans>The link of {email} stops working at once. You can invite them again.</Trans>
      </ConfirmDialog>
    </Panel>
  );
}
