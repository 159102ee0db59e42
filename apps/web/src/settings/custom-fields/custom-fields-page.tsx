import { Button, Switch } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { ConfirmDialog, EmptyState, MeaningBadge, Panel, ProblemAlert, TableSkeleton } from '@roster/ui';
import { IconForms, IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api } from '../../api/client.js';
import { usePagedList } from '../../api/paged-list.js';
import { shownProblem } from '../../api/problem.js';
import { ActButton } from '../../session/act-button.js';
import { useActInAddress } from '../../shell/act-in-address.js';
import { useCommands } from '../../shell/commands.js';
import { Page } from '../../shell/page.js';
import { toast } from '../../shell/toast.js';
import { etagOf, type CustomField } from '../settings.queries.js';
import { CustomFieldDialog } from './custom-field-dialog.js';
import { useTypeNames } from './type-names.js';
import classes from '../settings.module.css';

/** Fields the organization adds to its workloads. */
export function CustomFieldsPage() {
  const { t } = useLingui();
  const client = useQueryClient();
  const types = useTypeNames();
  const [archived, setArchived] = useState(false);
  const [editing, setEditing] = useState<CustomField | null>(null);
  const [defining, setDefining] = useActInAddress('define');
  const [closing, setClosing] = useState<CustomField | null>(null);
  useCommands(useMemo(() => [{ id: 'custom-fields.create', label: t`Define a custom field`, group: t`This page`, keys: ['n'], permission: 'inventory:custom-field:manage' as const, run: () => setDefining(true) }], [t, setDefining]));
  const list = usePagedList<CustomField>({ queryKey: ['settings', 'custom-fields', archived], fetchPage: (cursor, signal) => bodyOf(api.GET('/api/v1/custom-fields', { params: { query: { limit: 100, 'filter[archived]': [String(archived)], ...(cursor === undefined ? {} : { cursor }) } }, signal })) });
  const archive = useMutation({
    mutationFn: ({ field, on }: { field: CustomField; on: boolean }) => bodyOf(api.PATCH('/api/v1/custom-fields/{field}', { params: { path: { field: field.key } }, headers: { 'If-Match': etagOf(field.version) }, body: { archived: on } })),
    onSuccess: async ({ label }, { on }) => {
      setClosing(null);
      toast.done({ message: on ? t`${label} is archived.` : t`${label} takes values again.` });
      await Promise.all([client.invalidateQueries({ queryKey: ['settings', 'custom-fields'] }), client.invalidateQueries({ queryKey: ['inventory'] })]);
    },
    onError: toast.failed,
  });
  const name = closing?.label ?? '';
  return (
    <Page
      title={t`Custom fields`} to="/settings/custom-fields" crumbs={[{ label: t`Settings`, to: '/settings' }]} description={t`What your organization records about a workload besides the fields everybody has. They can be filtered, imported, exported and changed in bulk like all others.`}
      actions={<ActButton permission="inventory:custom-field:manage" leftSection={<IconPlus size={15} />} onClick={() => setDefining(true)}>{t`Define a field`}</ActButton>}
    >
      <Panel title={archived ? t`Archived fields` : t`Fields in use`} flush={list.rows.length > 0} actions={<Switch size="xs" label={t`Archived ones`} checked={archived} onChange={(event) => setArchived(event.currentTarget.checked)} />}>
        {list.error ? <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} /> : null}
        {list.loading ? <TableSkeleton rows={4} columns={4} /> : null}
        {!list.loading && !list.error && list.rows.length === 0 ? (archived
          ? <EmptyState title={t`Nothing is archived`}><Trans>An archived field takes no new values; what workloads have in it stays.</Trans></EmptyState>
          : <EmptyState title={t`No fields of your own yet`} icon={<IconForms size={26} />} action={<ActButton permission="inventory:custom-field:manage" variant="default" onClick={() => setDefining(true)}>{t`Define a field`}</ActButton>}><Trans>An import creates them for columns it does not know. You can also define one yourself, such as a cost centre.</Trans></EmptyState>) : null}
        {list.rows.length > 0 ? (
          <div className={classes.scroll} tabIndex={0} role="region" aria-label={t`Custom fields`}>
            <table className={`${classes.table} ${classes.middle}`}>
              <thead><tr><th scope="col">{t`Label`}</th><th scope="col">{t`Key`}</th><th scope="col">{t`Accepts`}</th><th scope="col">{t`Filter`}</th><th scope="col" className={classes.act}><span className="r-visually-hidden">{t`Acts`}</span></th></tr></thead>
              <tbody>{list.rows.map((field) => {
                const { key, label, type, choices, filterable, description } = field;
                return (
                  <tr key={key}>
                    <th scope="row">{label}{description ? <p className={classes.dim}>{description}</p> : null}</th>
                    <td><code className={classes.mono}>custom.{key}</code></td>
                    <td>{types[type]}{choices.length > 0 ? <p className={classes.dim}>{choices.join(', ')}</p> : null}</td>
                    <td>{filterable ? <MeaningBadge meaning="met" plain>{t`yes`}</MeaningBadge> : <MeaningBadge meaning="neutral" plain>{t`no`}</MeaningBadge>}</td>
                    <td className={classes.act}>
                      {archived ? null : <ActButton permission="inventory:custom-field:manage" variant="subtle" size="compact-sm" aria-label={t`Change ${label}`} onClick={() => setEditing(field)}>{t`Change`}</ActButton>}
                      {archived
                        ? <ActButton permission="inventory:custom-field:manage" variant="subtle" size="compact-sm" aria-label={t`Use ${label} again`} onClick={() => archive.mutate({ field, on: false })}>{t`Use again`}</ActButton>
                        : <ActButton permission="inventory:custom-field:manage" variant="subtle" color="red" size="compact-sm" aria-label={t`Archive ${label}`} onClick={() => setClosing(field)}>{t`Archive`}</ActButton>}
                    </td>
                  </tr>
                );
              })}</tbody>
            </table>
          </div>
        ) : null}
        {list.hasMore ? <p className={classes.more}><Button variant="default" size="compact-sm" loading={list.loadingMore} onClick={list.loadMore}>{t`Show more`}</Button></p> : null}
      </Panel>
      {editing || defining ? <CustomFieldDialog field={editing} onClose={() => { setEditing(null); setDefining(false); }} /> : null}
      <ConfirmDialog opened={closing !== null} title={t`Archive ${name}`} act={t`Archive field`} busy={archive.isPending} onClose={() => setClosing(null)} onConfirm={() => { if (closing) archive.mutate({ field: closing, on: true }); }}>
        <Trans>The field takes no new values and is left out of forms. What workloads have in it stays, and you can use it again.</Trans>
      </ConfirmDialog>
    </Page>
  );
}
