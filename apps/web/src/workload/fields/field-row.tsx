import { ActionIcon, Button, Group, Tooltip } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { RosterProblem } from '@roster/api-client';
import { ProblemAlert, type ShownProblem } from '@roster/ui';
import { IconPencil } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { shownProblem } from '../../api/problem.js';
import { useMay } from '../../session/may.js';
import { useWorkload } from '../workload-context.js';
import type { Workload } from '../workload.queries.js';
import { FieldEditor } from './field-editor.js';
import { ShownValue } from './field-value.js';
import type { Changes, FieldSpec, FieldValue } from './fields.js';
import { sameValue } from './merge-fields.js';
import { RefusedByFreeze } from './refused-by-freeze.js';
import classes from './fields.module.css';

/** What a row edits: a field of the workload or a custom one. */
export interface EditableField extends Pick<FieldSpec, 'type' | 'choices' | 'clearable' | 'help' | 'label'> {
  /** Name in the contract; custom fields as `custom.<key>`. */
  readonly path: string;
  readonly changeTo: (value: FieldValue) => Changes;
}

export type SaveFields = (save: { changes: Changes; base: Workload }) => Promise<Workload | null>;

/**
 * A field that is read, and edited in place: Enter or a click on the pencil starts, Enter saves (Ctrl-Enter in long texts), Escape gives up.
 * @param save writes the change; resolves to null when it met a conflict that is shown elsewhere
 */
export function FieldRow({ field, value, save }: { field: EditableField; value: FieldValue; save: SaveFields }) {
  const { t } = useLingui();
  const { workload, retired } = useWorkload();
  const { allowed, why } = useMay('inventory:workload:update');
  const [editing, setEditing] = useState<{ readonly base: Workload; readonly value: FieldValue } | null>(null);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const reason = retired ? t`A retired workload is changed no more.` : why;
  const { label } = field;
  const leave = (): void => {
    setEditing(null);
    setRefusal(null);
    requestAnimationFrame(() => pencil.current?.focus());
  };
  const submit = async (): Promise<void> => {
    if (!editing || saving) return;
    const next = typeof editing.value === 'string' && editing.value.trim() === '' ? null : editing.value;
    if (sameValue(next, value)) return leave();
    setSaving(true);
    try {
      await save({ changes: field.changeTo(next), base: editing.base });
      leave();
    } catch (error) {
      setRefusal(error);
    } finally {
      setSaving(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      leave();
    } else if (event.key === 'Enter' && (field.type === 'text' || field.type === 'url' || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void submit();
    }
  };
  if (!editing) {
    return (
      <div className={classes.row} data-field={field.path}>
        <dt className={classes.label}>{label}</dt>
        <dd className={classes.value}>
          <ShownValue field={field} value={value} />
          <Tooltip label={reason ?? t`Edit`} multiline maw={300}>
            <ActionIcon ref={pencil} size={24} className={`${classes.pencil} r-no-print`} aria-label={t`Edit ${label}`} aria-disabled={!allowed || retired || undefined} data-disabled={!allowed || retired || undefined} onClick={() => { if (allowed && !retired) setEditing({ base: workload, value }); }}><IconPencil size={14} /></ActionIcon>
          </Tooltip>
        </dd>
      </div>
    );
  }
  const fieldError = refusal instanceof RosterProblem ? refusal.errors.find((error) => error.path === field.path || error.path.startsWith(`${field.path}.`))?.message : undefined;
  return (
    <div className={`${classes.row} ${classes.editing}`} data-field={field.path}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value} onKeyDown={onKeyDown}>
        <div className={classes.editor}>
          <FieldEditor field={field} label={label} value={editing.value} error={fieldError} onChange={(next) => setEditing({ ...editing, value: next })} />
          {refusal && (!fieldError || isFrozen(refusal)) ? <Refusal error={refusal} /> : null}
          <Group gap={6}>
            <Button size="compact-sm" loading={saving} onClick={() => void submit()}>{t`Save`}</Button>
            <Button size="compact-sm" variant="default" onClick={leave}>{t`Cancel`}</Button>
          </Group>
        </div>
      </dd>
    </div>
  );
}

const isFrozen = (error: unknown): error is RosterProblem => error instanceof RosterProblem && error.code === 'INVENTORY_WORKLOAD_FROZEN';

/** Why a change was refused; the gaps of a freeze with their tasks. */
function Refusal({ error }: { error: unknown }) {
  if (isFrozen(error)) return <RefusedByFreeze problem={error} />;
  const problem: ShownProblem = shownProblem(error);
  return <ProblemAlert problem={problem} compact />;
}
