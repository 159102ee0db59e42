import type { Schemas } from '@roster/api-client';

export type CustomType = Schemas['CustomFieldDto']['type'];

/** Whether what somebody typed fits the type of a field of their organization. Empty is not asked here. */
export function isCustomText(text: string, type: CustomType): boolean {
  const value = text.trim();
  switch (type) {
    case 'number': return Number.isFinite(Number(value));
    case 'url': return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
    case 'date': return /^\d{4}-\d{2}-\d{2}$/.test(value);
    default: return true;
  }
}

/**
 * The value of a custom field as the service takes it.
 * @param texts what inputs hold: one text, or the chosen ones of a field with several
 * @returns null when nothing is said. A text that does not fit the type stays as it is, so that the service names what is wrong with it.
 */
export function customValue(texts: readonly string[], type: CustomType | undefined): unknown {
  const values = texts.map((text) => text.trim()).filter((text) => text !== '');
  const [value] = values;
  if (value === undefined) return null;
  switch (type) {
    case 'number': return isCustomText(value, type) ? Number(value) : value;
    case 'boolean': return value === 'true';
    case 'choices': return values;
    default: return value;
  }
}
