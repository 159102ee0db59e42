import { useLingui } from '@lingui/react/macro';
import { Panel } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { WorkloadConflict } from '../fields/workload-conflict.js';
import { shownCustom, useCustomFieldEditing } from '../fields/custom-fields.js';
import { editable } from '../fields/editable.js';
import { FieldRow } from '../fields/field-row.js';
import { useFields, type FieldGroup, type FieldValue } from '../fields/fields.js';
import { useSaveFields } from '../fields/save-fields.js';
import { useWorkload } from '../workload-context.js';
import { customFieldsQuery } from '../workload.queries.js';
import fieldClasses from '../fields/fields.module.css';
import classes from './overview.module.css';

/** Everything that is recorded in fields, in groups, edited in place. */
export function FieldPanels() {
  const { t } = useLingui();
  const { workload } = useWorkload();
  const specs = useFields();
  const fields = useMemo(() => specs.map((spec) => ({ group: spec.group, field: editable(spec) })), [specs]);
  const editCustom = useCustomFieldEditing();
  const { data: defined = [] } = useQuery(customFieldsQuery);
  const custom = defined.map(editCustom);
  const { save, conflict, settle } = useSaveFields(workload.key);
  const groups: readonly (readonly [FieldGroup, string])[] = [['about', t`About`], ['reach', t`Reach and autonomy`], ['data', t`Data`], ['risk', t`Risk and regulation`], ['running', t`Where it runs`]];
  const valueOf = (path: string): FieldValue => (workload as Readonly<Record<string, unknown>>)[path] as FieldValue;
  return (
    <>
      <div className={classes.grid}>
        {groups.map(([group, title]) => (
          <Panel key={group} title={title}>
            <dl className={fieldClasses.rows}>{fields.filter((one) => one.group === group).map(({ field }) => <FieldRow key={field.path} field={field} value={valueOf(field.path)} save={save} />)}</dl>
          </Panel>
        ))}
        {custom.length > 0 ? (
          <Panel title={t`Fields of your organization`}>
            <dl className={fieldClasses.rows}>{custom.map((field) => <FieldRow key={field.path} field={field} value={shownCustom(workload.custom[field.path.slice('custom.'.length)])} save={save} />)}</dl>
          </Panel>
        ) : null}
      </div>
      {conflict ? <WorkloadConflict key={conflict.theirs.version} conflict={conflict} fields={new Map([...fields.map(({ field }) => field), ...custom].map((field) => [field.path, field]))} save={save} onClose={settle} /> : null}
    </>
  );
}
