import { ActionIcon, Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useLingui } from '@lingui/react/macro';
import { bodyOf, RosterProblem, type Schemas } from '@roster/api-client';
import { MeaningBadge, Panel, ProblemAlert, TextSkeleton, type ShownProblem } from '@roster/ui';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { shownProblem } from '../../api/problem.js';
import { applyProblem } from '../../forms/form-problem.js';
import { ActButton } from '../../session/act-button.js';
import { toast } from '../../shell/toast.js';
import { RefusedByFreeze } from '../fields/refused-by-freeze.js';
import { useWorkload } from '../workload-context.js';
import { toolGrantsQuery, useWorkloadChanged } from '../workload.queries.js';
import classes from './overview.module.css';

type Grant = Schemas['ToolGrantDto'];

function useAccessWords(): Record<Grant['access'], string> {
  const { t } = useLingui();
  return { read: t`Read`, write: t`Write`, read_write: t`Read and write` };
}

/** Which tools it may use, and how. */
export function ToolGrantsPanel() {
  const { t } = useLingui();
  const { workload, asOf, retired } = useWorkload();
  const words = useAccessWords();
  const [editing, setEditing] = useState(false);
  const { data, error, refetch } = useQuery(toolGrantsQuery(workload.key, asOf));
  return (
    <Panel title={t`Tool grants`} actions={<ActButton permission="inventory:workload:update" unless={retired ? t`A retired workload is changed no more.` : data ? null : t`Still loading`} variant="default" size="compact-sm" onClick={() => setEditing(true)}>{t`Change grants`}</ActButton>}>
      {error ? <ProblemAlert problem={shownProblem(error)} compact onRetry={() => void refetch()} /> : null}
      {!data && !error ? <TextSkeleton lines={2} /> : null}
      {data?.items.length === 0 ? <p className={classes.empty}>{workload.executesTools === 'no' ? t`It executes no tools.` : workload.executesTools === 'yes' ? t`It executes tools, but none is granted here. Record which ones it may use.` : t`None recorded. It is unknown whether it executes tools.`}</p> : null}
      {data && data.items.length > 0 ? (
        <ul className={classes.grants} role="list">
          {data.items.map((grant) => (
            <li key={`${grant.name} ${grant.scope}`} className={classes.grant}>
              <span>{grant.name}</span> <MeaningBadge meaning={grant.access === 'read' ? 'neutral' : 'attention'} plain>{words[grant.access]}</MeaningBadge>
              <span className={classes.grantScope}>{grant.scope === '' ? t`On everything the tool reaches` : grant.scope}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {editing && data ? <ToolGrantsDialog grants={data.items} onClose={() => setEditing(false)} /> : null}
    </Panel>
  );
}

function ToolGrantsDialog({ grants, onClose }: { grants: readonly Grant[]; onClose: () => void }) {
  const { t } = useLingui();
  const { workload } = useWorkload();
  const words = useAccessWords();
  const changed = useWorkloadChanged(workload.key);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const [refusal, setRefusal] = useState<RosterProblem | null>(null);
  const form = useForm({ initialValues: { grants: grants.map(({ name, access, scope }) => ({ name, access, scope })) }, validate: { grants: { name: (value) => (value.trim() === '' ? t`Name the tool` : null) } } });
  const save = useMutation({
    mutationFn: (values: typeof form.values) => bodyOf(api.PUT('/api/v1/workloads/{key}/tool-grants', { params: { path: { key: workload.key } }, headers: { 'If-Match': `"v${workload.version}"` }, body: { grants: values.grants.map((grant) => ({ ...grant, name: grant.name.trim() })) } })),
    onSuccess: async () => {
      toast.done({ message: t`Tool grants changed` });
      onClose();
      await changed();
    },
    onError: (error) => {
      if (error instanceof RosterProblem && error.code === 'INVENTORY_WORKLOAD_FROZEN') setRefusal(error);
      else setProblem(applyProblem(form, error));
    },
  });
  return (
    <Modal opened onClose={onClose} size="lg" title={t`Tool grants of ${workload.key}`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={form.onSubmit((values) => { setProblem(null); setRefusal(null); save.mutate(values); })}>
        <Stack>
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          {refusal ? <RefusedByFreeze problem={refusal} /> : null}
          {form.values.grants.length === 0 ? <p className={classes.empty}>{t`No tool is granted.`}</p> : null}
          {form.values.grants.map((grant, index) => {
            const number = index + 1;
            return (
              <Group key={index} gap="xs" align="flex-end" wrap="wrap" role="group" aria-label={t`Grant ${number}`}>
                <TextInput label={t`Tool`} style={{ flex: '2 1 150px' }} {...form.getInputProps(`grants.${index}.name`)} />
                <Select label={t`Access`} w={150} allowDeselect={false} data={Object.entries(words).map(([value, label]) => ({ value, label }))} {...form.getInputProps(`grants.${index}.access`)} />
                <TextInput label={t`On what`} style={{ flex: '2 1 150px' }} placeholder={t`Everything it reaches`} {...form.getInputProps(`grants.${index}.scope`)} />
                <ActionIcon size={34} variant="default" aria-label={t`Withdraw grant ${number}: ${grant.name}`} onClick={() => form.removeListItem('grants', index)}><IconTrash size={15} /></ActionIcon>
              </Group>
            );
          })}
          <Group><Button variant="default" size="compact-sm" onClick={() => form.insertListItem('grants', { name: '', access: 'read', scope: '' })}>{t`Add a grant`}</Button></Group>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <Button type="submit" loading={save.isPending}>{t`Save grants`}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
