import { ActionIcon, Autocomplete, Button, Checkbox, Group, MultiSelect, NativeSelect, Select, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { LIFECYCLES } from '@roster/contracts';
import type { Schemas } from '@roster/api-client';
import { ProblemAlert, useWorkloadVocabulary, type ShownProblem } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useMay } from '../../session/may.js';
import { useMemberSearch } from '../../workload/acts/members.queries.js';
import { customFieldsQuery } from '../../workload/workload.queries.js';
import { isCustomText } from '../custom-values.js';
import { facetsQuery } from '../inventory.queries.js';
import { useTriStateChoices, useWorkloadFieldNames } from '../workload-fields.js';
import { CLEARABLE, isFinished, type BulkLine, type BulkTarget } from './bulk-change.js';
import classes from './bulk-edit-dialog.module.css';

interface TargetWords {
  readonly target: BulkTarget;
  readonly label: string;
  readonly group: string;
}
type CustomField = Schemas['CustomFieldDto'];
const NO_CUSTOM: readonly CustomField[] = [];
const idOf = (target: BulkTarget): string => `${target.kind}.${target.field}`;

/** What shall change, the same everywhere. */
export function ChangeStep({ count, lines, onLines, reason, onReason, failure, busy, onPreview }: {
  count: number | null; lines: readonly BulkLine[]; onLines: (lines: readonly BulkLine[]) => void; reason: string; onReason: (reason: string) => void; failure: ShownProblem | null; busy: boolean; onPreview: () => void;
}) {
  const { t } = useLingui();
  const custom = useQuery(customFieldsQuery).data ?? NO_CUSTOM;
  const targets = useTargets(custom);
  const taken = new Set(lines.map((line) => idOf(line.target)));
  const groups = [...new Set(targets.map((one) => one.group))];
  const choose = (index: number, id: string) => {
    const chosen = targets.find((one) => idOf(one.target) === id);
    if (chosen !== undefined) onLines(lines.map((line, place) => (place === index ? { target: chosen.target, values: [] } : line)));
  };
  const add = () => {
    const free = targets.find((one) => !taken.has(idOf(one.target)));
    if (free !== undefined) onLines([...lines, { target: free.target, values: [] }]);
  };
  const finished = lines.length > 0 && lines.every(isFinished);
  return (
    <form onSubmit={(event) => { event.preventDefault(); if (finished) onPreview(); }}>
      <Stack gap="md">
        <p className={classes.note}>{count === null ? <Trans>Everything that matches is selected.</Trans> : <Plural value={count} one="# workload is selected." other="# workloads are selected." />} <Trans>You see what changes before anything does.</Trans></p>
        {failure === null ? null : <ProblemAlert problem={failure} />}
        <ul className={classes.lines}>
          {lines.map((line, index) => {
            const words = targets.find((one) => idOf(one.target) === idOf(line.target));
            const label = words?.label ?? line.target.field;
            return (
              <li key={idOf(line.target)} className={classes.line}>
                <NativeSelect size="sm" aria-label={t`What to change`} value={idOf(line.target)} onChange={(event) => choose(index, event.currentTarget.value)}
                  data={groups.map((group) => ({ group, items: targets.filter((one) => one.group === group && (idOf(one.target) === idOf(line.target) || !taken.has(idOf(one.target)))).map((one) => ({ value: idOf(one.target), label: one.label })) })).filter(({ items }) => items.length > 0)} />
                <LineValue line={line} label={label} custom={line.target.kind === 'custom' ? custom.find(({ key }) => key === line.target.field) : undefined} onValues={(values) => onLines(lines.map((other, place) => (place === index ? { ...other, values } : other)))} />
                <ActionIcon aria-label={t`Leave out ${label}`} onClick={() => onLines(lines.filter((_line, place) => place !== index))}><IconTrash size={15} /></ActionIcon>
              </li>
            );
          })}
        </ul>
        <Group><Button variant="default" leftSection={<IconPlus size={14} />} data-autofocus onClick={add} disabled={taken.size === targets.length}>{lines.length === 0 ? t`Choose what to change` : t`Change another field too`}</Button></Group>
        <Textarea label={t`Why`} description={t`Stands in the trail of every workload that changes.`} maxLength={4_000} value={reason} onChange={(event) => onReason(event.currentTarget.value)} />
        <Group justify="flex-end"><Button type="submit" loading={busy} disabled={!finished}><Trans>Preview the changes</Trans></Button></Group>
      </Stack>
    </form>
  );
}

