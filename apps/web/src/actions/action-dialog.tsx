import { Alert, Anchor, Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { DefinitionList, Instant, MeaningBadge, ProblemAlert, TextSkeleton, useFormat, type ShownProblem } from '@roster/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { isConflict, shownProblem } from '../api/problem.js';
import { dayIn, instantOfLocal } from '../clock/calendar.js';
import { useDraft } from '../forms/use-draft.js';
import { VersionsTable } from '../forms/versions.js';
import { MemberSelect } from '../reviews/form/member-select.js';
import { SeverityMark } from '../reviews/severity-mark.js';
import { ActButton } from '../session/act-button.js';
import { useMay } from '../session/may.js';
import { ACTION_STATUSES, isClosed, meaningOf, useActionWords } from './action-words.js';
import { actionQuery, type Action, type ActionChange } from './actions.queries.js';
import { useActionChange } from './use-action-change.js';
import classes from './actions.module.css';

/** One action with everything about it, to be changed. */
export function ActionDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useLingui();
  const { data, error, refetch } = useQuery(actionQuery(id));
  return (
    <Modal opened onClose={onClose} size="lg" title={t`Action`} closeButtonProps={{ 'aria-label': t`Close` }}>
      {error ? <ProblemAlert problem={shownProblem(error)} onRetry={() => void refetch()} compact /> : null}
      {data ? <Body key={data.version} action={data} onClose={onClose} /> : error ? null : <TextSkeleton lines={5} />}
    </Modal>
  );
}

interface Values { readonly status: Action['status']; readonly ownerMemberId: string; readonly ownerName: string; readonly dueDay: string; readonly note: string }

