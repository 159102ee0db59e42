import type { FieldError } from '@roster/platform-errors';

export const CUSTOM_FIELD_TYPES = ['text', 'number', 'boolean', 'tri_state', 'date', 'url', 'choice', 'choices'] as const;
export type CustomFieldType = (typeof CUSTOM_FIELD_TYPES)[number];

/** What a custom field accepts. */
export interface CustomFieldDefinition {
  readonly key: string;
  readonly type: CustomFieldType;
  readonly choices: readonly string[];
  readonly archived: boolean;
}

export type CustomValue = string | number | boolean | readonly string[];
export type CustomValues = Readonly<Record<string, CustomValue>>;

/** Longest text of a custom field, in characters. */
export const MAX_CUSTOM_TEXT = 20_000;

/**
 * Applies an edit to the custom values of a workload.
 * @param edit by key; null clears the value, a key that is left out stays
 * @returns the values afterwards, and everything wrong with the edit; with errors the values are those from before
 */
export function editCustomValues(before: CustomValues, edit: Readonly<Record<string, unknown>>, definitions: ReadonlyMap<string, CustomFieldDefinition>): { values: CustomValues; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const values: Record<string, CustomValue> = { ...before };
  for (const [key, value] of Object.entries(edit)) {
    const path = `custom.${key}`;
    const definition = definitions.get(key);
    if (value === null && key in before) {
      delete values[key];
    } else if (!definition) {
      errors.push({ path, code: 'unknown_custom_field', message: `there is no custom field "${key}"; define it first or remove it` });
    } else if (definition.archived) {
      errors.push({ path, code: 'archived_custom_field', message: 'this custom field is archived and takes no new values' });
    } else if (value !== null) {
      const refusal = refuseCustomValue(definition, value);
      if (refusal === null) values[key] = value as CustomValue;
      else errors.push({ path, code: 'not_custom_value', message: refusal });
    }
  }
  return errors.length > 0 ? { values: before, errors } : { values, errors };
}

/** What was expected instead of a value; null when it is right. Nothing is converted: "5" is no number. */
export function refuseCustomValue({ type, choices }: CustomFieldDefinition, value: unknown): string | null {
  switch (type) {
    case 'text': return typeof value === 'string' && value.length > 0 && value.length <= MAX_CUSTOM_TEXT ? null : `expected text of 1 to ${MAX_CUSTOM_TEXT} characters`;
    case 'number': return typeof value === 'number' && Number.isFinite(value) ? null : 'expected a number';
    case 'boolean': return typeof value === 'boolean' ? null : 'expected true or false';
    case 'tri_state': return value === 'yes' || value === 'no' || value === 'unknown' ? null : 'expected yes, no or unknown';
    case 'date': return typeof value === 'string' && isDate(value) ? null : 'expected a date that exists, like 2026-05-01';
    case 'url': return typeof value === 'string' && isWebAddress(value) ? null : 'expected an http or https address';
    case 'choice': return typeof value === 'string' && choices.includes(value) ? null : `expected one of ${choices.join(', ')}`;
    case 'choices':
      return Array.isArray(value) && value.length > 0 && new Set(value).size === value.length && value.every((one) => typeof one === 'string' && choices.includes(one))
        ? null : `expected a list without repetition of ${choices.join(', ')}`;
  }
}

const isDate = (text: string): boolean => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

const isWebAddress = (text: string): boolean => text.length <= 2_000 && URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
