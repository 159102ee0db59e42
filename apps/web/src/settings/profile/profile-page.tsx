import { Button, PasswordInput, Radio, Stack, Switch } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf, type Schemas } from '@roster/api-client';
import type { Permission } from '@roster/contracts';
import { DefinitionList, Instant, KeyHint, Panel, ProblemAlert, TextSkeleton, type ShownProblem } from '@roster/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { shownProblem } from '../../api/problem.js';
import { serviceNow } from '../../clock/now.js';
import { useMay } from '../../session/may.js';
import { useMe } from '../../session/me.js';
import { Page } from '../../shell/page.js';
import { setSingleKeys, useSingleKeys } from '../../shell/shortcuts.js';
import { toast } from '../../shell/toast.js';
import { NewPasswordField } from '../../sign-in/new-password-field.js';
import { useRoleNames } from '../role-words.js';
import { preferenceQuery } from '../settings.queries.js';
import classes from '../settings.module.css';

const DAY_MS = 86_400_000;
const NOTIFICATIONS: Permission = 'notifications:notification:read';

/** The person's own things: password, mail, keys. */
export function ProfilePage() {
  const { t } = useLingui();
  const roles = useRoleNames();
  const { user, member, organization } = useMe();
  const count = member.permissions.length;
  return (
    <Page title={t`Profile and notifications`} to="/settings/profile" crumbs={[{ label: t`Settings`, to: '/settings' }]}>
      <Panel title={t`You`}>
        <DefinitionList items={[
          { term: t`Name`, value: user.name }, { term: t`E-mail`, value: user.email }, { term: t`Organization`, value: organization.name },
          { term: t`Role`, value: <details><summary>{roles[member.role]} <span className={classes.dim}><Trans>({count} permissions)</Trans></span></summary><ul className={classes.list}>{member.permissions.map((permission) => <li key={permission}><code className={classes.mono}>{permission}</code></li>)}</ul></details> },
        ]} />
      </Panel>
      <Notifications />
      <SingleKeys />
      <Password identity={[user.name, user.email, organization.name]} />
    </Page>
  );
}

function Notifications() {
  const { t } = useLingui();
  const { allowed, why } = useMay(NOTIFICATIONS);
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({ ...preferenceQuery, enabled: allowed });
  // One's own and changed field by field: the last word of the same person counts, so that it is based on whatever is there.
  const change = useMutation({
    mutationFn: (body: Schemas['ChangePreferenceDto']) => bodyOf(api.PATCH('/api/v1/notification-preference', { body, headers: { 'If-Match': '*' } })),
    onMutate: (body) => {
      const before = client.getQueryData(preferenceQuery.queryKey);
      if (before) client.setQueryData(preferenceQuery.queryKey, { ...before, ...body });
      return { before };
    },
    onSuccess: (saved) => client.setQueryData(preferenceQuery.queryKey, saved),
    onError: (failure, _body, kept) => { if (kept?.before) client.setQueryData(preferenceQuery.queryKey, kept.before); toast.failed(failure); },
  });
  const snoozed = data?.snoozedUntil != null && Date.parse(data.snoozedUntil) > serviceNow().getTime();
  const snooze = (days: number): void => change.mutate({ snoozedUntil: new Date(serviceNow().getTime() + days * DAY_MS).toISOString() });
  return (
    <Panel title={t`Mail`} description={t`What needs you always stands in the inbox. Here you choose when a mail is sent besides.`}>
      {!allowed ? <p className={classes.dim}>{why}</p> : error ? <ProblemAlert problem={shownProblem(error)} onRetry={() => void refetch()} compact /> : !data ? <TextSkeleton lines={3} /> : (
        <Stack gap="md">
          <Radio.Group aria-label={t`When mails are sent`} value={data.mailMode} onChange={(mailMode) => change.mutate({ mailMode: mailMode as 'immediate' | 'daily' })}>
            <Stack gap="xs">
              <Radio size="xs" value="immediate" label={t`At once, a mail each`} />
              <Radio size="xs" value="daily" label={t`Once a day, all in one mail`} description={t`At the time of day at which reviews fall due.`} />
            </Stack>
          </Radio.Group>
          {data.waiting ? <p className={classes.dim}>{t`Some notifications wait for the next mail.`}</p> : null}
          <div className={classes.row}>
            {snoozed && data.snoozedUntil ? (
              <><span><Trans>No mail until</Trans> <Instant at={data.snoozedUntil} /></span><Button variant="default" size="xs" onClick={() => change.mutate({ snoozedUntil: null })}>{t`Send mail again`}</Button></>
            ) : (
              <><span>{t`No mail for`}</span><Button variant="default" size="xs" onClick={() => snooze(1)}>{t`one day`}</Button><Button variant="default" size="xs" onClick={() => snooze(7)}>{t`one week`}</Button><Button variant="default" size="xs" onClick={() => snooze(30)}>{t`30 days`}</Button></>
            )}
          </div>
        </Stack>
      )}
    </Panel>
  );
}

function SingleKeys() {
  const { t } = useLingui();
  const on = useSingleKeys();
  return (
    <Panel title={t`Keyboard`} description={t`Kept in this browser.`}>
      <Switch size="sm" checked={on} onChange={(event) => setSingleKeys(event.currentTarget.checked)} label={t`Single-key shortcuts`} description={t`Turn them off when a voice tool or another device types for you. Ctrl-K and the keys inside tables stay.`} />
      <p className={classes.dim} style={{ marginBlockStart: 8 }}><KeyHint keys={['?']} /> <Trans>lists every shortcut of the page you are on.</Trans></p>
    </Panel>
  );
}

function Password({ identity }: { identity: readonly string[] }) {
  const { t } = useLingui();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [tried, setTried] = useState(false);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const change = useMutation({
    mutationFn: () => api.POST('/api/v1/me/password', { body: { currentPassword: current, newPassword: next } }),
    onSuccess: () => { setCurrent(''); setNext(''); setTried(false); setProblem(null); toast.done({ message: t`The password is changed. Your other sessions have ended.` }); },
    onError: (error) => setProblem(shownProblem(error)),
  });
  return (
    <Panel title={t`Password`} description={t`Changing it ends every other session of yours.`}>
      <form noValidate className={classes.form} onSubmit={(event) => { event.preventDefault(); setTried(true); setProblem(null); if (current !== '' && next !== '') change.mutate(); }}>
        <PasswordInput label={t`Current password`} autoComplete="current-password" required value={current} error={tried && current === '' ? t`Type the password that holds now.` : undefined} onChange={(event) => setCurrent(event.currentTarget.value)} visibilityToggleButtonProps={{ 'aria-label': t`Show the password`, tabIndex: 0 }} />
        <NewPasswordField label={t`New password`} value={next} onChange={setNext} identity={identity} error={tried && next === '' ? t`Choose a new password.` : undefined} />
        {problem ? <ProblemAlert problem={problem} compact /> : null}
        <div><Button type="submit" variant="default" loading={change.isPending}>{t`Change password`}</Button></div>
      </form>
    </Panel>
  );
}
