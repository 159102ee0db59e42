import { useLingui } from '@lingui/react/macro';
import type { Schemas } from '@roster/api-client';
import { useAnswerWords } from '@roster/ui';
import type { EditableField } from './field-row.js';
import type { FieldValue } from './fields.js';

type CustomField = Schemas['CustomFieldDto'];

/** What a custom value looks like in an input: numbers and truth values as text. */
export const shownCustom = (value: unknown): FieldValue => (Array.isArray(value) ? value.map(String) : value === null || value === undefined ? null : String(value));

/** How custom fields are edited: each type with the input it fits, its value as the contract takes it. */
export function useCustomFieldEditing(): (field: CustomField) => EditableField {
  const { t } = useLingui();
  const answers = useAnswerWords();
  return (field) => {
    const parsed = (value: FieldValue): unknown => {
      if (value === null || value === undefined || value === '') return null;
      if (field.type === 'number') return Number.isNaN(Number(value)) ? value : Number(value);
      if (field.type === 'boolean') return value === 'true';
      return value;
    };
    const shared = { path: `custom.${field.key}`, label: field.label, help: field.description ?? undefined, clearable: true, changeTo: (value: FieldValue) => ({ custom: { [field.key]: parsed(value) } }) };
    switch (field.type) {
      case 'choice': return { ...shared, type: 'choice', choices: field.choices.map((value) => ({ value, label: value })) };
      case 'choices': return { ...shared, type: 'choices', choices: field.choices.map((value) => ({ value, label: value })) };
      case 'tri_state': return { ...shared, type: 'choice', choices: (['yes', 'no', 'unknown'] as const).map((value) => ({ value, label: answers[value] })) };
      case 'boolean': return { ...shared, type: 'choice', choices: [{ value: 'true', label: t`Yes` }, { value: 'false', label: t`No` }] };
      case 'url': return { ...shared, type: 'url' };
      case 'text': case 'number': case 'date': return { ...shared, type: 'text', help: field.type === 'date' ? t`A date as YYYY-MM-DD.` : shared.help };
    }
  };
}
