import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Digest, MeaningBadge, useFormat, type ImportTarget } from '@roster/ui';
import { IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { PendingOptions } from './import-options.js';
import type { ImportOptions, WorkloadImport } from './import.queries.js';
import classes from './import.module.css';

const DELIMITERS = [',', ';', '\t', '|'] as const;

interface Props {
  readonly found: WorkloadImport;
  readonly pending: PendingOptions;
  readonly onChange: (others: Partial<ImportOptions>) => void;
  readonly readOnly: boolean;
}

/** How the file was read: its encoding with how sure that is and how else it would read, its delimiter, and what says which workload a row is. */
export function ImportReading({ found, pending, targets, onChange, readOnly }: Props & { readonly targets: readonly ImportTarget[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const encoding = String(pending.others.encoding ?? found.encoding ?? '');
  const delimiter = pending.others.delimiter ?? found.delimiter;
  const guesses = found.encodingGuesses;
  const share = found.encodingConfidence === null ? '' : format.percent(found.encodingConfidence);
  const known: Record<string, string> = { stated: t`As you said`, byte_order_mark: t`The file says so itself`, valid: t`Every character is valid in it`, assumed: t`Assumed: look at the sample` };
  const names: Record<string, string> = { ',': t`Comma`, ';': t`Semicolon`, '\t': t`Tab`, '|': t`Bar` };
  const sample = guesses.find(({ name }) => name.toLowerCase() === encoding.toLowerCase())?.sample;
  const upsert = pending.others.upsertBy ?? found.upsertBy;
  const custom = found.columns.flatMap(({ column, field }) => (field?.startsWith('custom.') ? [{ value: field, label: column }] : []));
  const identities = [{ value: 'auto', label: t`What Roster finds out` }, { value: 'name', label: t`The name alone` }, ...custom];
  const identity = 'upsertBy' in pending.others ? (pending.others.upsertBy?.[0] ?? 'auto') : (((found.options as { upsertBy?: string[] | null }).upsertBy ?? [])[0] ?? 'auto');
  const by = upsert.map((name) => targets.find((target) => target.name === name)?.label ?? found.columns.find(({ field }) => field === name)?.column ?? name).join(', ');
  return (
    <div className={classes.read}>
      {found.encoding === null ? null : (
        <div>
          <NativeSelect
            label={t`Encoding`} size="xs" value={encoding} disabled={readOnly} onChange={(event) => onChange({ encoding: event.currentTarget.value })}
            data={[...new Set([found.encoding, encoding, ...guesses.map(({ name }) => name)])].map((name) => ({ value: name, label: name }))}
            description={found.encodingSource === 'assumed' ? undefined : <>{known[found.encodingSource ?? ''] ?? ''}</>}
          />
          <div className={classes.hint}>
            {found.encodingSource === 'assumed' ? <MeaningBadge plain meaning="attention"><Trans>Assumed, {share} sure</Trans></MeaningBadge> : null}
            {sample ? <div><Trans>It reads:</Trans> <q>{sample}</q></div> : null}
          </div>
        </div>
      )}
      {found.delimiter === null ? null : (
        <NativeSelect
          label={t`Columns are separated by`} size="xs" value={delimiter ?? ','} disabled={readOnly} onChange={(event) => onChange({ delimiter: event.currentTarget.value })}
          data={[...new Set([...DELIMITERS, delimiter ?? ','])].map((value) => ({ value, label: names[value] ?? value }))}
        />
      )}
      {found.sheet === null ? null : <div><strong>{t`Sheet`}</strong><div>{found.sheet}</div></div>}
      {found.columns.length === 0 ? null : (
        <NativeSelect
          label={t`A row is the same workload by`} size="xs" value={identity} disabled={readOnly} data={identities} description={by ? <Trans>Now: {by}</Trans> : undefined}
          onChange={(event) => onChange({ upsertBy: event.currentTarget.value === 'auto' ? undefined : [event.currentTarget.value] })}
        />
      )}
      <div className={classes.hint}><Trans>File</Trans> {format.bytes(found.bytes)}, SHA-256 <Digest value={found.sha256} /></div>
    </div>
  );
}

/** Values for every row that has none: what a file leaves out because everybody who made it knew. */
export function ImportDefaults({ found, pending, targets, onChange, readOnly }: Props & { readonly targets: readonly ImportTarget[] }) {
  const { t } = useLingui();
  const [field, setField] = useState('');
  const [value, setValue] = useState('');
  const kept = (found.options as { defaults?: Record<string, string> }).defaults ?? {};
  const defaults = (pending.others.defaults as Record<string, string> | undefined) ?? kept;
  const usable = targets.filter(({ name, kind }) => kind !== 'custom' && kind !== 'key' && name !== 'name' && !(name in defaults) && !(kind === 'fact' && found.columns.some((column) => column.field === name)));
  const target = usable.find(({ name }) => name === field);
  const labelOf = (name: string): string => targets.find((one) => one.name === name)?.label ?? name;
  const valuesOf = ({ values, kind }: ImportTarget): string[] => (kind === 'fact' ? ['yes', 'no'] : [...values]);
  const set = (next: Record<string, string>): void => onChange({ defaults: next });
  return (
    <div className={classes.defaults}>
      {Object.entries(defaults).map(([name, text]) => (
        <div key={name} className={classes.default}>
          <strong>{labelOf(name)}</strong><span>{text}</span>
          {readOnly ? null : <ActionIcon aria-label={t`Remove the value for ${name}`} onClick={() => set(Object.fromEntries(Object.entries(defaults).filter(([other]) => other !== name)))}><IconTrash size={15} /></ActionIcon>}
        </div>
      ))}
      {readOnly ? null : (
        <form className={classes.default} onSubmit={(event) => { event.preventDefault(); if (field !== '' && value.trim() !== '') { set({ ...defaults, [field]: value.trim() }); setField(''); setValue(''); } }}>
          <NativeSelect size="xs" label={t`Field`} value={field} onChange={(event) => { setField(event.currentTarget.value); setValue(''); }} data={[{ value: '', label: t`Choose a field` }, ...usable.map(({ name, label }) => ({ value: name, label }))]} />
          {target && target.values.length > 0
            ? <NativeSelect size="xs" label={t`Value for rows that have none`} value={value} onChange={(event) => setValue(event.currentTarget.value)} data={['', ...valuesOf(target)]} />
            : <TextInput size="xs" label={t`Value for rows that have none`} value={value} disabled={field === ''} onChange={(event) => setValue(event.currentTarget.value)} />}
          <Button type="submit" variant="default" disabled={field === '' || value.trim() === ''}>{t`Add value`}</Button>
        </form>
      )}
    </div>
  );
}
