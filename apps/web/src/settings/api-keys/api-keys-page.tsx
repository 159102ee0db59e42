import { Button } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { ConfirmDialog, EmptyState, Instant, MeaningBadge, Panel, ProblemAlert, TableSkeleton } from '@roster/ui';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api } from '../../api/client.js';
import { usePagedList } from '../../api/paged-list.js';
import { shownProblem } from '../../api/problem.js';
import { useNow } from '../../clock/now.js';
import { ActButton } from '../../session/act-button.js';
import { useMay } from '../../session/may.js';
import { useActInAddress } from '../../shell/act-in-address.js';
import { useCommands } from '../../shell/commands.js';
import { Page } from '../../shell/page.js';
import { toast } from '../../shell/toast.js';
import type { ExportedColumn } from '../../table-export/exported-list.js';
import { TableExport } from '../../table-export/table-export.js';
import type { ApiKey } from '../settings.queries.js';
import { CreateKeyDialog } from './create-key-dialog.js';
import classes from '../settings.module.css';

const rowId = ({ id }: ApiKey): string => id;
const fetchPage = (cursor: string | undefined, signal: AbortSignal, limit = 50) => bodyOf(api.GET('/api/v1/api-keys', { params: { query: { limit, ...(cursor === undefined ? {} : { cursor }) } }, signal }));

/** Keys with which pipelines call the API. */
export function ApiKeysPage() {
  const { t } = useLingui();
  const client = useQueryClient();
  const now = useNow();
  const { allowed, why } = useMay('access:api-key:manage', false);
  const [creating, setCreating] = useActInAddress('create');
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  useCommands(useMemo(() => [{ id: 'api-keys.create', label: t`Create an API key`, group: t`This page`, keys: ['n'], permission: 'access:api-key:manage' as const, run: () => setCreating(true) }], [t, setCreating]));
  const list = usePagedList<ApiKey>({ queryKey: ['settings', 'api-keys'], enabled: allowed, fetchPage });
  const revoke = useMutation({
    mutationFn: (id: string) => api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id } } }),
    onSuccess: async () => { setRevoking(null); toast.done({ message: t`The key is revoked.` }); await client.invalidateQueries({ queryKey: ['settings', 'api-keys'] }); },
    onError: toast.failed,
  });
  const named = revoking?.name ?? '';
  const stateOf = ({ revokedAt, expiresAt }: ApiKey) => (revokedAt !== null ? 'revoked' : Date.parse(expiresAt) <= now.getTime() ? 'expired' : 'works');
  const states = { revoked: { meaning: 'neutral', word: t`Revoked` }, expired: { meaning: 'attention', word: t`Expired` }, works: { meaning: 'met', word: t`Works` } } as const;
  const state = (key: ApiKey) => { const { meaning, word } = states[stateOf(key)]; return <MeaningBadge meaning={meaning} plain>{word}</MeaningBadge>; };
  const columns: readonly ExportedColumn<ApiKey>[] = [
    { id: 'name', header: t`Name`, exported: ({ name }) => name }, { id: 'state', header: t`State`, exported: stateOf }, { id: 'permissions', header: t`May do`, exported: ({ permissions }) => permissions.join('; ') },
    { id: 'used', header: t`Last used`, exported: ({ lastUsedAt }) => lastUsedAt }, { id: 'expires', header: t`Expires`, exported: ({ expiresAt }) => expiresAt },
  ];
  return (
    <Page
      title={t`API keys`} to="/settings/api-keys" crumbs={[{ label: t`Settings`, to: '/settings' }]} description={t`For pipelines and scripts. A key has the permissions you choose, never more than its creator, and ends by itself.`}
      actions={<ActButton permission="access:api-key:manage" leftSection={<IconPlus size={15} />} onClick={() => setCreating(true)}>{t`Create a key`}</ActButton>}
    >
      {allowed ? (
        <Panel title={t`Keys of the organization`} flush={list.rows.length > 0} actions={list.rows.length > 0 ? <TableExport<ApiKey> label={t`API keys`} file="api-keys" api="/api/v1/api-keys" columns={columns} rowId={rowId} fetchPage={fetchPage} total={null} size="compact-sm" /> : undefined}>
          {list.error ? <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} /> : null}
          {list.loading ? <TableSkeleton rows={3} columns={5} /> : null}
          {!list.loading && !list.error && list.rows.length === 0 ? (
            <EmptyState title={t`No keys yet`} icon={<IconKey size={26} />} action={<ActButton permission="access:api-key:manage" variant="default" onClick={() => setCreating(true)}>{t`Create a key`}</ActButton>}>
              <Trans>With a key a pipeline can ask the gate, register workloads or submit evidence. Give it only what it needs.</Trans>
            </EmptyState>
          ) : null}
          {list.rows.length > 0 ? (
            <div className={classes.scroll} tabIndex={0} role="region" aria-label={t`API keys`}>
              <table className={`${classes.table} ${classes.middle}`}>
                <thead><tr><th scope="col">{t`Name`}</th><th scope="col">{t`State`}</th><th scope="col">{t`May do`}</th><th scope="col">{t`Last used`}</th><th scope="col">{t`Expires`}</th><th scope="col" className={classes.act}><span className="r-visually-hidden">{t`Acts`}</span></th></tr></thead>
                <tbody>{list.rows.map((key) => {
                  const { name } = key;
                  const count = key.permissions.length;
                  return (
                    <tr key={key.id}>
                      <th scope="row">{name}</th><td>{state(key)}</td>
                      <td><details><summary><Trans>{count} permissions</Trans></summary><ul className={classes.list}>{key.permissions.map((permission) => <li key={permission}><code className={classes.mono}>{permission}</code></li>)}</ul></details></td>
                      <td>{key.lastUsedAt === null ? <span className={classes.dim}>{t`never`}</span> : <Instant at={key.lastUsedAt} />}</td><td><Instant at={key.expiresAt} /></td>
                      <td className={classes.act}>{key.revokedAt === null ? <ActButton permission="access:api-key:manage" variant="subtle" color="red" size="compact-sm" aria-label={t`Revoke ${name}`} onClick={() => setRevoking(key)}>{t`Revoke`}</ActButton> : null}</td>
                    </tr>
                  );
                })}</tbody>
              </table>
            </div>
          ) : null}
          {list.hasMore ? <p className={classes.more}><Button variant="default" size="compact-sm" loading={list.loadingMore} onClick={list.loadMore}>{t`Show more`}</Button></p> : null}
        </Panel>
      ) : <EmptyState title={t`You may not manage API keys`} icon={<IconKey size={26} />}><p>{why}</p></EmptyState>}
      {creating ? <CreateKeyDialog onClose={() => setCreating(false)} /> : null}
      <ConfirmDialog opened={revoking !== null} title={t`Revoke ${named}`} act={t`Revoke key`} danger busy={revoke.isPending} onClose={() => setRevoking(null)} onConfirm={() => { if (revoking) revoke.mutate(revoking.id); }}>
        <Trans>Whatever uses this key is refused from the next request on. A revoked key cannot be brought back; create a new one instead.</Trans>
      </ConfirmDialog>
    </Page>
  );
}
