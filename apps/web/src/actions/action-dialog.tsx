import { Alert, Anchor, Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Day, DefinitionList, Instant, MeaningBadge, ProblemAlert, TextSkeleton, useFormat, type ShownProblem } from '@roster/ui';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { isStale, shownProblem } from '../api/problem.js';
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
      {data ? <Body action={data} onClose={onClose} /> : error ? null : <TextSkeleton lines={5} />}
    </Modal>
  );
}

interface Values { readonly status: Action['status']; readonly ownerMemberId: string; readonly ownerName: string; readonly dueDay: string; readonly note: string }
type Field = Exclude<keyof Values, 'ownerName'>;
const FIELDS: readonly Field[] = ['status', 'ownerMemberId', 'dueDay', 'note'];

/** What was touched, and the action as it was then. Fields nobody touched are those of the action as it is. */
interface ActionDraft { readonly base: Action; readonly touched: Partial<Values> }

function Body({ action, onClose }: { action: Action; onClose: () => void }) {
  const { t } = useLingui();
  const { timeZone } = useFormat();
  const queries = useQueryClient();
  const words = useActionWords();
  const may = useMay('reviews:action:update');
  const change = useActionChange();
  const stored = useDraft<ActionDraft>(`action:${action.id}`, { base: action, touched: {} });
  const [restored, setRestored] = useState(stored.restored);
  const [{ base, touched }, setDraft] = useState(stored.values);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const valuesOf = (one: Action): Values => ({ status: one.status, ownerMemberId: one.ownerMemberId ?? '', ownerName: one.owner?.name ?? '', dueDay: dayIn(new Date(one.dueAt), timeZone), note: one.note ?? '' });
  const values: Values = { ...valuesOf(action), ...touched };
  /** Touched fields that say something else than the action. */
  const changedIn = (current: Action): readonly Field[] => FIELDS.filter((field) => touched[field] !== undefined && touched[field] !== valuesOf(current)[field]);
  /** Those of them that somebody else has changed too since. */
  const clashesWith = (current: Action): readonly Field[] => changedIn(current).filter((field) => valuesOf(base)[field] !== valuesOf(current)[field]);
  const clashes = clashesWith(action);
  const closed = isClosed(action.status);
  const keep = (next: ActionDraft): void => {
    setDraft(next);
    if (Object.keys(next.touched).length === 0) stored.clear();
    else stored.keep(next);
  };
  const touch = (next: Partial<Values>): void => keep({ base: Object.keys(touched).length === 0 ? action : base, touched: { ...touched, ...next } });
  const discard = (): void => {
    setRestored(false);
    keep({ base: action, touched: {} });
  };
  const wanted = async (current: Action): Promise<ActionChange> => {
    const fields = new Set(changedIn(current));
    return {
      ...(fields.has('status') ? { status: values.status } : {}), ...(fields.has('ownerMemberId') ? { ownerMemberId: values.ownerMemberId } : {}),
      ...(fields.has('dueDay') ? { dueAt: await instantOfLocal(`${values.dueDay}T23:59`, timeZone) } : {}), ...(fields.has('note') ? { note: values.note.trim() === '' ? null : values.note.trim() } : {}),
    };
  };
  const save = useMutation({
    // Null: somebody else changed the same field meanwhile, which is shown instead. What they changed otherwise stays theirs.
    mutationFn: async (): Promise<Action | null> => {
      try {
        return await change(action, await wanted(action));
      } catch (error) {
        if (!isStale(error)) throw error;
        const theirs = await queries.fetchQuery({ ...actionQuery(action.id), staleTime: 0 });
        return clashesWith(theirs).length > 0 || isClosed(theirs.status) ? null : change(theirs, await wanted(theirs));
      }
    },
    onSuccess: (saved) => {
      if (saved === null) return;
      stored.clear();
      onClose();
    },
    onError: (error) => setProblem(shownProblem(error)),
  });
  const reason = closed ? t`It is closed. What is still to be done becomes a finding of the next review.` : clashes.length > 0 ? t`Somebody else changed it meanwhile: choose above which is kept.` : changedIn(action).length === 0 ? t`Nothing is changed yet.` : values.status === 'dropped' && values.note.trim() === '' ? t`Say in the note why it is dropped.` : values.dueDay === '' ? t`Choose the day first.` : null;
  return (
    <Stack gap="sm">
      <div><strong className={classes.title}>{action.title}</strong>{action.detail ? <p className={classes.detail}>{action.detail}</p> : null}</div>
      <DefinitionList items={[
        { term: t`State`, value: <MeaningBadge meaning={meaningOf(action)}>{action.overdue ? t`Overdue` : words[action.status]}</MeaningBadge> }, { term: t`Severity`, value: <SeverityMark severity={action.severity} /> },
        { term: t`Workload`, value: <Anchor component={Link} to={`/workloads/${action.workload.key}`} size="sm">{action.workload.key} {action.workload.name}</Anchor> }, { term: t`From`, value: <Anchor component={Link} to={`/reviews/${action.reviewId}`} size="sm">{t`its review`}</Anchor> },
        ...(action.closedAt ? [{ term: t`Closed`, value: <Instant at={action.closedAt} /> }] : []),
      ]} />
      {problem ? <ProblemAlert problem={problem} compact /> : null}
      {restored ? <div role="status" className={classes.detail}><Trans>This is what you typed before. It is not saved yet.</Trans> <Button size="compact-sm" variant="default" onClick={discard}>{t`Discard it`}</Button></div> : null}
      {clashes.length > 0 ? <Conflict fields={clashes} before={valuesOf(base)} theirs={valuesOf(action)} mine={values} onTheirs={discard} onMine={closed ? null : () => keep({ base: action, touched })} /> : null}
      <form onSubmit={(event) => { event.preventDefault(); setProblem(null); save.mutate(); }}>
        <Stack gap="sm">
          <Group gap="sm" align="flex-start" grow preventGrowOverflow={false}>
            <Select label={t`State`} disabled={closed || !may.allowed} allowDeselect={false} value={values.status} data={ACTION_STATUSES.map((value) => ({ value, label: words[value] }))} onChange={(value) => { const status = ACTION_STATUSES.find((one) => one === value); if (status) touch({ status }); }} />
            {closed || !may.allowed ? <TextInput label={t`Who does it`} disabled value={values.ownerName} /> : <MemberSelect label={t`Who does it`} known={{ id: values.ownerMemberId, name: values.ownerName }} onChange={(ownerMemberId, ownerName) => touch({ ownerMemberId, ownerName })} />}
            <TextInput type="date" label={t`By the end of`} disabled={closed || !may.allowed} value={values.dueDay} onChange={(event) => touch({ dueDay: event.currentTarget.value })} />
          </Group>
          <Textarea label={t`Note`} disabled={closed || !may.allowed} required={values.status === 'dropped'} autosize minRows={2} maxLength={4_000} value={values.note} onChange={(event) => touch({ note: event.currentTarget.value })} />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{t`Close`}</Button>
            <ActButton permission="reviews:action:update" type="submit" loading={save.isPending} unless={reason}>{t`Save the action`}</ActButton>
          </Group>
        </Stack>
      </form>
    </Stack>
  );
}

