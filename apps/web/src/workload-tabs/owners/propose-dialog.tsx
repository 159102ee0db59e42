import { Button, Group, Modal, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Trans, useLingui } from '@lingui/react/macro';
import { ProblemAlert, type ShownProblem } from '@roster/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { shownProblem } from '../../api/problem.js';
import { useDraftValues } from '../../forms/use-draft.js';
import { ActButton } from '../../session/act-button.js';
import { toast } from '../../shell/toast.js';
import { useWorkload } from '../../workload/workload-context.js';
import { useWorkloadChanged } from '../../workload/workload.queries.js';
import { activeMembersQuery, type Owner } from '../tabs.queries.js';
import type { OwnerSlot } from './owner-slot.js';
import { proposeOwner } from './owner.mutations.js';
import classes from './owners.module.css';

const WAIT_MS = 200;

/**
 * Asks a member, or somebody by e-mail, to answer for something. Whoever answers now stays until the person accepts.
 * @param name role, or number and name of the domain
 */
export default function ProposeDialog({ slot, name, position: first, onClose }: { slot: OwnerSlot; name: string; position: Owner['position']; onClose: () => void }) {
  const { t } = useLingui();
  const { workload } = useWorkload();
  const changed = useWorkloadChanged(workload.key);
  const { values: { position, by, member, memberName, email }, set, clear } = useDraftValues(`propose-owner:${workload.id}:${JSON.stringify(slot)}:${first}`, { position: first, by: 'member' as 'member' | 'email', member: null as string | null, memberName: '', email: '' });
  const [text, setText] = useState(memberName);
  const [q] = useDebouncedValue(text.trim(), WAIT_MS);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const members = useQuery(activeMembersQuery(q));
  const found = (members.data ?? []).map(({ id, name: person, email: address }) => ({ value: id, label: `${person} (${address})` }));
  const offered = member === null || found.some(({ value }) => value === member) ? found : [{ value: member, label: memberName }, ...found];
  const propose = useMutation({
    mutationFn: () => proposeOwner(workload.key, slot, by === 'member' ? { memberId: member ?? '' } : { email: email.trim() }, position),
    onSuccess: async ({ name: person, email: address, invitation }) => {
      clear();
      await changed();
      const who = person ?? address;
      toast.done({
        message: invitation === 'sent' ? t`${who} is invited by e-mail and asked.` : invitation === 'open' ? t`${who} was invited before and is asked now.`
          : invitation === 'not_permitted' ? t`${who} is asked, but is no member yet and you may not invite. Ask somebody who may manage members.` : t`${who} is asked and will be told.`,
      });
      onClose();
    },
    onError: (error) => setProblem(shownProblem(error)),
  });
  const nobody = by === 'member' ? member === null : !/^\S+@\S+$/.test(email.trim());
  return (
    <Modal opened onClose={onClose} title={t`Propose: ${name}`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={(event) => { event.preventDefault(); setProblem(null); propose.mutate(); }}>
        <Stack gap="sm">
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          <SegmentedControl aria-label={t`As what`} size="xs" value={position} onChange={(value) => set({ position: value as Owner['position'] })} data={[{ value: 'owner', label: t`Owner` }, { value: 'deputy', label: t`Deputy` }]} />
          <p className={classes.dim}>{position === 'owner' ? <Trans>Only an owner who has accepted counts. Whoever answers now stays until then.</Trans> : <Trans>Takes over when the owner leaves the organization.</Trans>}</p>
          <SegmentedControl aria-label={t`Who`} size="xs" value={by} onChange={(value) => set({ by: value as 'member' | 'email' })} data={[{ value: 'member', label: t`A member` }, { value: 'email', label: t`Somebody else, by e-mail` }]} />
          {by === 'member' ? (
            <Select
              label={t`Member`} required searchable searchValue={text} onSearchChange={setText} value={member} onChange={(value, option) => set({ member: value, memberName: option?.label ?? '' })} nothingFoundMessage={t`No active member is called that. Invite the person by e-mail instead.`} data-autofocus
              data={offered} filter={({ options }) => options}
              error={members.error ? shownProblem(members.error).detail : undefined}
            />
          ) : <TextInput type="email" label={t`E-mail address`} required value={email} onChange={(event) => set({ email: event.currentTarget.value })} autoComplete="off" data-autofocus />}
          {member !== null && by === 'member' ? <p className={classes.dim}><Trans>{memberName} gets a task to accept or decline.</Trans></p> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <ActButton permission="inventory:owner:assign" type="submit" unless={nobody ? t`Choose who first.` : null} loading={propose.isPending}>{t`Propose`}</ActButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
