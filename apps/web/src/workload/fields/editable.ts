import type { EditableField } from './field-row.js';
import type { FieldSpec } from './fields.js';

/** A field of the workload as a row edits it: empty lists stay lists, everything else that is cleared becomes unrecorded. */
export const editable = (field: FieldSpec): EditableField => ({ ...field, path: field.name, changeTo: (value) => ({ [field.name]: value ?? (field.type === 'list' || field.type === 'urls' || field.type === 'choices' ? [] : null) }) });
