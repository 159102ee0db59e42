import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { ProblemAlert, type ShownProblem } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { api } from '../api/client.js';
import { applyProblem } from '../forms/form-problem.js';
import { EntryCard } from './entry-card.js';
import { safeReturn, useEnter } from './use-enter.js';

const route = getRouteApi('/sign-in');

/** Sign in, and go on where one wanted to go. */
export function SignInPage() {
  const { t } = useLingui();
  const { returnTo } = route.useSearch();
  const enter = useEnter();
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const password = useRef<HTMLInputElement>(null);
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', password: '' } });
  const signIn = useMutation({
    mutationFn: (values: { email: string; password: string }) => bodyOf(api.POST('/api/v1/sessions', { body: values })),
    onSuccess: (me) => enter(me, returnTo),
    onError: (error) => {
      setProblem(applyProblem(form, error));
      // The address is probably right: only the password is asked for again.
      form.setFieldValue('password', '');
      password.current?.focus();
    },
  });
  const wanted = returnTo === undefined ? null : safeReturn(returnTo).split('?')[0];
  return (
    <EntryCard
      title={t`Sign in`} lead={wanted && wanted !== '/' ? <Trans>Then you go on to <code>{wanted}</code></Trans> : undefined}
      footer={<Trans>No organization yet? <Anchor component={Link} to="/sign-up">Create one</Anchor>. Invited? Open the link in the e-mail you got.</Trans>}
    >
      {problem ? <ProblemAlert problem={problem} /> : null}
      <form onSubmit={form.onSubmit((values) => { setProblem(null); signIn.mutate(values); })}>
        <Stack gap="sm">
          <TextInput label={t`E-mail`} type="email" autoComplete="username" required key={form.key('email')} {...form.getInputProps('email')} />
          <PasswordInput ref={password} label={t`Password`} autoComplete="current-password" required key={form.key('password')} {...form.getInputProps('password')} visibilityToggleButtonProps={{ 'aria-label': t`Show the password`, tabIndex: 0 }} />
          <Button type="submit" size="sm" loading={signIn.isPending}>{t`Sign in`}</Button>
        </Stack>
      </form>
    </EntryCard>
  );
}
