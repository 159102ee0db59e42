import type { FieldError } from '@roster/platform-errors';
import { WORKLOAD_FIELDS, type WorkloadField } from './workload-field.js';

type Value = string | readonly string[] | null;

/** Fields that may not be cleared once they are stated. */
const KEPT: ReadonlySet<WorkloadField> = new Set(['name', 'kind', 'purpose', 'team', 'lifecycle']);
const WEB_ADDRESSES: ReadonlySet<WorkloadField> = new Set(['monitoringLinks']);

/**
 * The plain fields of a request, trimmed. A text that is blank is an error and not an empty value; so is a blank or repeated list element.
 * @param body validated for types and lengths
 */
export function readWorkloadFields(body: Readonly<Record<string, unknown>>): { fields: Partial<Record<WorkloadField, Value>>; errors: FieldError[] } {
  const fields: Partial<Record<WorkloadField, Value>> = {};
  const errors: FieldError[] = [];
  const wrong = (path: string, code: string, message: string): void => void errors.push({ path, code, message });
  for (const [field, , type] of WORKLOAD_FIELDS) {
    const value = body[field];
    if (value === undefined) continue;
    if (value === null) {
      if (KEPT.has(field)) wrong(field, 'required', 'this field can be changed but not cleared');
      else fields[field] = type === 'list' ? [] : null;
    } else if (type === 'list' && Array.isArray(value)) {
      const elements = value.map((one) => String(one).trim());
      elements.forEach((one, index) => {
        if (one === '') wrong(`${field}[${index}]`, 'blank', 'expected text that is not blank');
        else if (elements.indexOf(one) < index) wrong(`${field}[${index}]`, 'repeated', 'expected each value once');
        else if (WEB_ADDRESSES.has(field) && !(URL.canParse(one) && ['http:', 'https:'].includes(new URL(one).protocol))) wrong(`${field}[${index}]`, 'not_url', 'expected an http or https address');
      });
      fields[field] = elements;
    } else if (typeof value === 'string') {
      const text = value.trim();
      if (text === '') wrong(field, 'blank', 'expected text that is not blank');
      fields[field] = text;
    }
  }
  return { fields, errors };
}
