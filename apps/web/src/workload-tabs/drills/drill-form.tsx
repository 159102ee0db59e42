import { Group, Select, SimpleGrid, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { DRILL_RESULTS } from '@roster/contracts';
import { ProblemAlert, useFormat, type ShownProblem } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { applyProblem } from '../../forms/form-problem.js';
import { useDraft } from '../../forms/use-draft.js';
import { ActButton } from '../../session/act-button.js';
import { toast } from '../../shell/toast.js';
import { useWorkload } from '../../workload/workload-context.js';
import { useWorkloadChanged } from '../../workload/workload.queries.js';
import type { Drill } from '../tabs.queries.js';
import { instantOfLocal } from '../../clock/calendar.js';
import { useDrillWords } from './drill-words.js';

interface DrillValues {
  startedAt: string;
  endedAt: string;
  result: Drill['result'];
  method: string;
  participants: string[];
  notes: string;
}

/**
 * What is said about a rehearsal.
 * @param run measured times, which are recorded as they are; null: they are typed in the organization's time zone
 * @param limitSeconds a measurement longer than this is proposed as failed; null when there is no limit
 */
export function DrillForm({ kind, run, limitSeconds, onDone }: { kind: Drill['kind']; run: { startedAt: string; endedAt: string } | null; limitSeconds: number | null; onDone: () => void }) {
  const { t } = useLingui();
  const { timeZone } = useFormat();
  const { workload } = useWorkload();
  const { results } = useDrillWords();
  const changed = useWorkloadChanged(workload.key);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const over = run !== null && limitSeconds !== null && Date.parse(run.endedAt) - Date.parse(run.startedAt) > limitSeconds * 1_000;
  const draft = useDraft<DrillValues>(`drill:${workload.key}:${kind}:${run?.startedAt ?? 'typed'}`, { startedAt: '', endedAt: '', result: over ? 'failed' : 'passed', method: '', participants: [], notes: '' });
  const form = useForm<DrillValues>({
    initialValues: draft.values, onValuesChange: draft.keep,
    validate: {
      method: (value) => (value.trim() === '' ? t`Say how it was done: the switch, the script, the runbook step.` : null),
      startedAt: (value) => (run === null && value === '' ? t`Say when it was started.` : null),
      endedAt: (value, { startedAt }) => (run === null && (value === '' || value <= startedAt) ? t`Say when it was over: after the start.` : null),
    },
  });
  const record = useMutation({
    mutationFn: async ({ startedAt, endedAt, result, method, participants, notes }: DrillValues) => bodyOf(api.POST('/api/v1/workloads/{key}/drills', {
      params: { path: { key: workload.key } },
      body: {
        kind, result, method: method.trim(), participants, notes: notes.trim() === '' ? null : notes.trim(),
        startedAt: run?.startedAt ?? await instantOfLocal(startedAt, timeZone), endedAt: run?.endedAt ?? await instantOfLocal(endedAt, timeZone),
      },
    })),
    onSuccess: async () => {
      draft.clear();
      await changed();
      toast.done({ message: t`The drill is recorded and has become evidence. The workload is evaluated again.` });
      onDone();
    },
    onError: (error) => setProblem(applyProblem(form, error)),
  });
  return (
    <form onSubmit={form.onSubmit((values) => { setProblem(null); record.mutate(values); })} noValidate>
      <Stack gap="sm" pt="xs">
        {problem ? <ProblemAlert problem={problem} compact /> : null}
        {run === null ? (
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <TextInput type="datetime-local" step={1} label={t`Started`} description={<Trans>Time of {timeZone}</Trans>} required {...form.getInputProps('startedAt')} />
            <TextInput type="datetime-local" step={1} label={t`Over`} description={<Trans>Time of {timeZone}</Trans>} required {...form.getInputProps('endedAt')} />
          </SimpleGrid>
        ) : null}
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <Select label={t`Result`} description={over ? t`It took longer than the limit.` : t`Only passed drills count.`} required allowDeselect={false} data={DRILL_RESULTS.map((value) => ({ value, label: results[value].word }))} {...form.getInputProps('result')} />
          <TagsInput label={t`Who took part`} description={t`Press Enter after each name.`} maxTags={50} {...form.getInputProps('participants')} />
        </SimpleGrid>
        <Textarea label={t`How it was done`} required maxLength={4_000} {...form.getInputProps('method')} />
        <Textarea label={t`What was noticed`} maxLength={10_000} {...form.getInputProps('notes')} />
        <Group justify="flex-end"><ActButton permission="incidents:drill:record" type="submit" loading={record.isPending}>{t`Record the drill`}</ActButton></Group>
      </Stack>
    </form>
  );
}
