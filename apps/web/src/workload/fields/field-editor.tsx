import { MultiSelect, Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import type { FieldSpec, FieldValue } from './fields.js';

/**
 * The input of a field.
 * @param label read aloud; the visible label stands beside the row
 */
export function FieldEditor({ field, value, onChange, error, label }: {
  field: Pick<FieldSpec, 'type' | 'choices' | 'clearable' | 'help'>; value: FieldValue; onChange: (value: FieldValue) => void; error?: string | null; label: string;
}) {
  const { t } = useLingui();
  const text = typeof value === 'string' ? value : '';
  const list = Array.isArray(value) ? [...(value as readonly string[])] : [];
  const shared = { 'aria-label': label, description: field.help, error, 'data-autofocus': true, autoFocus: true, size: 'xs' as const };
  switch (field.type) {
    case 'long': return <Textarea {...shared} value={text} maxRows={12} onChange={(event) => onChange(event.currentTarget.value)} />;
    case 'text': return <TextInput {...shared} value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
    case 'url': return <TextInput {...shared} type="url" inputMode="url" placeholder="https://" value={text} onChange={(event) => onChange(event.currentTarget.value)} />;
    case 'choice': return <Select {...shared} data={[...(field.choices ?? [])]} value={text === '' ? null : text} clearable={field.clearable} allowDeselect={false} onChange={(next) => onChange(next)} comboboxProps={{ withinPortal: true }} clearButtonProps={{ 'aria-label': t`Clear` }} />;
    case 'choices': return <MultiSelect {...shared} data={[...(field.choices ?? [])]} value={list} onChange={onChange} clearable clearButtonProps={{ 'aria-label': t`Clear` }} />;
    case 'list': case 'urls': return <TagsInput {...shared} value={list} onChange={onChange} placeholder={t`Type and press Enter`} clearable clearButtonProps={{ 'aria-label': t`Clear` }} acceptValueOnBlur />;
  }
}
