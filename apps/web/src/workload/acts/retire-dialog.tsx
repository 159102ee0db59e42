import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { ProblemAlert, type ShownProblem } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { applyProblem } from '../../forms/form-problem.js';
import { useDraft } from '../../forms/use-draft.js';
import { toast } from '../../shell/toast.js';
import { useWorkload } from '../workload-context.js';
import { useWorkloadChanged } from '../workload.queries.js';
import { useActOnVersion } from './act-on-version.js';
import classes from './acts.module.css';

/** Retires a workload for good: what follows, the decommission record, and the key typed by hand. */
export function RetireDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const { workload } = useWorkload();
  const changed = useWorkloadChanged(workload.key);
  const act = useActOnVersion();
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const draft = useDraft(`retire:${workload.id}`, { reason: '', switchedOff: '', accessRevoked: '', dataKept: '', doneBy: '' });
  const required = (value: string): string | null => (value.trim() === '' ? t`Say what was done; "nothing, because…" is an answer` : null);
  const form = useForm({
    initialValues: { ...draft.values, key: '' }, onValuesChange: ({ key: _typed, ...kept }) => draft.keep(kept),
    validate: {
      reason: (value) => (value.trim() === '' ? t`Say why` : null), switchedOff: required, accessRevoked: required, dataKept: required, doneBy: (value) => (value.trim() === '' ? t`Say who` : null),
      key: (value) => (value.trim().toUpperCase() === workload.key ? null : t`Type ${workload.key}`),
    },
  });
  const retire = useMutation({
    mutationFn: ({ reason, key: _typed, ...record }: typeof form.values) => bodyOf(api.POST('/api/v1/workloads/{key}/retire', {
      params: { path: { key: workload.key } }, headers: { 'If-Match': `"v${act.version}"` },
      body: { reason: reason.trim(), record: Object.fromEntries(Object.entries(record).map(([name, value]) => [name, value.trim()])) },
    })),
    onSuccess: async () => {
      draft.clear();
      toast.done({ message: t`${workload.key} is retired` });
      onClose();
      await changed();
    },
    onError: async (error) => {
      // Typed once more for what it is now.
      if (await act.refused(error)) form.setFieldValue('key', '');
      else setProblem(applyProblem(form, error));
    },
  });
  return (
    <Modal opened onClose={onClose} size="lg" title={t`Retire ${workload.key}`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={form.onSubmit((values) => { setProblem(null); retire.mutate(values); })}>
        <Stack>
          <div>
            <h3 className={classes.subtitle}>{t`What follows`}</h3>
            <ul className={classes.consequences}>
              <li>{t`It is final: nothing about it can be changed any more.`}</li>
              <li>{t`Its reviews end, and it no longer counts in portfolio figures and forecasts.`}</li>
              <li>{t`Its key is never used again. History, evidence and trail stay readable.`}</li>
            </ul>
          </div>
          {act.changed}
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          <Textarea label={t`Why it is retired`} data-autofocus {...form.getInputProps('reason')} />
          <Textarea label={t`What was switched off`} description={t`Services, schedules, endpoints, and how it was checked.`} {...form.getInputProps('switchedOff')} />
          <Textarea label={t`What access was revoked`} description={t`Keys, roles and tool grants.`} {...form.getInputProps('accessRevoked')} />
          <Textarea label={t`What data was kept or deleted`} {...form.getInputProps('dataKept')} />
          <TextInput label={t`Who did it`} {...form.getInputProps('doneBy')} />
          <TextInput label={<Trans>Type {workload.key} to confirm</Trans>} autoComplete="off" {...form.getInputProps('key')} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <Button type="submit" color="red.9" loading={retire.isPending}>{t`Retire for good`}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