/** Both versions, where somebody else changed the same. @param onMine keeps one's own, to be saved; null where nothing can be saved any more */
function Conflict({ fields, before, theirs, mine, onTheirs, onMine }: { fields: readonly Field[]; before: Values; theirs: Values; mine: Values; onTheirs: () => void; onMine: (() => void) | null }) {
  const { t } = useLingui();
  const words = useActionWords();
  const labels: Readonly<Record<Field, string>> = { status: t`State`, ownerMemberId: t`Who does it`, dueDay: t`By the end of`, note: t`Note` };
  const shown = (field: Field, values: Values): ReactNode => (field === 'status' ? words[values.status] : field === 'ownerMemberId' ? values.ownerName : field === 'dueDay' ? (values.dueDay === '' ? '' : <Day date={values.dueDay} />) : values.note);
  return (
    <Alert color="yellow" title={t`Somebody else changed it meanwhile`}>
      <VersionsTable fields={fields.map((name) => ({ name, label: labels[name], before: shown(name, before), theirs: shown(name, theirs), mine: shown(name, mine) }))} />
      <Group gap="xs" mt="sm"><Button variant="default" onClick={onTheirs}><Trans>Keep theirs</Trans></Button>{onMine === null ? null : <Button onClick={onMine}><Trans>Keep mine</Trans></Button>}</Group>
    </Alert>
  );
}
