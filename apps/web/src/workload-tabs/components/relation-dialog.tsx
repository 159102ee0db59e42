import { Button, Group, Modal, Select, Stack, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { RELATION_TYPES } from '@roster/contracts';
import { ProblemAlert, useRelationWords, type ShownProblem } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { shownProblem } from '../../api/problem.js';
import { useDraftValues } from '../../forms/use-draft.js';
import { ActButton } from '../../session/act-button.js';
import { toast } from '../../shell/toast.js';
import { useWorkload } from '../../workload/workload-context.js';
import type { Relation } from '../tabs.queries.js';
import { toRelationInput, type Parts } from './part.js';
import { usePartChange } from './use-part-change.js';
import classes from './components.module.css';

const WAIT_MS = 200;
const FOUND = 20;

/** Says how this workload relates to another. */
export default function RelationDialog({ relations, onClose }: { relations: readonly Relation[]; onClose: () => void }) {
  const { t } = useLingui();
  const words = useRelationWords();
  const { workload } = useWorkload();
  const { change, clash } = usePartChange('relations', relations.map(toRelationInput));
  const { values: { type, other, otherName, note }, set, clear } = useDraftValues(`relation:${workload.id}`, { type: 'calls' as Parts['relations']['type'], other: null as string | null, otherName: '', note: '' });
  const [text, setText] = useState(otherName);
  const [q] = useDebouncedValue(text.trim(), WAIT_MS);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const found = useQuery({
    queryKey: ['workloads', 'to-relate', q],
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/workloads', { params: { query: { limit: FOUND, ...(q === '' ? {} : { q }) } }, signal })),
  });
  const choices = (found.data?.items ?? []).filter(({ key }) => key !== workload.key).map(({ key, name }) => ({ value: key, label: `${name} (${key})` }));
  const chosen = other !== null && !choices.some(({ value }) => value === other) ? [{ value: other, label: otherName }, ...choices] : choices;
  const { name } = workload;
  const exists = relations.some((relation) => relation.type === type && relation.workload === other);
  return clash ?? (
    <Modal opened onClose={onClose} title={t`Relate a workload`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={(event) => {
        event.preventDefault();
        if (other === null) return;
        setProblem(null);
        change.mutate({ before: null, after: { type, workload: other, note: note.trim() === '' ? null : note.trim() } }, { onSuccess: (saved) => { if (saved) toast.done({ message: t`Related.` }); clear(); onClose(); }, onError: (error) => setProblem(shownProblem(error)) });
      }}>
        <Stack gap="sm">
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          <p className={classes.lead}><Trans>{name} …</Trans></p>
          <Select label={t`How`} required allowDeselect={false} value={type} onChange={(value) => { if (value) set({ type: value as Parts['relations']['type'] }); }} data={RELATION_TYPES.map((value) => ({ value, label: words(value, 'outgoing') }))} />
          <Select
            label={t`Which workload`} required searchable searchValue={text} onSearchChange={setText} value={other} onChange={(value, option) => set({ other: value, otherName: option?.label ?? '' })} data={chosen} filter={({ options }) => options} data-autofocus
            nothingFoundMessage={t`No other workload has these words.`} error={found.error ? shownProblem(found.error).detail : undefined}
          />
          <Textarea label={t`Note`} maxLength={2_000} value={note} onChange={(event) => set({ note: event.currentTarget.value })} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <ActButton permission="inventory:workload:update" type="submit" unless={other === null ? t`Choose a workload first.` : exists ? t`This relation exists already.` : null} loading={change.isPending}>{t`Relate`}</ActButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