function Body({ action, onClose }: { action: Action; onClose: () => void }) {
  const { t } = useLingui();
  const { timeZone } = useFormat();
  const queries = useQueryClient();
  const words = useActionWords();
  const may = useMay('reviews:action:update');
  const change = useActionChange();
  const initial: Values = { status: action.status, ownerMemberId: action.ownerMemberId ?? '', ownerName: action.owner?.name ?? '', dueDay: dayIn(new Date(action.dueAt), timeZone), note: action.note ?? '' };
  const draft = useDraft<Values>(`action:${action.id}`, initial);
  const [values, setValues] = useState(draft.values);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const [theirs, setTheirs] = useState<Action | null>(null);
  const closed = isClosed(action.status);
  const keep = (next: Values): void => {
    setValues(next);
    draft.keep(next);
  };
  const save = useMutation({
    mutationFn: async (base: Action) => {
      const wanted: ActionChange = {
        ...(values.status === initial.status ? {} : { status: values.status }), ...(values.ownerMemberId === initial.ownerMemberId ? {} : { ownerMemberId: values.ownerMemberId }),
        ...(values.dueDay === initial.dueDay ? {} : { dueAt: await instantOfLocal(`${values.dueDay}T23:59`, timeZone) }), ...(values.note === initial.note ? {} : { note: values.note.trim() === '' ? null : values.note.trim() }),
      };
      return change(base, wanted);
    },
    onSuccess: () => { draft.clear(); onClose(); },
    onError: async (error) => {
      if (!isConflict(error)) return setProblem(shownProblem(error));
      setTheirs(await queries.fetchQuery({ ...actionQuery(action.id), queryKey: ['actions', 'theirs', action.id], staleTime: 0 }));
    },
  });
  const unchanged = JSON.stringify(values) === JSON.stringify(initial);
  const reason = closed ? t`It is closed. What is still to be done becomes a finding of the next review.` : unchanged ? t`Nothing is changed yet.` : values.status === 'dropped' && values.note.trim() === '' ? t`Say in the note why it is dropped.` : values.dueDay === '' ? t`Choose the day first.` : null;
  return (
    <Stack gap="sm">
      <div><strong className={classes.title}>{action.title}</strong>{action.detail ? <p className={classes.detail}>{action.detail}</p> : null}</div>
      <DefinitionList items={[
        { term: t`State`, value: <MeaningBadge meaning={meaningOf(action)}>{action.overdue ? t`Overdue` : words[action.status]}</MeaningBadge> }, { term: t`Severity`, value: <SeverityMark severity={action.severity} /> },
        { term: t`Workload`, value: <Anchor component={Link} to={`/workloads/${action.workload.key}`} size="sm">{action.workload.key} {action.workload.name}</Anchor> }, { term: t`From`, value: <Anchor component={Link} to={`/reviews/${action.reviewId}`} size="sm">{t`its review`}</Anchor> },
        ...(action.closedAt ? [{ term: t`Closed`, value: <Instant at={action.closedAt} /> }] : []),
      ]} />
      {problem ? <ProblemAlert problem={problem} compact /> : null}
      {theirs ? <Conflict before={action} theirs={theirs} mine={values} onTheirs={() => { draft.clear(); queries.setQueryData(actionQuery(action.id).queryKey, theirs); }} onMine={() => { const base = theirs; setTheirs(null); save.mutate(base); }} /> : null}
      <form onSubmit={(event) => { event.preventDefault(); setProblem(null); save.mutate(action); }}>
        <Stack gap="sm">
          <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
            <Select label={t`State`} disabled={closed || !may.allowed} allowDeselect={false} value={values.status} data={ACTION_STATUSES.map((value) => ({ value, label: words[value] }))} onChange={(value) => { const status = ACTION_STATUSES.find((one) => one === value); if (status) keep({ ...values, status }); }} />
            {closed || !may.allowed ? <TextInput label={t`Who does it`} disabled value={values.ownerName} /> : <MemberSelect label={t`Who does it`} known={{ id: values.ownerMemberId, name: values.ownerName }} onChange={(ownerMemberId, ownerName) => keep({ ...values, ownerMemberId, ownerName })} />}
            <TextInput type="date" label={t`By the end of`} disabled={closed || !may.allowed} value={values.dueDay} onChange={(event) => keep({ ...values, dueDay: event.currentTarget.value })} />
          </Group>
          <Textarea label={t`Note`} disabled={closed || !may.allowed} required={values.status === 'dropped'} autosize minRows={2} maxLength={4_000} value={values.note} onChange={(event) => keep({ ...values, note: event.currentTarget.value })} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{t`Close`}</Button>
            <ActButton permission="reviews:action:update" type="submit" loading={save.isPending} unless={reason}>{t`Save the action`}</ActButton>
          </Group>
        </Stack>
      </form>
    </Stack>
  );
}

/** Both versions, when somebody else was faster. */
function Conflict({ before, theirs, mine, onTheirs, onMine }: { before: Action; theirs: Action; mine: Values; onTheirs: () => void; onMine: () => void }) {
  const { t } = useLingui();
  const { timeZone } = useFormat();
  const words = useActionWords();
  const dayOf = (action: Action): string => dayIn(new Date(action.dueAt), timeZone);
  const fields = [
    { name: 'status', label: t`State`, before: words[before.status], theirs: words[theirs.status], mine: words[mine.status] }, { name: 'owner', label: t`Who does it`, before: before.owner?.name ?? '', theirs: theirs.owner?.name ?? '', mine: mine.ownerName },
    { name: 'dueAt', label: t`By the end of`, before: dayOf(before), theirs: dayOf(theirs), mine: mine.dueDay }, { name: 'note', label: t`Note`, before: before.note ?? '', theirs: theirs.note ?? '', mine: mine.note },
  ].filter((field) => field.theirs !== field.mine);
  return (
    <Alert color="yellow" title={t`Somebody else changed it meanwhile`}>
      <VersionsTable fields={fields} />
      <Group gap="xs" mt="sm"><Button variant="default" onClick={onTheirs}><Trans>Keep theirs</Trans></Button>{isClosed(theirs.status) ? null : <Button onClick={onMine}><Trans>Save mine over it</Trans></Button>}</Group>
    </Alert>
  );
}
