import { Button, Group, Modal, SegmentedControl, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { ProblemAlert, useOwnerRoleWords, type ShownProblem } from '@roster/ui';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { applyProblem } from '../../forms/form-problem.js';
import { useDraft } from '../../forms/use-draft.js';
import { useMe } from '../../session/me.js';
import { toast } from '../../shell/toast.js';
import { useWorkload } from '../workload-context.js';
import { useWorkloadChanged } from '../workload.queries.js';
import { memberSearchQuery } from './members.queries.js';

/**
 * Asks a member, or somebody by e-mail, to answer for the workload in a role. Whoever names themselves can accept at once.
 * @param role one of the roles of domain.md section 4
 */
export function AssignOwnerDialog({ role, onClose }: { role: string; onClose: () => void }) {
  const { t } = useLingui();
  const me = useMe();
  const { workload } = useWorkload();
  const changed = useWorkloadChanged(workload.key);
  const roleName = (useOwnerRoleWords() as Readonly<Record<string, string>>)[role] ?? role;
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const [words, setWords] = useState('');
  const [search] = useDebouncedValue(words, 200);
  const { data: members } = useQuery({ ...memberSearchQuery(search.trim()), placeholderData: keepPreviousData });
  const draft = useDraft(`assign-owner:${workload.id}:${role}`, { how: 'member' as 'member' | 'email', memberId: '', memberName: '', email: '', position: 'owner' as 'owner' | 'deputy', accept: true });
  const form = useForm({
    initialValues: draft.values, onValuesChange: draft.keep,
    validate: {
      memberId: (value, { how }) => (how === 'member' && value === '' ? t`Choose who is asked` : null),
      email: (value, { how }) => (how === 'email' && !/^\S+@\S+$/.test(value) ? t`Expected an e-mail address` : null),
    },
  });
  const { how, memberId, position, accept } = form.values;
  const mySelf = how === 'member' && memberId === me.member.id;
  const ask = useMutation({
    mutationFn: async () => {
      const path = { key: workload.key, role };
      const proposed = await bodyOf(api.PUT('/api/v1/workloads/{key}/owners/{role}', { params: { path }, body: { position, ...(how === 'member' ? { memberId } : { email: form.values.email.trim() }) } }));
      if (mySelf && accept) await api.POST('/api/v1/workloads/{key}/owners/{role}/accept', { params: { path }, body: { position } });
      return proposed;
    },
    onSuccess: async (proposed) => {
      draft.clear();
      const name = proposed.name ?? proposed.email;
      toast.done({
        message: mySelf && accept ? t`You are ${roleName} now`
          : proposed.invitation === 'not_permitted' ? t`${name} is proposed, but is no member: ask somebody who may invite` : t`${name} is asked. It counts once they accept`,
      });
      onClose();
      await changed();
    },
    onError: (error) => setProblem(applyProblem(form, error)),
  });
  const known = members?.items.map(({ id, name, email }) => ({ value: id, label: `${name} · ${email}` })) ?? [];
  const { memberName } = form.values;
  const chosen = memberId === '' || memberId === me.member.id || known.some(({ value }) => value === memberId) ? [] : [{ value: memberId, label: memberName }];
  const offered = known.some(({ value }) => value === me.member.id) || words !== '' ? known : [{ value: me.member.id, label: `${me.user.name} · ${me.user.email}` }, ...known];
  const list = [...chosen, ...offered];
  return (
    <Modal opened onClose={onClose} title={t`Assign owner: ${roleName}`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form noValidate onSubmit={form.onSubmit(() => { setProblem(null); ask.mutate(); })}>
        <Stack>
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          <SegmentedControl aria-label={t`Who`} value={how} onChange={(value) => form.setFieldValue('how', value)} data={[{ value: 'member', label: t`A member` }, { value: 'email', label: t`Somebody by e-mail` }]} />
          {how === 'member' ? (
            <Select
              label={t`Member`} searchable data-autofocus data={list} filter={({ options }) => options} onSearchChange={(text) => setWords(list.some(({ label }) => label === text) ? '' : text)}
              nothingFoundMessage={t`No active member by these words`} {...form.getInputProps('memberId')} value={memberId === '' ? null : memberId} onChange={(value, option) => form.setValues({ memberId: value ?? '', memberName: option?.label ?? '' })}
            />
          ) : <TextInput label={t`E-mail`} type="email" autoComplete="off" description={t`Somebody who is no member yet is invited, if you may invite.`} {...form.getInputProps('email')} />}
          <SegmentedControl aria-label={t`Position`} value={position} onChange={(value) => form.setFieldValue('position', value)} data={[{ value: 'owner', label: t`Owner` }, { value: 'deputy', label: t`Deputy, who takes over when the owner leaves` }]} />
          {mySelf ? <Switch label={t`I accept: from now on I answer for it in this role`} {...form.getInputProps('accept', { type: 'checkbox' })} /> : <p style={{ margin: 0 }}><Trans>Only an accepted owner counts. Whoever answers now stays until the person accepts.</Trans></p>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <Button type="submit" loading={ask.isPending}>{mySelf && accept ? t`Take the role` : t`Ask`}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
