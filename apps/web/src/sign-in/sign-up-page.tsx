import { Anchor, Button, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { ProblemAlert, type ShownProblem } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api/client.js';
import { applyProblem } from '../forms/form-problem.js';
import { useDraft } from '../forms/use-draft.js';
import { EntryCard } from './entry-card.js';
import classes from './entry-card.module.css';
import { NewPasswordField } from './new-password-field.js';
import { browserTimeZone, TimeZoneField } from './time-zone-field.js';
import { useEnter } from './use-enter.js';
import { useErrorFocus } from './use-error-focus.js';
import { WhatRosterDoes } from './what-roster-does.js';

interface SignUpValues {
  organization: { name: string; timeZone: string };
  user: { name: string; email: string; password: string };
}

/** How an organization begins: six fields, and the first member is signed in. */
export function SignUpPage() {
  const { t } = useLingui();
  const enter = useEnter();
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  // What is typed survives a reload; the password never does.
  const draft = useDraft('sign-up', { organization: '', timeZone: browserTimeZone(), name: '', email: '' });
  const form = useForm<SignUpValues>({
    mode: 'controlled',
    initialValues: { organization: { name: draft.values.organization, timeZone: draft.values.timeZone }, user: { name: draft.values.name, email: draft.values.email, password: '' } },
    onValuesChange: ({ organization, user }) => draft.keep({ organization: organization.name, timeZone: organization.timeZone, name: user.name, email: user.email }),
  });
  const signUp = useMutation({
    mutationFn: (values: SignUpValues) => bodyOf(api.POST('/api/v1/sign-up', { body: values })),
    onSuccess: (me) => { draft.clear(); return enter(me); },
    onError: (error) => setProblem(applyProblem(form, error)),
  });
  useErrorFocus(form.errors);
  const { organization, user } = form.getValues();
  return (
    <EntryCard
      title={t`Create your organization`} lead={<Trans>You become its first administrator and can invite the others.</Trans>} aside={<WhatRosterDoes />}
      footer={<Trans>Already here? <Anchor component={Link} to="/sign-in">Sign in</Anchor></Trans>}
    >
      {problem ? <ProblemAlert problem={problem} /> : null}
      <form onSubmit={form.onSubmit((values) => { setProblem(null); signUp.mutate(values); })}>
        <Stack gap="md">
          <fieldset className={classes.group}>
            <legend className={classes.legend}>{t`The organization`}</legend>
            <TextInput label={t`Name of the organization`} autoComplete="organization" required maxLength={200} {...form.getInputProps('organization.name')} />
            <TimeZoneField value={organization.timeZone} onChange={(zone) => form.setFieldValue('organization.timeZone', zone)} error={form.errors['organization.timeZone']} />
          </fieldset>
          <fieldset className={classes.group}>
            <legend className={classes.legend}>{t`You`}</legend>
            <TextInput label={t`Your name`} autoComplete="name" required maxLength={200} {...form.getInputProps('user.name')} />
            <TextInput label={t`E-mail`} type="email" autoComplete="username" required {...form.getInputProps('user.email')} />
            <NewPasswordField label={t`Password`} value={user.password} onChange={(password) => form.setFieldValue('user.password', password)} identity={[user.email, user.name, organization.name]} error={form.errors['user.password']} />
          </fieldset>
          <Button type="submit" size="sm" loading={signUp.isPending}>{t`Create organization`}</Button>
        </Stack>
      </form>
    </EntryCard>
  );
}
