import { Button, Checkbox, Group, Modal, Select, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { ProblemAlert, type ShownProblem } from '@roster/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { isConflict } from '../../api/problem.js';
import { applyProblem } from '../../forms/form-problem.js';
import { useDraft } from '../../forms/use-draft.js';
import { toast } from '../../shell/toast.js';
import { etagOf, type CustomField } from '../settings.queries.js';
import { useTypeNames } from './type-names.js';
import classes from '../settings.module.css';

interface Values { readonly label: string; readonly key: string; readonly description: string; readonly type: CustomField['type']; readonly choices: string[]; readonly filterable: boolean }

/** A key made from a label: letters and digits, the first one small. */
export const keyFromLabel = (label: string): string => {
  const parts = label.normalize('NFKD').replace(/[^A-Za-z0-9 ]/g, '').trim().split(/\s+/).filter((part) => part !== '');
  const key = parts.map((part, index) => (index === 0 ? part.toLowerCase() : (part[0] ?? '').toUpperCase() + part.slice(1).toLowerCase())).join('');
  return /^[a-z]/.test(key) ? key.slice(0, 60) : key === '' ? '' : `f${key}`.slice(0, 60);
};

/** Defines a custom field, or changes what may change about one. Key and type never change. @param field null for a new one */
export function CustomFieldDialog({ field, onClose }: { field: CustomField | null; onClose: () => void }) {
  const { t } = useLingui();
  const types = useTypeNames();
  const client = useQueryClient();
  const [based, setBased] = useState(field);
  const draft = useDraft<Values>(`settings:custom-field:${field?.key ?? 'new'}`, { label: field?.label ?? '', key: field?.key ?? '', description: field?.description ?? '', type: field?.type ?? 'text', choices: field ? [...field.choices] : [], filterable: field?.filterable ?? true });
  const form = useForm<Values>({
    initialValues: draft.values, onValuesChange: draft.keep,
    validate: {
      label: (value) => (value.trim() === '' ? t`Say what people see.` : null), key: (value) => (/^[a-z][a-zA-Z0-9_]{0,59}$/.test(value) ? null : t`A small letter, then letters, digits and underscores.`),
      choices: (value, { type }) => (type.startsWith('choice') && value.length === 0 ? t`Give at least one value.` : null),
    },
  });
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const [theirs, setTheirs] = useState<CustomField | null>(null);
  const save = useMutation({
    mutationFn: ({ label, key, description, type, choices, filterable }: Values) => {
      const said = { label: label.trim(), description: description.trim() === '' ? null : description.trim(), filterable, ...(type.startsWith('choice') ? { choices } : {}) };
      return based === null ? bodyOf(api.POST('/api/v1/custom-fields', { body: { ...said, key, type } })) : bodyOf(api.PATCH('/api/v1/custom-fields/{field}', { params: { path: { field: based.key } }, headers: { 'If-Match': etagOf(based.version) }, body: said }));
    },
    onSuccess: async ({ label }) => {
      draft.clear();
      toast.done({ message: t`${label} is saved.` });
      onClose();
      await Promise.all([client.invalidateQueries({ queryKey: ['settings', 'custom-fields'] }), client.invalidateQueries({ queryKey: ['inventory'] })]);
    },
    onError: async (error) => {
      if (based !== null && isConflict(error) && error.status === 412) setTheirs(await bodyOf(api.GET('/api/v1/custom-fields/{field}', { params: { path: { field: based.key } } })));
      else setProblem(applyProblem(form, error));
    },
  });
  const { type } = form.values;
  const saved = theirs?.label ?? '';
  const savedText = theirs?.description ?? '';
  return (
    <Modal opened onClose={onClose} title={field ? t`Change a custom field` : t`Define a custom field`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <form noValidate onSubmit={form.onSubmit((values) => { setProblem(null); save.mutate(values); })}>
        <Stack gap="sm">
          {theirs ? (
            <div role="alert" className={classes.text}>
              <Trans>Somebody else changed this field meanwhile. Saved now: <strong>{saved}</strong> {savedText}. Yours is still in the form; nothing was overwritten.</Trans>
              <Group gap="xs" mt="xs">
                <Button variant="default" size="compact-sm" onClick={() => { form.setValues({ label: theirs.label, description: theirs.description ?? '', choices: [...theirs.choices], filterable: theirs.filterable }); setBased(theirs); setTheirs(null); }}>{t`Take what is saved`}</Button>
                <Button variant="default" size="compact-sm" onClick={() => { setBased(theirs); setTheirs(null); }}>{t`Keep mine and save again`}</Button>
              </Group>
            </div>
          ) : null}
          <TextInput label={t`Label`} required maxLength={300} data-autofocus {...form.getInputProps('label')} onChange={(event) => { const label = event.currentTarget.value; if (!field && form.values.key === keyFromLabel(form.values.label)) form.setFieldValue('key', keyFromLabel(label)); form.setFieldValue('label', label); }} />
          <TextInput label={t`Key`} required maxLength={60} disabled={field !== null} description={field ? t`The key never changes.` : t`Used in filters, imports and the API. It never changes.`} {...form.getInputProps('key')} />
          <Textarea label={t`What it means`} maxLength={4_000} autosize minRows={2} {...form.getInputProps('description')} />
          <Select label={t`Accepts`} allowDeselect={false} disabled={field !== null} data={Object.entries(types).map(([value, label]) => ({ value, label }))} {...form.getInputProps('type')} />
          {type.startsWith('choice') ? <TagsInput label={t`Values`} description={t`Enter after each. A value that a workload has cannot be taken away.`} required {...form.getInputProps('choices')} /> : null}
          <Checkbox label={t`Can be filtered by`} description={t`Values longer than 200 characters are never in a filter.`} {...form.getInputProps('filterable', { type: 'checkbox' })} />
          {problem ? <ProblemAlert problem={problem} compact /> : null}
          <Group justify="flex-end" gap="xs"><Button variant="default" onClick={onClose}>{t`Cancel`}</Button><Button type="submit" loading={save.isPending} disabled={theirs !== null}>{field ? t`Save field` : t`Define field`}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}