function useTargets(custom: readonly CustomField[]): readonly TargetWords[] {
  const { t } = useLingui();
  const names = useWorkloadFieldNames();
  const mayAssign = useMay('inventory:owner:assign').allowed;
  const nameOf = (field: string): string => names[field] ?? field;
  const of = (kind: Exclude<BulkTarget['kind'], 'custom'>, group: string, fields: readonly string[], words: (field: string) => string): TargetWords[] => fields.map((field) => ({ target: { kind, field }, group, label: words(field) }));
  const owners: Readonly<Record<string, string>> = { risk_owner: nameOf('riskOwner'), on_call: nameOf('onCall'), engineering_lead: nameOf('engineeringLead'), accountable_executive: nameOf('accountableExecutive'), data_steward: nameOf('dataSteward') };
  const lists = ['tags', 'environments', 'jurisdictions', 'dataClasses', 'usersAffected', 'specialCategories'];
  return [
    ...of('set', t`Set`, ['riskTier', 'team', 'businessUnit', 'lifecycle', 'kind', 'exposure', 'operation', 'autonomyLevel', 'euAiActRole', 'euAiActClass', 'runsOn', 'escalationPath'], nameOf),
    ...of('facts', t`State a fact`, ['processesRealData', 'handlesPii', 'executesTools', 'downstreamChange', 'maintained'], nameOf),
    ...(mayAssign ? of('owners', t`Propose an owner`, Object.keys(owners), (field) => owners[field] ?? field) : []),
    ...of('add', t`Add to a list`, lists, (field) => { const name = nameOf(field); return t`Add to ${name}`; }),
    ...of('remove', t`Take from a list`, lists, (field) => { const name = nameOf(field); return t`Take from ${name}`; }),
    ...custom.map(({ key, label, type }): TargetWords => ({ target: { kind: 'custom', field: key, type }, group: t`Set a field of your organization`, label })),
  ];
}

interface ValueProps {
  readonly line: BulkLine;
  readonly label: string;
  readonly onValues: (values: readonly string[]) => void;
}

/** A closed list of values; nothing is chosen before somebody does. @param empty words for taking the value away; null where it must stay */
function ChoiceValue({ line, label, choices, empty, onValues }: ValueProps & { choices: readonly { value: string; label: string }[]; empty: string | null }) {
  const { t } = useLingui();
  return (
    <NativeSelect size="sm" aria-label={label} value={line.values[0] ?? '?'} onChange={(event) => onValues(event.currentTarget.value === '?' ? [] : [event.currentTarget.value])}
      data={[{ value: '?', label: t`Choose a value` }, ...choices, ...(empty === null ? [] : [{ value: '', label: empty }])]} />
  );
}

/** What is typed. Where the field may be emptied, that is said by its own box: an empty input states nothing. */
function TypedValue({ line, label, onValues, clearable, type = 'text', error = null }: ValueProps & { clearable: boolean; type?: 'text' | 'date' | 'url'; error?: string | null }) {
  const { t } = useLingui();
  const cleared = isCleared(line);
  return (
    <div className={classes.value}>
      <TextInput size="sm" type={type} aria-label={label} error={error} disabled={cleared} placeholder={cleared ? t`No value` : undefined} value={line.values[0] ?? ''} onChange={(event) => onValues(event.currentTarget.value === '' ? [] : [event.currentTarget.value])} />
      {clearable ? <ClearIt label={label} cleared={cleared} onValues={onValues} /> : null}
    </div>
  );
}

const isCleared = ({ values }: BulkLine): boolean => values.length === 1 && values[0] === '';

function ClearIt({ label, cleared, onValues }: Pick<ValueProps, 'label' | 'onValues'> & { cleared: boolean }) {
  const { t } = useLingui();
  return <Checkbox size="xs" label={t`Clear it`} aria-label={t`Clear ${label}`} checked={cleared} onChange={(event) => onValues(event.currentTarget.checked ? [''] : [])} />;
}

