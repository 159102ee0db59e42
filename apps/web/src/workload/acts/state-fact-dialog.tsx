import { Button, Group, Modal, Radio, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Trans, useLingui } from '@lingui/react/macro';
import type { Provenance, TriState } from '@roster/contracts';
import { bodyOf, type Schemas } from '@roster/api-client';
import { Instant, ProblemAlert, ProvenanceMark, TriStateMark, useAnswerWords, useStatementWords, type ShownProblem } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { applyProblem } from '../../forms/form-problem.js';
import { useDraft } from '../../forms/use-draft.js';
import { useMe } from '../../session/me.js';
import { toast } from '../../shell/toast.js';
import { useWorkload } from '../workload-context.js';
import { useWorkloadChanged, type Workload } from '../workload.queries.js';
import classes from './acts.module.css';

type FactName = keyof Workload['facts'];

/**
 * States a fact: what is so, how strongly it is said, and what it rests on.
 * @param fact name of the fact in the contract
 */
export function StateFactDialog({ fact, onClose }: { fact: string; onClose: () => void }) {
  const { t } = useLingui();
  const me = useMe();
  const { workload } = useWorkload();
  const changed = useWorkloadChanged(workload.key);
  const words = useAnswerWords();
  const title = useStatementWords()(fact);
  const standing: Schemas['FactDto'] | undefined = workload.facts[fact as FactName];
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const owner = workload.owners.some(({ memberId, status }) => memberId === me.member.id && status === 'accepted');
  const draft = useDraft(`state-fact:${workload.id}:${fact}`, { value: (standing?.value ?? 'unknown') as TriState, provenance: 'declared' as 'declared' | 'attested', source: '' });
  const form = useForm({ initialValues: draft.values, onValuesChange: draft.keep });
  const state = useMutation({
    mutationFn: ({ value, provenance, source }: typeof form.values) => bodyOf(api.PUT('/api/v1/workloads/{key}/facts/{fact}', { params: { path: { key: workload.key, fact } }, body: { value, provenance, source: source.trim() === '' ? null : source.trim() } })),
    onSuccess: async (saved) => {
      draft.clear();
      toast.done({ message: saved.facts[fact as FactName].value === form.values.value ? t`Stated` : t`Stated, but a stronger statement still outweighs it` });
      onClose();
      await changed();
    },
    onError: (error) => setProblem(applyProblem(form, error)),
  });
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={form.onSubmit((values) => { setProblem(null); state.mutate(values); })}>
        <Stack>
          {standing ? (
            <div className={classes.standing}>
              <span>{t`Recorded now`}</span> <TriStateMark value={standing.value} /> <ProvenanceMark provenance={standing.provenance as Provenance} /> <Instant at={standing.at} />
              {standing.by ? <span><Trans>by {standing.by}</Trans></span> : null}
              {standing.source ? <span>“{standing.source}”</span> : null}
            </div>
          ) : null}
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          <SegmentedControl fullWidth aria-label={title} data-autofocus tabIndex={-1} data={[{ value: 'yes', label: words.yes }, { value: 'no', label: words.no }, { value: 'unknown', label: words.unknown }]} {...form.getInputProps('value')} />
          <Radio.Group label={t`How strongly`} {...form.getInputProps('provenance')}>
            <Stack gap={6} mt={6}>
              <Radio value="declared" label={t`Declared: I say so`} />
              <Radio value="attested" disabled={!owner} label={t`Attested: I sign it as an accepted owner of this workload`} description={owner ? t`It then outweighs what anybody declares.` : t`Only somebody who has accepted to own this workload can attest.`} />
            </Stack>
          </Radio.Group>
          <TextInput label={t`What it rests on`} description={t`A document, a ticket, a conversation. Somebody who checks it later starts here.`} {...form.getInputProps('source')} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <Button type="submit" loading={state.isPending}>{form.values.provenance === 'attested' ? t`Attest` : t`Declare`}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
