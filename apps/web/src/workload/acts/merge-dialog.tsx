import { Button, Group, Modal, Radio, Stack, Table, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { ProblemAlert, TextSkeleton, useFormat, type ShownProblem } from '@roster/ui';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { shownProblem } from '../../api/problem.js';
import { toast } from '../../shell/toast.js';
import { ShownValue } from '../fields/field-value.js';
import { isUnrecorded, useFields, type FieldSpec, type FieldValue } from '../fields/fields.js';
import { useWorkload } from '../workload-context.js';
import { duplicatesQuery, useWorkloadChanged, workloadQuery, type Workload } from '../workload.queries.js';
import { useActOnVersion } from './act-on-version.js';
import classes from './acts.module.css';

/** Merges this workload into another: choose which, see what comes along, confirm. */
export function MergeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const { workload } = useWorkload();
  const [into, setInto] = useState<string | null>(null);
  const [step, setStep] = useState<'choose' | 'preview'>('choose');
  return (
    <Modal opened onClose={onClose} size="xl" title={step === 'choose' ? t`Merge ${workload.key} into` : t`Merge ${workload.key} into ${into ?? ''}`} closeButtonProps={{ 'aria-label': t`Close` }}>
      {step === 'preview' && into !== null ? <MergePreview into={into} onBack={() => setStep('choose')} onClose={onClose} /> : <MergeChoice into={into} onChoose={setInto} onNext={() => setStep('preview')} onClose={onClose} />}
    </Modal>
  );
}

function useCandidates(words: string) {
  const { workload } = useWorkload();
  const likely = useQuery(duplicatesQuery(workload.key));
  const found = useQuery({
    queryKey: ['inventory', 'merge-search', words], enabled: words !== '',
    queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/workloads', { params: { query: { q: words, limit: 20, 'filter[lifecycle]': ['proposed', 'active', 'paused'] } }, signal })),
  });
  return { likely, found, others: found.data?.items.filter(({ key }) => key !== workload.key) ?? null };
}

