import { Anchor } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { api } from '../../api/client.js';
import { isStale } from '../../api/problem.js';
import { VersionsTable } from '../../forms/versions.js';
import { ShownValue } from '../fields/field-value.js';
import { useFields, type FieldValue } from '../fields/fields.js';
import { sameValue, valueAt } from '../fields/merge-fields.js';
import { useWorkload } from '../workload-context.js';
import { workloadQuery, type Workload } from '../workload.queries.js';
import classes from './acts.module.css';

/**
 * An act on a workload as somebody has seen it, such as to retire it. Where somebody else changed it meanwhile it is read again and what changed is
 * shown; the act is then sent for the new version, once it is confirmed anew.
 * @returns `version` to send as If-Match; `refused` for the failure of the act, which says whether that was the reason; `changed` to show above the form
 */
export function useActOnVersion(): { readonly version: number; readonly refused: (error: unknown) => Promise<boolean>; readonly changed: ReactNode } {
  const queries = useQueryClient();
  const { workload } = useWorkload();
  // What stood on the page when the act began: whatever comes later has to be seen first.
  const [seen, setSeen] = useState<{ readonly before: Workload; readonly now: Workload }>({ before: workload, now: workload });
  const refused = async (error: unknown): Promise<boolean> => {
    if (!isStale(error)) return false;
    const now = await bodyOf(api.GET('/api/v1/workloads/{key}', { params: { path: { key: workload.key } } }));
    queries.setQueryData(workloadQuery(workload.key, null).queryKey, now);
    setSeen((last) => ({ before: last.now, now }));
    return true;
  };
  return { version: seen.now.version, refused, changed: seen.before === seen.now ? null : <Changed before={seen.before} now={seen.now} /> };
}

function Changed({ before, now }: { before: Workload; now: Workload }) {
  const { t } = useLingui();
  const fields = useFields().filter(({ name }) => !sameValue(valueAt(before, name), valueAt(now, name)));
  const shown = (source: Workload, field: (typeof fields)[number]): ReactNode => <ShownValue field={field} value={valueAt(source, field.name) as FieldValue} />;
  return (
    <div role="alert" className={classes.warning}>
      <p style={{ margin: 0 }}>
        <strong>{t`Somebody else changed it meanwhile.`}</strong>{' '}
        {fields.length > 0 ? <Trans>Nothing was done, and what you typed is kept. Look at what changed, then confirm again.</Trans> : <Trans>Nothing was done, and what you typed is kept. None of these fields changed, but something else that belongs to it: its history says what. Then confirm again.</Trans>}
        {' '}<Anchor component={Link} to={`/workloads/${encodeURIComponent(now.key)}/history`} size="sm" underline="always">{t`History`}</Anchor>
      </p>
      {fields.length > 0 ? <VersionsTable fields={fields.map((field) => ({ name: field.name, label: field.label, before: shown(before, field), theirs: shown(now, field) }))} /> : null}
    </div>
  );
}