/** The value of a field of the organization, with the input its type asks for. */
function CustomValue({ line, label, field, onValues }: ValueProps & { field: CustomField }) {
  const { t } = useLingui();
  const triState = useTriStateChoices();
  const clear = t`No value (clear it)`;
  const [value = ''] = line.values;
  const wrong = value !== '' && !isCustomText(value, field.type);
  const choices = field.choices.map((choice) => ({ value: choice, label: choice }));
  switch (field.type) {
    case 'choice': return <ChoiceValue line={line} label={label} onValues={onValues} choices={choices} empty={clear} />;
    case 'tri_state': return <ChoiceValue line={line} label={label} onValues={onValues} choices={triState} empty={clear} />;
    case 'boolean': return <ChoiceValue line={line} label={label} onValues={onValues} choices={[{ value: 'true', label: t`Yes` }, { value: 'false', label: t`No` }]} empty={clear} />;
    case 'choices': return (
      <div className={classes.value}>
        <MultiSelect size="sm" aria-label={label} data={choices} disabled={isCleared(line)} placeholder={isCleared(line) ? t`No value` : line.values.length === 0 ? t`Choose values` : undefined} value={line.values.filter((one) => one !== '')} onChange={onValues} />
        <ClearIt label={label} cleared={isCleared(line)} onValues={onValues} />
      </div>
    );
    case 'number': return <TypedValue line={line} label={label} onValues={onValues} clearable error={wrong ? t`A number, like 12.5` : null} />;
    case 'url': return <TypedValue line={line} label={label} onValues={onValues} clearable type="url" error={wrong ? t`A web address, with https:// in front` : null} />;
    case 'date': return <TypedValue line={line} label={label} onValues={onValues} clearable type="date" />;
    case 'text': return <TypedValue line={line} label={label} onValues={onValues} clearable />;
  }
}

function LineValue({ line, label, custom, onValues }: ValueProps & { custom: CustomField | undefined }) {
  const { t } = useLingui();
  const vocabulary = useWorkloadVocabulary();
  const triState = useTriStateChoices();
  const { kind, field } = line.target;
  const [value = ''] = line.values;
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = { ...vocabulary, lifecycle: Object.fromEntries(LIFECYCLES.filter((one) => one !== 'retired').map((one) => [one, vocabulary.lifecycle[one]])) };
  const closed = words[field];
  const choose = (choices: readonly { value: string; label: string }[], empty: string | null) => <ChoiceValue line={line} label={label} onValues={onValues} choices={choices} empty={empty} />;
  if (custom !== undefined) return <CustomValue line={line} label={label} field={custom} onValues={onValues} />;
  if (kind === 'facts') return choose(triState, null);
  if (kind === 'owners') return <MemberValue label={label} value={value} onValue={(next) => onValues([next])} />;
  if (kind === 'add' || kind === 'remove') {
    if (closed !== undefined) return choose(Object.entries(closed).map(([one, name]) => ({ value: one, label: name })), null);
    return <TagsInput size="sm" aria-label={label} placeholder={line.values.length === 0 ? t`Type and press Enter` : undefined} acceptValueOnBlur value={[...line.values]} onChange={onValues} />;
  }
  if (closed !== undefined) return choose(Object.entries(closed).map(([one, name]) => ({ value: one, label: name })), CLEARABLE.has(field) ? t`Unknown (clear it)` : null);
  if (field === 'team') return <TeamValue label={label} value={value} onValue={(next) => onValues([next])} />;
  return <TypedValue line={line} label={label} onValues={onValues} clearable={CLEARABLE.has(field)} />;
}

/** An active member, looked for by name or address. What stands in the line is their address, which a draft can show again. */
function MemberValue({ label, value, onValue }: { label: string; value: string; onValue: (value: string) => void }) {
  const { t } = useLingui();
  const [words, setWords] = useState('');
  const { members, more, searching } = useMemberSearch(words === value ? '' : words);
  const found = members.map(({ email, name }) => ({ value: email, label: `${name} (${email})` }));
  const data = value === '' || found.some((one) => one.value === value) ? found : [{ value, label: value }, ...found];
  return (
    <Select size="sm" aria-label={label} placeholder={t`Name or e-mail address`} searchable data={data} filter={({ options }) => options} value={value === '' ? null : value} onChange={(chosen) => onValue(chosen ?? '')} onSearchChange={setWords}
      nothingFoundMessage={searching ? t`Searching…` : t`No active member by these words`} description={more ? t`More members fit: type to narrow.` : undefined} inputWrapperOrder={['label', 'input', 'description', 'error']} />
  );
}

function TeamValue({ label, value, onValue }: { label: string; value: string; onValue: (value: string) => void }) {
  const teams = useQuery(facetsQuery('', ['team'], null)).data?.get('team')?.values.flatMap((team) => team.label ?? team.value ?? []) ?? [];
  return <Autocomplete size="sm" aria-label={label} data={[...new Set(teams)]} maxLength={200} value={value} onChange={onValue} />;
}
