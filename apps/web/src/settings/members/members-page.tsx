import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { EmptyState, Instant, MeaningBadge, Panel, Person, ProblemAlert, TableSkeleton } from '@roster/ui';
import { IconUserPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { api } from '../../api/client.js';
import { usePagedList } from '../../api/paged-list.js';
import { shownProblem } from '../../api/problem.js';
import { ActButton } from '../../session/act-button.js';
import { useMay } from '../../session/may.js';
import { useMe } from '../../session/me.js';
import { useActInAddress } from '../../shell/act-in-address.js';
import { useCommands } from '../../shell/commands.js';
import { Page } from '../../shell/page.js';
import type { ExportedColumn } from '../../table-export/exported-list.js';
import { TableExport } from '../../table-export/table-export.js';
import { useRoleNames } from '../role-words.js';
import type { Member } from '../settings.queries.js';
import { DeactivateDialog } from './deactivate-dialog.js';
import { InviteDialog } from './invite-dialog.js';
import { InvitationsPanel } from './invitations-panel.js';
import { ReactivateButton } from './reactivate-button.js';
import { RoleDialog } from './role-dialog.js';
import classes from '../settings.module.css';

const PAGE = 50;
const rowId = ({ id }: Member): string => id;

/** Who is in the organization, what each may do, and who is asked to join. */
export function MembersPage() {
  const { t } = useLingui();
  const roles = useRoleNames();
  const me = useMe();
  const manage = useMay('access:member:manage', false);
  const search = useSearch({ strict: false }) as { q?: string; status?: string };
  const navigate = useNavigate();
  const narrow = useCallback((change: { q?: string | undefined; status?: string | undefined }) => void navigate({ to: '.', replace: true, resetScroll: false, search: ((previous: Record<string, unknown>) => ({ ...previous, ...change })) as never }), [navigate]);
  const q = search.q ?? '';
  const status = search.status === 'deactivated' || search.status === 'all' ? search.status : 'active';
  // What is typed is shown at once and asked for when the typing rests; another address (a person chosen in the palette) shows its own words.
  const [text, setText] = useState({ typed: q, of: q });
  if (text.of !== q) setText({ typed: q === text.typed.trim() ? text.typed : q, of: q });
  const [rested] = useDebouncedValue(text.typed.trim(), 200);
  const typedLately = useEffectEvent(() => { if (rested === text.typed.trim() && rested !== q) narrow({ q: rested === '' ? undefined : rested }); });
  useEffect(() => typedLately(), [rested]);
  const [inviting, setInviting] = useActInAddress('invite');
  const [changing, setChanging] = useState<Member | null>(null);
  const [leaving, setLeaving] = useState<Member | null>(null);
  useCommands(useMemo(() => [{ id: 'members.invite', label: t`Invite a member`, group: t`This page`, keys: ['n'], permission: 'access:member:manage' as const, run: () => setInviting(true) }], [t, setInviting]));
  const fetchPage = (cursor: string | undefined, signal: AbortSignal, limit = PAGE) =>
    bodyOf(api.GET('/api/v1/members', { params: { query: { limit, count: cursor === undefined, ...(status === 'all' ? {} : { 'filter[status]': [status] }), ...(q === '' ? {} : { q }), ...(cursor === undefined ? {} : { cursor }) } }, signal }));
  const list = usePagedList<Member>({ queryKey: ['members', 'settings', status, q], fetchPage });
  const columns: readonly ExportedColumn<Member>[] = [
    { id: 'name', header: t`Name`, exported: ({ name }) => name }, { id: 'email', header: t`E-mail`, exported: ({ email }) => email }, { id: 'role', header: t`Role`, exported: ({ role }) => role },
    { id: 'status', header: t`Status`, exported: (member) => member.status }, { id: 'joined', header: t`Joined`, exported: ({ createdAt }) => createdAt },
  ];
  const [shown, total] = [list.rows.length, list.total ?? 0];
  return (
    <Page
      title={t`Members`} to="/settings/members" crumbs={[{ label: t`Settings`, to: '/settings' }]} description={t`Who can sign in, and what they may do. A role is a set of permissions; the service asks for the permission, never for the role.`}
      actions={<ActButton permission="access:member:manage" leftSection={<IconUserPlus size={15} />} onClick={() => setInviting(true)}>{t`Invite a member`}</ActButton>}
    >
      <Panel title={t`People`} flush actions={(
        <div className={classes.filters}>
          <TextInput aria-label={t`Find people`} placeholder={t`Name or e-mail`} size="xs" value={text.typed} onChange={(event) => setText({ ...text, typed: event.currentTarget.value })} />
          <Select aria-label={t`Status`} size="xs" className={classes.narrow} allowDeselect={false} value={status} data={[{ value: 'active', label: t`Active` }, { value: 'deactivated', label: t`Deactivated` }, { value: 'all', label: t`Active and deactivated` }]} onChange={(value) => narrow({ status: value === null || value === 'active' ? undefined : value })} />
          <TableExport<Member> label={t`Members`} file="members" api="/api/v1/members" columns={columns} rowId={rowId} fetchPage={fetchPage} total={list.stale ? null : list.total} />
        </div>
      )}>
        {list.error ? <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} /> : null}
        {list.loading ? <TableSkeleton rows={5} columns={4} /> : null}
        {!list.loading && !list.error && shown === 0 ? <EmptyState title={q === '' ? t`Nobody here` : t`Nobody matches`}>{q === '' ? <Trans>Nobody has been deactivated.</Trans> : <Trans>Nobody is called like that. Try a part of the name or of the e-mail address.</Trans>}</EmptyState> : null}
        {shown > 0 ? (
          <div className={classes.scroll} tabIndex={0} role="region" aria-label={t`Members`}>
            <table className={`${classes.table} ${classes.middle}`}>
              <thead><tr><th scope="col">{t`Name`}</th><th scope="col">{t`E-mail`}</th><th scope="col">{t`Role`}</th><th scope="col">{t`Joined`}</th><th scope="col" className={classes.act}><span className="r-visually-hidden">{t`Acts`}</span></th></tr></thead>
              <tbody>{list.rows.map((member) => {
                const { id, name, email, role } = member;
                const self = id === me.member.id;
                return (
                  <tr key={id}>
                    <th scope="row"><span className={classes.row}><Person name={name} status={member.status} />{self ? <MeaningBadge meaning="information" plain>{t`you`}</MeaningBadge> : null}</span></th>
                    <td>{email}</td>
                    <td>{roles[role]}</td>
                    <td><Instant at={member.createdAt} relative={false} /></td>
                    <td className={classes.act}>{member.status === 'active' ? (
                      <>
                        <ActButton permission="access:member:manage" variant="subtle" size="compact-sm" aria-label={t`Change role of ${name}`} onClick={() => setChanging(member)}>{t`Change role`}</ActButton>
                        <ActButton permission="access:member:manage" variant="subtle" color="red" size="compact-sm" aria-label={t`Deactivate ${name}`} unless={self ? t`You cannot deactivate yourself. Ask another administrator.` : null} onClick={() => setLeaving(member)}>{t`Deactivate`}</ActButton>
                      </>
                    ) : <ReactivateButton member={member} />}</td>
                  </tr>
                );
              })}</tbody>
            </table>
          </div>
        ) : null}
        {list.hasMore ? <p className={classes.more}><Button variant="default" size="compact-sm" loading={list.loadingMore} onClick={list.loadMore}>{t`Show more: ${shown} of ${total}`}</Button></p> : null}
      </Panel>
      {manage.allowed ? <InvitationsPanel onInvite={() => setInviting(true)} /> : <p className={classes.dim}><Trans>Open invitations are shown to who may invite.</Trans> {manage.why}</p>}
      {inviting ? <InviteDialog onClose={() => setInviting(false)} /> : null}
      {changing ? <RoleDialog member={changing} onClose={() => setChanging(null)} /> : null}
      {leaving ? <DeactivateDialog member={leaving} onClose={() => setLeaving(null)} /> : null}
    </Page>
  );
}
