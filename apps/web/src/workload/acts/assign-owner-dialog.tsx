import { Button, Group, Modal, SegmentedControl, Select, Stack, Switch, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Trans, useLingui } from '@lingui/react/macro';
import { ProblemAlert, type ShownProblem } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { shownProblem } from '../../api/problem.js';
import { applyProblem } from '../../forms/form-problem.js';
import { useDraft } from '../../forms/use-draft.js';
import { ActButton } from '../../session/act-button.js';
import { useMe } from '../../session/me.js';
import { toast } from '../../shell/toast.js';
import type { OwnerSlot } from '../../workload-tabs/owners/owner-slot.js';
import { answerOwnership, proposeOwner } from '../../workload-tabs/owners/owner.mutations.js';
import { useWorkload } from '../workload-context.js';
import { useWorkloadChanged } from '../workload.queries.js';
import { useMemberSearch } from './members.queries.js';
import classes from './acts.module.css';

type Position = 'owner' | 'deputy';

/**
 * Asks a member, or somebody by e-mail, to answer for the workload: in a role, or for a domain. Whoever names themselves can accept at once.
 * @param slot what they are to answer for (domain.md section 4)
 * @param name of the slot: the role, or number and name of the domain
 * @param position what is asked for at first
 */
export default function AssignOwnerDialog({ slot, name, position: first = 'owner', onClose }: { slot: OwnerSlot; name: string; position?: Position; onClose: () => void }) {
  const { t } = useLingui();
  const me = useMe();
  const { workload } = useWorkload();
  const changed = useWorkloadChanged(workload.key);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const draft = useDraft(`assign-owner:${workload.id}:${JSON.stringify(slot)}:${first}`, { how: 'member' as 'member' | 'email', memberId: '', memberName: '', email: '', position: first, accept: true });
  const form = useForm({
    initialValues: draft.values, onValuesChange: draft.keep,
    validate: {
      memberId: (value, { how }) => (how === 'member' && value === '' ? t`Choose who is asked` : null),
      email: (value, { how }) => (how === 'email' && !/^\S+@\S+$/.test(value.trim()) ? t`Expected an e-mail address` : null),
    },
  });
  const { how, memberId, memberName, email, position, accept } = form.values;
  const [words, setWords] = useState(memberName);
  const found = useMemberSearch(words === memberName ? '' : words);
  const mySelf = how === 'member' && memberId === me.member.id;
  const taking = mySelf && accept;
  const ask = useMutation({
    mutationFn: async () => {
      const proposed = await proposeOwner(workload.key, slot, how === 'member' ? { memberId } : { email: email.trim() }, position);
      if (taking) await answerOwnership(workload.key, slot, 'accept', position, null);
      return proposed;
    },
    onSuccess: async ({ name: person, email: address, invitation }) => {
      draft.clear();
      const who = person ?? address;
      toast.done({
        message: taking ? t`You are ${name} now`
          : invitation === 'sent' ? t`${who} is invited by e-mail and asked. It counts once they accept.` : invitation === 'open' ? t`${who} was invited before and is asked now. It counts once they accept.`
          : invitation === 'not_permitted' ? t`${who} is asked, but is no member yet and you may not invite. Ask somebody who may manage members.` : t`${who} is asked and will be told. It counts once they accept.`,
      });
      onClose();
      await changed();
    },
    onError: (error) => setProblem(applyProblem(form, error)),
  });
  const known = found.members.map(({ id, name: person, email: address }) => ({ value: id, label: `${person} · ${address}` }));
  const chosen = memberId === '' || memberId === me.member.id || known.some(({ value }) => value === memberId) ? [] : [{ value: memberId, label: memberName }];
  const offered = known.some(({ value }) => value === me.member.id) || (words !== '' && words !== memberName) ? known : [{ value: me.member.id, label: `${me.user.name} · ${me.user.email}` }, ...known];
  return (
    <Modal opened onClose={onClose} title={first === 'deputy' ? t`Assign deputy: ${name}` : t`Assign owner: ${name}`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form noValidate onSubmit={form.onSubmit(() => { setProblem(null); ask.mutate(); })}>
        <Stack gap="sm">
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          <SegmentedControl aria-label={t`Who`} size="xs" value={how} onChange={(value) => form.setFieldValue('how', value)} data={[{ value: 'member', label: t`A member` }, { value: 'email', label: t`Somebody else, by e-mail` }]} />
          {how === 'member' ? (
            <Select
              label={t`Member`} searchable data-autofocus data={[...chosen, ...offered]} filter={({ options }) => options} searchValue={words} onSearchChange={setWords} nothingFoundMessage={t`No active member is called that. Invite the person by e-mail instead.`}
              description={found.more ? t`The first 50. Type a name to find others.` : undefined} {...form.getInputProps('memberId')} error={found.error ? shownProblem(found.error).detail : form.errors['memberId']}
              value={memberId === '' ? null : memberId} onChange={(value, option) => form.setValues({ memberId: value ?? '', memberName: option?.label ?? '' })}
            />
          ) : <TextInput label={t`E-mail address`} type="email" autoComplete="off" data-autofocus description={t`Somebody who is no member yet is invited, if you may invite.`} {...form.getInputProps('email')} />}
          <SegmentedControl aria-label={t`As what`} size="xs" value={position} onChange={(value) => form.setFieldValue('position', value)} data={[{ value: 'owner', label: t`Owner` }, { value: 'deputy', label: t`Deputy` }]} />
          <p className={classes.quiet}>{position === 'deputy' ? <Trans>A deputy takes over when the owner leaves the organization.</Trans> : <Trans>Only an owner who has accepted counts. Whoever answers now stays until then.</Trans>}</p>
          {mySelf ? <Switch label={t`I accept: from now on I answer for it`} {...form.getInputProps('accept', { type: 'checkbox' })} /> : null}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <ActButton permission="inventory:owner:assign" type="submit" loading={ask.isPending}>{taking ? t`Take the role` : t`Propose`}</ActButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
