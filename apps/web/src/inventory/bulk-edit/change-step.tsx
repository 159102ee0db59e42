import { ActionIcon, Autocomplete, Button, Group, NativeSelect, Stack, TagsInput, Textarea, TextInput } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { LIFECYCLES } from '@roster/contracts';
import { ProblemAlert, useWorkloadVocabulary, type ShownProblem } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useMay } from '../../session/may.js';
import { facetsQuery, membersQuery } from '../inventory.queries.js';
import { useTriStateChoices, useWorkloadFieldNames } from '../workload-fields.js';
import { CLEARABLE, isFinished, type BulkLine, type BulkTarget } from './bulk-change.js';
import classes from './bulk-edit-dialog.module.css';

interface TargetWords {
  readonly target: BulkTarget;
  readonly label: string;
  readonly group: string;
}
const idOf = (target: BulkTarget): string => `${target.kind}.${target.field}`;

/** What shall change, the same everywhere. */
export function ChangeStep({ count, lines, onLines, reason, onReason, failure, busy, onPreview }: {
  count: number | null; lines: readonly BulkLine[]; onLines: (lines: readonly BulkLine[]) => void; reason: string; onReason: (reason: string) => void; failure: ShownProblem | null; busy: boolean; onPreview: () => void;
}) {
  const { t } = useLingui();
  const targets = useTargets();
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
                <LineValue line={line} label={label} onValues={(values) => onLines(lines.map((other, place) => (place === index ? { ...other, values } : other)))} />
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

function useTargets(): readonly TargetWords[] {
  const { t } = useLingui();
  const names = useWorkloadFieldNames();
  const mayAssign = useMay('inventory:owner:assign').allowed;
  const nameOf = (field: string): string => names[field] ?? field;
  const of = (kind: BulkTarget['kind'], group: string, fields: readonly string[], words: (field: string) => string): TargetWords[] => fields.map((field) => ({ target: { kind, field }, group, label: words(field) }));
  const owners: Readonly<Record<string, string>> = { risk_owner: nameOf('riskOwner'), on_call: nameOf('onCall'), engineering_lead: nameOf('engineeringLead'), accountable_executive: nameOf('accountableExecutive'), data_steward: nameOf('dataSteward') };
  const lists = ['tags', 'environments', 'jurisdictions', 'dataClasses', 'usersAffected', 'specialCategories'];
  return [
    ...of('set', t`Set`, ['riskTier', 'team', 'businessUnit', 'lifecycle', 'kind', 'exposure', 'operation', 'autonomyLevel', 'euAiActRole', 'euAiActClass', 'runsOn', 'escalationPath'], nameOf),
    ...of('facts', t`State a fact`, ['processesRealData', 'handlesPii', 'executesTools', 'downstreamChange', 'maintained'], nameOf),
    ...(mayAssign ? of('owners', t`Propose an owner`, Object.keys(owners), (field) => owners[field] ?? field) : []),
    ...of('add', t`Add to a list`, lists, (field) => { const name = nameOf(field); return t`Add to ${name}`; }),
    ...of('remove', t`Take from a list`, lists, (field) => { const name = nameOf(field); return t`Take from ${name}`; }),
  ];
}

function LineValue({ line, label, onValues }: { line: BulkLine; label: string; onValues: (values: readonly string[]) => void }) {
  const { t } = useLingui();
  const vocabulary = useWorkloadVocabulary();
  const triState = useTriStateChoices();
  const members = useQuery({ ...membersQuery, enabled: line.target.kind === 'owners' }).data ?? [];
  const { kind, field } = line.target;
  const [value = ''] = line.values;
  const words: Readonly<Record<string, Readonly<Record<string, string>>>> = { ...vocabulary, lifecycle: Object.fromEntries(LIFECYCLES.filter((one) => one !== 'retired').map((one) => [one, vocabulary.lifecycle[one]])) };
  const closed = words[field];
  const choose = (choices: readonly { value: string; label: string }[], empty: string | null) => (
    <NativeSelect size="sm" aria-label={label} value={line.values.length === 0 ? '?' : value} onChange={(event) => onValues(event.currentTarget.value === '?' ? [] : [event.currentTarget.value])}
      data={[{ value: '?', label: t`Choose a value` }, ...choices, ...(empty === null ? [] : [{ value: '', label: empty }])]} />
  );
  if (kind === 'facts') return choose(triState, null);
  if (kind === 'owners') return choose(members.map((member) => ({ value: member.id, label: `${member.name} (${member.email})` })), null);
  if (kind === 'add' || kind === 'remove') {
    if (closed !== undefined) return choose(Object.entries(closed).map(([one, name]) => ({ value: one, label: name })), null);
    return <TagsInput size="sm" aria-label={label} placeholder={line.values.length === 0 ? t`Type and press Enter` : undefined} acceptValueOnBlur value={[...line.values]} onChange={onValues} />;
  }
  if (closed !== undefined) return choose(Object.entries(closed).map(([one, name]) => ({ value: one, label: name })), CLEARABLE.has(field) ? t`Unknown (clear it)` : null);
  if (field === 'team') return <TeamValue label={label} value={value} onValue={(next) => onValues([next])} />;
  return <TextInput size="sm" aria-label={label} placeholder={CLEARABLE.has(field) ? t`Leave empty to clear it` : undefined} value={value} onChange={(event) => onValues([event.currentTarget.value])} onFocus={() => { if (line.values.length === 0 && CLEARABLE.has(field)) onValues(['']); }} />;
}

function TeamValue({ label, value, onValue }: { label: string; value: string; onValue: (value: string) => void }) {
  const teams = useQuery(facetsQuery('', ['team'])).data?.get('team')?.values.flatMap((team) => team.label ?? team.value ?? []) ?? [];
  return <Autocomplete size="sm" aria-label={label} data={[...new Set(teams)]} maxLength={200} value={value} onChange={onValue} />;
}
