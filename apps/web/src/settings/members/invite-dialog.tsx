import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf, type Schemas } from '@roster/api-client';
import { CopyButton, Instant, ProblemAlert, type ShownProblem } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { applyProblem } from '../../forms/form-problem.js';
import { useDraft } from '../../forms/use-draft.js';
import { PermissionList } from '../permission-list.js';
import { useRoleNames } from '../role-words.js';
import type { Role } from '../settings.queries.js';
import { useMembersChanged } from './members-changed.js';
import classes from '../settings.module.css';

/** Invites somebody, and hands over the link that was mailed too. It is shown this once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const roles = useRoleNames();
  const changed = useMembersChanged();
  const draft = useDraft<{ email: string; role: Role }>('settings:invite', { email: '', role: 'contributor' });
  const form = useForm<{ email: string; role: Role }>({ initialValues: draft.values, onValuesChange: draft.keep, validate: { email: (value) => (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim()) ? null : t`Give an e-mail address, such as name@company.example.`) } });
  const [made, setMade] = useState<Schemas['CreatedInvitationDto'] | null>(null);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const invite = useMutation({
    mutationFn: ({ email, role }: { email: string; role: Role }) => bodyOf(api.POST('/api/v1/invitations', { body: { email: email.trim(), role } })),
    onSuccess: async (invitation) => { draft.clear(); setMade(invitation); await changed(); },
    onError: (error) => setProblem(applyProblem(form, error)),
  });
  if (made) {
    const { email } = made;
    return (
      <Modal opened onClose={onClose} size="lg" title={t`Invitation for ${email}`} closeButtonProps={{ 'aria-label': t`Close` }}>
        <Stack gap="sm">
          <p className={classes.text}><Trans>The link was mailed. You can also hand it over yourself: it is shown this once, works once, and until</Trans> <Instant at={made.expiresAt} relative={false} />.</p>
          <div className={classes.secret}><code data-volatile>{made.url}</code><CopyButton value={made.url} label={t`Copy the link`} /></div>
          <Group justify="flex-end"><Button onClick={onClose} data-autofocus>{t`Done`}</Button></Group>
        </Stack>
      </Modal>
    );
  }
  return (
    <Modal opened onClose={onClose} size="lg" title={t`Invite a member`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form noValidate onSubmit={form.onSubmit((values) => { setProblem(null); invite.mutate(values); })}>
        <Stack gap="sm">
          <TextInput label={t`E-mail`} type="email" required data-autofocus {...form.getInputProps('email')} />
          <Select label={t`Role`} required allowDeselect={false} data={Object.entries(roles).map(([value, label]) => ({ value, label }))} {...form.getInputProps('role')} />
          <section aria-label={t`What the role may do`}><PermissionList role={form.values.role} /></section>
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          <Group justify="flex-end" gap="xs"><Button variant="default" onClick={onClose}>{t`Cancel`}</Button><Button type="submit" loading={invite.isPending}>{t`Send invitation`}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}
