import { Button, Group, Modal, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useLingui } from '@lingui/react/macro';
import { COMPONENT_TYPES, LOCK_IN_LEVELS } from '@roster/contracts';
import { ProblemAlert, type ShownProblem } from '@roster/ui';
import { useState } from 'react';
import { applyProblem } from '../../forms/form-problem.js';
import { useDraft } from '../../forms/use-draft.js';
import { ActButton } from '../../session/act-button.js';
import { toast } from '../../shell/toast.js';
import { useWorkload } from '../../workload/workload-context.js';
import type { Component } from '../tabs.queries.js';
import { useComponentWords } from './component-words.js';
import { toComponentInput, type Parts } from './part.js';
import { usePartChange } from './use-part-change.js';

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** Declares a component, or changes what is said about one. @param component null for a new one */
export default function ComponentDialog({ components, component, onClose }: { components: readonly Component[]; component: Component | null; onClose: () => void }) {
  const { t } = useLingui();
  const { workload } = useWorkload();
  const { types, lockIn } = useComponentWords();
  const { change, clash } = usePartChange('components', components.map(toComponentInput));
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const draft = useDraft(`component:${workload.key}:${component?.id ?? 'new'}`, {
    type: component?.type ?? ('model' as Component['type']), provider: component?.provider ?? '', name: component?.name ?? '', version: component?.version ?? '', hosting: component?.hosting ?? '',
    lockIn: component?.lockIn ?? ('unknown' as Component['lockIn']), reference: component?.reference ?? '', usage: component?.usage ?? '',
  });
  const form = useForm({ initialValues: draft.values, onValuesChange: draft.keep, validate: { name: (value) => (value.trim() === '' ? t`Give its name, as its provider calls it.` : null) } });
  const save = (values: typeof draft.values): void => {
    setProblem(null);
    const input: Parts['components'] = {
      type: values.type, name: values.name.trim(), provider: orNull(values.provider), version: orNull(values.version), hosting: orNull(values.hosting), lockIn: values.lockIn, reference: orNull(values.reference), usage: orNull(values.usage),
    };
    const at = component === null ? components.length : components.indexOf(component);
    change.mutate({ before: component === null ? null : toComponentInput(component), after: input }, {
      onSuccess: (saved) => { draft.clear(); if (saved) toast.done({ message: component ? t`Changed.` : t`Declared.` }); onClose(); },
      onError: (error) => setProblem(applyProblem(form, error, Object.fromEntries(Object.keys(values).map((name) => [`components[${at}].${name}`, name])))),
    });
  };
  // Both versions take the place of the form, which comes back when saving fails.
  return clash ?? (
    <Modal opened onClose={onClose} title={component ? t`Change a component` : t`Declare a component`} closeButtonProps={{ 'aria-label': t`Close` }} size="lg">
      <form onSubmit={form.onSubmit(save)} noValidate>
        <Stack gap="sm">
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <Select label={t`Type`} required allowDeselect={false} data={COMPONENT_TYPES.map((value) => ({ value, label: types[value] }))} {...form.getInputProps('type')} />
            <TextInput label={t`Provider`} maxLength={200} {...form.getInputProps('provider')} />
            <TextInput label={t`Name`} required maxLength={300} data-autofocus {...form.getInputProps('name')} />
            <TextInput label={t`Pinned version`} description={t`Empty: not pinned, whatever the provider serves.`} maxLength={200} {...form.getInputProps('version')} />
            <TextInput label={t`Hosting`} maxLength={300} {...form.getInputProps('hosting')} />
            <Select label={t`Lock-in`} description={t`How hard it is to replace.`} allowDeselect={false} data={LOCK_IN_LEVELS.map((value) => ({ value, label: lockIn[value].word }))} {...form.getInputProps('lockIn')} />
          </SimpleGrid>
          <Textarea label={t`What this workload uses it for`} maxLength={2_000} {...form.getInputProps('usage')} />
          <TextInput label={t`Where it is described`} placeholder="https://" maxLength={2_000} {...form.getInputProps('reference')} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
            <ActButton permission="inventory:workload:update" type="submit" loading={change.isPending}>{component ? t`Save` : t`Declare it`}</ActButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
