import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { ProblemAlert, type ShownProblem } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api/client.js';
import { applyProblem } from '../forms/form-problem.js';
import { EntryCard } from './entry-card.js';
import { useEnter } from './use-enter.js';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const { t } = useLingui();
  const { returnTo } = route.useSearch();
  const enter = useEnter();
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', password: '' } });
  const signIn = useMutation({
    mutationFn: (values: { email: string; password: string }) => bodyOf(api.POST('/api/v1/sessions', { body: values })),
    onSuccess: (me) => enter(me, returnTo),
    onError: (error) => setProblem(applyProblem(form, error)),
  });
  return (
    <EntryCard title={t`Sign in`} footer={<Trans>No organization yet? <Anchor component={Link} to="/sign-up">Create one</Anchor></Trans>}>
      {problem ? <ProblemAlert problem={problem} /> : null}
      <form onSubmit={form.onSubmit((values) => { setProblem(null); signIn.mutate(values); })}>
        <Stack gap="sm">
          <TextInput label={t`E-mail`} type="email" autoComplete="username" required key={form.key('email')} {...form.getInputProps('email')} />
          <PasswordInput label={t`Password`} autoComplete="current-password" required key={form.key('password')} {...form.getInputProps('password')} />
          <Button type="submit" size="sm" loading={signIn.isPending}>{t`Sign in`}</Button>
        </Stack>
      </form>
    </EntryCard>
  );
}
