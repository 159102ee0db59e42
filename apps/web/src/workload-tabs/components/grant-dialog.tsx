import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useLingui } from '@lingui/react/macro';
import { RosterProblem } from '@roster/api-client';
import { ProblemAlert, type ShownProblem } from '@roster/ui';
import { useState } from 'react';
import { applyProblem } from '../../forms/form-problem.js';
import { useDraft } from '../../forms/use-draft.js';
import { ActButton } from '../../session/act-button.js';
import { toast } from '../../shell/toast.js';
import { RefusedByFreeze } from '../../workload/fields/refused-by-freeze.js';
import { useWorkload } from '../../workload/workload-context.js';
import type { ToolGrant } from '../tabs.queries.js';
import { useComponentWords } from './component-words.js';
import { toGrantInput } from './part.js';
import { usePartChange } from './use-part-change.js';

const ACCESS = ['read', 'write', 'read_write'] as const;

/** Grants a tool, or changes a grant. While the workload is frozen the service refuses what adds or widens, with the gaps. @param grant null for a new one */
export default function GrantDialog({ grants, grant, onClose }: { grants: readonly ToolGrant[]; grant: ToolGrant | null; onClose: () => void }) {
  const { t } = useLingui();
  const { access } = useComponentWords();
  const { workload } = useWorkload();
  const { change, clash } = usePartChange('toolGrants', grants.map(toGrantInput));
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const [frozen, setFrozen] = useState<RosterProblem | null>(null);
  const draft = useDraft(`grant:${workload.id}:${grant?.name ?? ''}`, { name: grant?.name ?? '', access: grant?.access ?? ('read' as ToolGrant['access']), scope: grant?.scope ?? '' });
  const form = useForm({
    initialValues: draft.values, onValuesChange: draft.keep,
    validate: { name: (value) => (value.trim() === '' ? t`Name the tool.` : null) },
  });
  const save = ({ name, access: kind, scope }: { name: string; access: ToolGrant['access']; scope: string }): void => {
    setProblem(null);
    setFrozen(null);
    const at = grant === null ? grants.length : grants.indexOf(grant);
    change.mutate({ before: grant === null ? null : toGrantInput(grant), after: { name: name.trim(), access: kind, scope: scope.trim() } }, {
      onSuccess: (saved) => { if (saved) toast.done({ message: grant ? t`Changed.` : t`Granted.` }); draft.clear(); onClose(); },
      onError: (error) => (error instanceof RosterProblem && error.code === 'INVENTORY_WORKLOAD_FROZEN' ? setFrozen(error) : setProblem(applyProblem(form, error, { [`grants[${at}]`]: 'name', [`grants[${at}].name`]: 'name', [`grants[${at}].scope`]: 'scope' }))),
    });
  };
  return clash ?? (
    <Modal opened onClose={onClose} title={grant ? t`Change a tool grant` : t`Grant a tool`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form onSubmit={form.onSubmit(save)} noValidate>
        <Stack gap="sm">
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          {frozen ? <RefusedByFreeze problem={frozen} /> : null}
          <TextInput label={t`Tool`} required maxLength={300} data-autofocus {...form.getInputProps('name')} />
          <Select label={t`Access`} required allowDeselect={false} data={ACCESS.map((value) => ({ value, label: access[value] }))} {...form.getInputProps('access')} />
          <Textarea label={t`On what`} description={t`A system, a table, a mailbox. Empty: everything the tool reaches.`} maxLength={2_000} {...form.getInputProps('scope')} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <ActButton permission="inventory:workload:update" type="submit" loading={change.isPending}>{grant ? t`Save` : t`Grant it`}</ActButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
