import { ConflictDialog } from '../../forms/versions.js';
import { toast } from '../../shell/toast.js';
import type { Workload } from '../workload.queries.js';
import { ShownValue } from './field-value.js';
import type { Changes, FieldValue } from './fields.js';
import type { EditableField } from './field-row.js';
import { changesOf, namesOf, valueAt } from './merge-fields.js';
import type { FieldConflict } from './save-fields.js';

/**
 * Somebody else changed the same field of the workload: what it was, what they made of it, what you want, field by field.
 * @param fields every field of the page by its path, for labels and words
 */
export function WorkloadConflict({ conflict, fields, save, onClose }: {
  conflict: FieldConflict; fields: ReadonlyMap<string, EditableField>; save: (save: { changes: Changes; base: Workload }) => Promise<Workload | null>; onClose: () => void;
}) {
  const { base, theirs, mine } = conflict;
  const shown = (name: string, value: unknown) => <ShownValue field={fields.get(name) ?? { type: 'text' }} value={value as FieldValue} />;
  return (
    <ConflictDialog
      fields={conflict.fields.map((name) => ({ name, label: fields.get(name)?.label ?? name, before: shown(name, valueAt(base, name)), theirs: shown(name, valueAt(theirs, name)), mine: shown(name, valueAt(mine, name)) }))}
      onSettle={(kept) => {
        onClose();
        const names = kept === null ? [] : namesOf(mine).filter((name) => !conflict.fields.includes(name) || kept[name] === 'mine');
        if (names.length > 0) save({ changes: changesOf(names, (name) => valueAt(mine, name)), base: theirs }).catch(toast.failed);
      }}
    />
  );
}
