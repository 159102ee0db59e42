import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf, RosterProblem, type Schemas } from '@roster/api-client';
import { DefinitionList, ProblemAlert, TextSkeleton, type ShownProblem } from '@roster/ui';
import { useForm } from '@mantine/form';
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api/client.js';
import { shownProblem } from '../api/problem.js';
import { applyProblem } from '../forms/form-problem.js';
import { EntryCard } from './entry-card.js';
import classes from './entry-card.module.css';
import { NewPasswordField } from './new-password-field.js';
import { useEnter } from './use-enter.js';
import { useErrorFocus } from './use-error-focus.js';

type Invitation = Schemas['InvitationPreviewDto'];
const route = getRouteApi('/invitations/$token');

const invitationQuery = (token: string) => queryOptions({
  queryKey: ['invitation', token], retry: false, staleTime: 60_000,
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/invitations/{token}', { params: { path: { token } }, signal })),
});

/** Accepts an invitation: somebody new chooses a name and a password, somebody known proves to be who they are with theirs. Which of the two it is, is not told before. */
export function InvitationPage() {
  const { t } = useLingui();
  const { token } = route.useParams();
  const { data, error, refetch } = useQuery(invitationQuery(token));
  if (error) {
    const gone = error instanceof RosterProblem && error.status === 404;
    return (
      <EntryCard title={gone ? t`This invitation is not valid any more` : t`The invitation cannot be shown`} footer={<Trans>Have an account already? <Anchor component={Link} to="/sign-in">Sign in</Anchor></Trans>}>
        <ProblemAlert problem={shownProblem(error)} onRetry={gone ? undefined : () => void refetch()} />
      </EntryCard>
    );
  }
  if (!data) return <EntryCard title={t`Invitation`}><TextSkeleton lines={6} /></EntryCard>;
  const { organization } = data;
  return (
    <EntryCard title={t`Join ${organization}`} footer={<Trans>Not you? Leave this page; nothing happens.</Trans>}>
      <AcceptForm token={token} invitation={data} />
    </EntryCard>
  );
}

function AcceptForm({ token, invitation }: { token: string; invitation: Invitation }) {
  const { t } = useLingui();
  const enter = useEnter();
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const form = useForm({ mode: 'controlled', initialValues: { name: '', password: '' } });
  const accept = useMutation({
    mutationFn: ({ name, password }: { name: string; password: string }) => bodyOf(api.POST('/api/v1/invitations/{token}/accept', { params: { path: { token } }, body: { password, name } })),
    onSuccess: (me) => enter(me),
    onError: (error) => setProblem(applyProblem(form, error)),
  });
  useErrorFocus(form.errors);
  const roles: Record<string, string> = { admin: t`Administrator`, risk_owner: t`Risk owner`, engineering_lead: t`Engineering lead`, contributor: t`Contributor`, auditor: t`Auditor`, viewer: t`Viewer` };
  const { name, password } = form.getValues();
  return (
    <>
      <div className={classes.facts}>
        <DefinitionList items={[{ term: t`Invited by`, value: invitation.invitedBy }, { term: t`Your e-mail`, value: invitation.email }, { term: t`You join as`, value: roles[invitation.role] ?? invitation.role }]} />
      </div>
      {problem ? <ProblemAlert problem={problem} /> : null}
      <form onSubmit={form.onSubmit((values) => { setProblem(null); accept.mutate(values); })}>
        <Stack gap="sm">
          {/* For password managers: which account the password belongs to. */}
          <input type="email" className="r-visually-hidden" autoComplete="username" readOnly tabIndex={-1} aria-hidden value={invitation.email} />
          <TextInput label={t`Your name`} autoComplete="name" required maxLength={200} {...form.getInputProps('name')} />
          <NewPasswordField label={t`Choose a password`} value={password} onChange={(next) => form.setFieldValue('password', next)} identity={[invitation.email, name, invitation.organization]} error={form.errors.password} />
          <Text size="xs" c="dimmed"><Trans>This address has an account already, from another organization? Then give the password of that account.</Trans></Text>
          <Button type="submit" size="sm" loading={accept.isPending}>{t`Accept the invitation`}</Button>
        </Stack>
      </form>
    </>
  );
}
