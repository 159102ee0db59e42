import { Button, Group, Modal, Select, Stack, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf, RosterProblem } from '@roster/api-client';
import { SCOPE_CHANGE_KINDS, type ScopeChangeKind } from '@roster/contracts';
import { ProblemAlert, useWorkloadVocabulary, type ShownProblem } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { applyProblem } from '../../forms/form-problem.js';
import { useDraft } from '../../forms/use-draft.js';
import { toast } from '../../shell/toast.js';
import { RefusedByFreeze } from '../fields/refused-by-freeze.js';
import { useWorkload } from '../workload-context.js';
import { useWorkloadChanged } from '../workload.queries.js';
import classes from './acts.module.css';

const REFUSED = new Set(['CLASSIFICATION_SCOPE_FROZEN', 'CLASSIFICATION_FREEZE_UNDETERMINED']);

/** Asks whether the scope may grow. It is recorded, or refused with the gaps that would have to close first. */
export function ScopeChangeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const { workload } = useWorkload();
  const words = useWorkloadVocabulary().scopeChange;
  const changed = useWorkloadChanged(workload.key);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const [refusal, setRefusal] = useState<RosterProblem | null>(null);
  const draft = useDraft(`scope-change:${workload.id}`, { kind: '' as ScopeChangeKind | '', detail: '' });
  const form = useForm({
    initialValues: draft.values, onValuesChange: draft.keep,
    validate: { kind: (value) => (value === '' ? t`Choose what grows` : null), detail: (value) => (value.trim() === '' ? t`Say what exactly changes` : null) },
  });
  const ask = useMutation({
    mutationFn: ({ kind, detail }: typeof form.values) => bodyOf(api.POST('/api/v1/workloads/{key}/scope-changes', { params: { path: { key: workload.key } }, body: { kind: kind as ScopeChangeKind, detail: detail.trim() } })),
    onSuccess: async (recorded) => {
      draft.clear();
      toast.done({ message: recorded.breakGlass ? t`Recorded, because the glass is broken` : t`Recorded: no freeze stands against it` });
      onClose();
      await changed();
    },
    onError: (error) => {
      if (error instanceof RosterProblem && REFUSED.has(error.code)) setRefusal(error);
      else setProblem(applyProblem(form, error));
    },
  });
  return (
    <Modal opened onClose={onClose} size="lg" title={t`Ask for a scope change of ${workload.key}`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={form.onSubmit((values) => { setProblem(null); setRefusal(null); ask.mutate(values); })}>
        <Stack>
          <p className={classes.quiet}><Trans>Say what shall grow before it does. The answer comes at once, and stands in the trail.</Trans></p>
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          {refusal ? <RefusedByFreeze problem={refusal} /> : null}
          <Select label={t`What grows`} data-autofocus data={SCOPE_CHANGE_KINDS.map((kind) => ({ value: kind, label: words[kind] }))} {...form.getInputProps('kind')} value={form.values.kind === '' ? null : form.values.kind} />
          <Textarea label={t`What exactly changes`} description={t`Such as which users, region or tool, and how much.`} {...form.getInputProps('detail')} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{refusal ? t`Close` : t`Cancel`}</Button>
            <Button type="submit" loading={ask.isPending}>{refusal ? t`Ask again` : t`Ask`}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
