import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { ProblemAlert, type ShownProblem } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api/client.js';
import { applyProblem } from '../forms/form-problem.js';
import { EntryCard } from './entry-card.js';
import { useEnter } from './use-enter.js';

export function SignUpPage() {
  const { t } = useLingui();
  const enter = useEnter();
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const form = useForm({ mode: 'uncontrolled', initialValues: { organization: { name: '', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }, user: { name: '', email: '', password: '' } } });
  const signUp = useMutation({
    mutationFn: (values: { organization: { name: string; timeZone: string }; user: { name: string; email: string; password: string } }) => bodyOf(api.POST('/api/v1/sign-up', { body: values })),
    onSuccess: (me) => enter(me),
    onError: (error) => setProblem(applyProblem(form, error)),
  });
  return (
    <EntryCard title={t`Create your organization`} footer={<Trans>Already here? <Anchor component={Link} to="/sign-in">Sign in</Anchor></Trans>}>
      {problem ? <ProblemAlert problem={problem} /> : null}
      <form onSubmit={form.onSubmit((values) => { setProblem(null); signUp.mutate(values); })}>
        <Stack gap="sm">
          <TextInput label={t`Organization`} autoComplete="organization" required key={form.key('organization.name')} {...form.getInputProps('organization.name')} />
          <TextInput label={t`Time zone`} required key={form.key('organization.timeZone')} {...form.getInputProps('organization.timeZone')} />
          <TextInput label={t`Your name`} autoComplete="name" required key={form.key('user.name')} {...form.getInputProps('user.name')} />
          <TextInput label={t`E-mail`} type="email" autoComplete="username" required key={form.key('user.email')} {...form.getInputProps('user.email')} />
          <PasswordInput label={t`Password`} description={t`At least 12 characters`} autoComplete="new-password" required key={form.key('user.password')} {...form.getInputProps('user.password')} />
          <Button type="submit" size="sm" loading={signUp.isPending}>{t`Create organization`}</Button>
        </Stack>
      </form>
    </EntryCard>
  );
}