function MergeChoice({ into, onChoose, onNext, onClose }: { into: string | null; onChoose: (key: string) => void; onNext: () => void; onClose: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const [words, setWords] = useState('');
  const [search] = useDebouncedValue(words.trim(), 200);
  const { likely, found, others } = useCandidates(search);
  const asked = search === '' ? likely : found;
  const count = others?.length ?? 0;
  const reasons: Readonly<Record<string, string>> = {
    similar_name_in_team: t`similar name in the same team`, similar_name: t`similar name`, same_repository: t`same repository`, same_interface: t`same interface`, same_model_and_purpose: t`same model for the same purpose`,
  };
  const duplicates = likely.data?.items ?? [];
  return (
    <Stack>
      <p className={classes.quiet}><Trans>The other workload stays. This one disappears behind it: its key leads there, and both histories stay.</Trans></p>
      <TextInput label={t`Find the workload that stays`} data-autofocus value={words} onChange={(event) => setWords(event.currentTarget.value)} />
      {asked.error ? <ProblemAlert problem={shownProblem(asked.error)} onRetry={() => void asked.refetch()} compact /> : asked.isPending ? <TextSkeleton lines={3} /> : null}
      <Radio.Group value={into} onChange={onChoose} label={search === '' ? t`Likely duplicates` : t`Found`}>
        <div className={classes.choices}>
          {search === ''
            ? duplicates.map((one) => {
              const score = format.percent(one.score);
              const why = one.reasons.map((reason) => reasons[reason] ?? reason).join(', ');
              return <Radio key={one.key} value={one.key} label={<>{one.key} · {one.name} <span className={classes.score}><Trans>{score} alike: {why}</Trans></span></>} />;
            })
            : (others ?? []).map((one) => <Radio key={one.key} value={one.key} label={<>{one.key} · {one.name} <span className={classes.score}>{one.team ?? t`no team`}</span></>} />)}
          {search === '' && likely.data && duplicates.length === 0 ? <p className={classes.quiet}>{t`None found by name, repository, interface or model. Search for it instead.`}</p> : null}
          {search !== '' && found.data?.nextCursor ? <p className={classes.quiet}><Trans>The first {count} are listed. Type more to narrow.</Trans></p> : null}
          {search !== '' && others?.length === 0 ? <p className={classes.quiet}>{t`Nothing by these words that could take it in.`}</p> : null}
        </div>
      </Radio.Group>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>{t`Cancel`}</Button>
        <Button disabled={into === null} onClick={onNext}>{t`Preview`}</Button>
      </Group>
    </Stack>
  );
}

type Fate = 'comes' | 'joined' | 'dropped';
/** What becomes of a field: taken where the other says nothing, joined where both have lists, left behind where the other has its own. */
function fateOf(field: FieldSpec, mine: FieldValue, theirs: FieldValue): Fate | null {
  if (isUnrecorded(mine)) return null;
  if (isUnrecorded(theirs)) return 'comes';
  if (Array.isArray(mine) && Array.isArray(theirs)) return mine.some((one: string) => !theirs.includes(one)) ? 'joined' : null;
  return mine === theirs || field.name === 'name' || field.name === 'lifecycle' ? null : 'dropped';
}

function MergePreview({ into, onBack, onClose }: { into: string; onBack: () => void; onClose: () => void }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { workload } = useWorkload();
  const fields = useFields();
  const { data: target, error } = useQuery(workloadQuery(into, null));
  const changed = useWorkloadChanged(into);
  const act = useActOnVersion();
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const merge = useMutation({
    mutationFn: () => bodyOf(api.POST('/api/v1/workloads/{key}/merge', { params: { path: { key: workload.key } }, headers: { 'If-Match': `"v${act.version}"` }, body: { into, reason: reason.trim() } })),
    onSuccess: async (merged) => {
      toast.done({ message: t`${workload.key} is merged into ${merged.key}` });
      onClose();
      await navigate({ to: `/workloads/${encodeURIComponent(merged.key)}` });
      await changed();
    },
    onError: async (error) => { if (!await act.refused(error)) setProblem(shownProblem(error)); },
  });
  if (error) return <ProblemAlert problem={shownProblem(error)} />;
  if (!target) return <TextSkeleton lines={6} />;
  const valueOf = (source: Workload, field: FieldSpec): FieldValue => source[field.name] as FieldValue;
  const rows = fields.flatMap((field) => {
    const fate = fateOf(field, valueOf(workload, field), valueOf(target, field));
    return fate === null ? [] : [{ field, fate }];
  });
  const fates: Record<Fate, string> = { comes: t`comes along`, joined: t`lists are joined`, dropped: t`stays behind, in the history only` };
  const ending = workload.owners.filter(({ status }) => status === 'accepted' || status === 'proposed').length;
  return (
    <form onSubmit={(event) => { event.preventDefault(); setProblem(null); merge.mutate(); }}>
      <Stack>
        {act.changed}
        {problem ? <ProblemAlert problem={problem} compact /> : null}
        <ul className={classes.consequences}>
          <li><Trans>{workload.key} leads to {target.key} from now on. This cannot be undone.</Trans></li>
          <li><Trans>Components, relations, tool grants, evidence and facts that {target.key} does not have come along.</Trans></li>
          <li><Plural value={ending} _0="No owner of it loses a role." one="# owner of it loses the role; the owners that stay answer for both." other="# owners of it lose their roles; the owners that stay answer for both." /></li>
        </ul>
        <Table.ScrollContainer minWidth={560} mah={320}>
          <Table aria-label={t`What becomes of each field`} stickyHeader>
            <Table.Thead><Table.Tr><Table.Th>{t`Field`}</Table.Th><Table.Th>{workload.key}</Table.Th><Table.Th>{target.key}</Table.Th><Table.Th>{t`What becomes of it`}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>
              {rows.length === 0 ? <Table.Tr><Table.Td colSpan={4}>{t`No field differs.`}</Table.Td></Table.Tr> : null}
              {rows.map(({ field, fate }) => (
                <Table.Tr key={field.name}>
                  <Table.Th scope="row">{field.label}</Table.Th>
                  <Table.Td><ShownValue field={field} value={valueOf(workload, field)} /></Table.Td>
                  <Table.Td><ShownValue field={field} value={valueOf(target, field)} /></Table.Td>
                  <Table.Td>{fates[fate]}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
        <Textarea label={t`Why both are the same`} required value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onBack}>{t`Back`}</Button>
          <Button type="submit" color="red.9" disabled={reason.trim() === ''} loading={merge.isPending}>{t`Merge`}</Button>
        </Group>
      </Stack>
    </form>
  );
}
